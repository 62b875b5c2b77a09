/** The keys of its view that a template reads: `gateways[].address` for what an `each` looks at. */
import { parseTemplate } from "./parse.ts";
import { TemplateError } from "./refusal.ts";
import { isPath, walk, type Expression, type Loops, type Path } from "./syntax.ts";

/** Sorted, without repeats. Throws TemplateError where the source is no template. */
export function pathsUsed(source: string): readonly string[] {
  const paths = new Set<string>();

  const itemOf = (loop: Expression, around: Loops): string => (isPath(loop) ? `${resolve(loop, around)}[]` : "");
  function resolve({ depth, parts }: Path, loops: Loops): string {
    const around = loops.slice(0, loops.length - depth);
    const last = around.at(-1);
    const base = last === undefined ? [] : [itemOf(last, around.slice(0, -1))];
    return [...base, ...parts].join(".");
  }

  const refuse = (at: { line: number; column: number }, message: string): never => {
    throw new TemplateError("", at, message);
  };
  walk(parseTemplate(source, refuse), refuse, {
    path: (path, loops) => path.data || paths.add(resolve(path, loops)),
  });
  return [...paths].sort();
}
