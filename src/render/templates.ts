/** Templates ready to render. Runs with Handlebars' runtime only; the compiler stays at the build. */
import type Handlebars from "handlebars";
import runtime from "handlebars/runtime.js";
import type { Templates } from "../model/component.ts";
import type { TemplateId, View } from "../model/unit.ts";
import type { CompiledSet } from "./compiled.ts";
import { BREAK, helpers } from "./helpers.ts";
import { strictView } from "./strictView.ts";

// Its declaration file says nothing about what it exports: the full module less the compiler.
const handlebars = (runtime as unknown as typeof Handlebars).create();
handlebars.registerHelper(helpers);

/** Blocks that yield nothing leave no trace: no trailing spaces, no two blank lines, one line break at the end. */
export function tidy(text: string): string {
  const body = text
    .replace(/[ \t]+(?=\n|$)/g, "")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
  return `${body}\n`.replaceAll(BREAK, "\n");
}

/**
 * `render` throws a plain Error that names the template, and the key of the view where one is missing: a view that
 * does not fit its template is our bug.
 */
export function createTemplates(compiled: CompiledSet): Templates {
  const ids = Object.keys(compiled).sort();
  const ready = new Map<TemplateId, (view: unknown) => string>();

  function prepare(id: TemplateId): (view: unknown) => string {
    const source = Object.hasOwn(compiled, id) ? compiled[id] : undefined;
    if (source === undefined) throw new Error(`there is no template ${id}`);
    if (typeof source === "string") return () => source;
    const template = handlebars.template(source);
    return (view) => tidy(template(strictView(view as View)));
  }

  return {
    list: (folder) => ids.filter((id) => folder === "" || id.startsWith(`${folder}/`)),
    has: (id) => Object.hasOwn(compiled, id),
    render(id, view) {
      const template = ready.get(id) ?? prepare(id);
      ready.set(id, template);
      try {
        return template(view);
      } catch (error) {
        throw new Error(`template ${id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    },
  };
}
