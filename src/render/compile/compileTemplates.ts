/** Templates from sources in memory, for tests: the same passes as at the build. */
import type { Templates } from "../../model/component.ts";
import type { Compiled } from "../compiled.ts";
import { createTemplates } from "../templates.ts";
import { compileFile } from "./compileFile.ts";
import type { CompiledSource } from "./compileTemplate.ts";

// The text comes out of Handlebars' precompiler, two lines up the stack.
const evaluate = (compiled: CompiledSource): Compiled =>
  "text" in compiled ? compiled.text : (new Function(`return ${compiled.javascript}`) as () => Compiled)();

/** Keys are file names below templates/: with `.hbs` a template, without copied as it is. */
export function compileTemplates(sources: Readonly<Record<string, string>>): Templates {
  const files = Object.entries(sources).map(([file, source]) => compileFile(file, source));
  return createTemplates(Object.fromEntries(files.map(({ id, compiled }) => [id, evaluate(compiled)])));
}

/** `extra` wins where both have a template. */
export function joinTemplates(base: Templates, extra: Templates): Templates {
  const owner = (id: string): Templates => (extra.has(id) ? extra : base);
  return {
    list: (folder) => [...new Set([...base.list(folder), ...extra.list(folder)])].sort(),
    has: (id) => base.has(id) || extra.has(id),
    render: (id, view) => owner(id).render(id, view),
  };
}
