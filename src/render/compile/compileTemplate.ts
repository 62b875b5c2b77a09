/**
 * Source → what the runtime renders. Every interpolation is put into the escaping helper of its file type; what cannot
 * be made safe is refused with file, line and column. Dev time only: imports the whole of Handlebars.
 */
import Handlebars from "handlebars";
import type { TemplateId } from "../../model/unit.ts";
import { fileType, type FileType } from "../fileType.ts";
import { helpers } from "../helpers.ts";
import { tidy } from "../templates.ts";
import type { Rules } from "./interpolation.ts";
import { outline } from "./outline.ts";
import { parseTemplate } from "./parse.ts";
import { TemplateError, type Position, type Refuse } from "./refusal.ts";
import { hclRules } from "./rules/hcl.ts";
import { jsonRules } from "./rules/json.ts";
import { markdownRules } from "./rules/markdown.ts";
import { routerOsRules } from "./rules/routeros.ts";
import { shellRules } from "./rules/shell.ts";
import { textRules } from "./rules/text.ts";
import { yamlRules } from "./rules/yaml.ts";
import { walk } from "./syntax.ts";
import { wrap } from "./wrap.ts";

const RULES: Readonly<Record<FileType, Rules>> = {
  yaml: yamlRules,
  markdown: markdownRules,
  shell: shellRules,
  json: jsonRules,
  hcl: hclRules,
  routeros: routerOsRules,
  text: textRules,
};

const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true])) as KnownHelpers;

/** JavaScript text of the object Handlebars' runtime takes, or the finished text when nothing is left to fill in. */
export type CompiledSource = { readonly text: string } | { readonly javascript: string };

/** Throws TemplateError. `id` decides the file type; the source has `\n` line ends. */
export function compileTemplate(id: TemplateId, source: string): CompiledSource {
  const refuse: Refuse = (at: Position, message: string): never => {
    throw new TemplateError(id, at, message);
  };
  const type = fileType(id);
  if (type === undefined)
    return refuse(
      { line: 1, column: 1 },
      "no escaping is known for this kind of file: src/render/fileType.ts lists them; a file without .hbs is copied as it is",
    );

  const program = parseTemplate(source, refuse);
  walk(program, refuse, {});
  const template = outline(program, source, refuse);
  const escapes = RULES[type](template);
  if (program.body.every((node) => node.type === "ContentStatement")) return { text: tidy(template.linear) };
  wrap(program, template.interpolations, escapes, refuse);
  return {
    javascript: String(
      Handlebars.precompile(program, { noEscape: true, strict: true, knownHelpers, knownHelpersOnly: true }),
    ),
  };
}
