/** YAML: an interpolation is the whole value of a key or list item, on its line. */
import { scalarsOf, type ScalarPlace } from "../../../yaml/scalars.ts";
import {
  escape,
  isPlaceholder,
  placeholder,
  type Escape,
  type Interpolation,
  type Outline,
  type Rules,
} from "../interpolation.ts";
import { refuseInlineTags } from "./tags.ts";

/** Where the value of `  - key: {{x}}` begins: after the dashes. */
const columnOf = (line: string): number => /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;

function reasonAgainst({ value, style, role, inFlow }: ScalarPlace): string | undefined {
  if (style === "literal") return "inside a block scalar; let the view make the text and write key: {{text}}";
  if (style === "quoted")
    return 'inside quotes; write key: {{x}} or key: {{str a "." b}}, quotes are added where needed';
  if (!isPlaceholder(value)) return 'as a part of a value; {{str a "." b}} puts one together';
  if (role === "key") return "as a key; let the view make the map and write {{block map}}";
  if (inFlow) return "inside { } or [ ]; write one key or item a line, or {{block x}}";
  return role === "document" ? "as a whole document" : undefined;
}

const lineAt = (text: string, offset: number): string => {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[^\n]*/.exec(text.slice(start))?.[0] ?? "";
};

/** The scalars of the text with the branches around an interpolation taken; refuses what is not YAML then. */
function scalarReader(template: Outline): (index: number) => readonly ScalarPlace[] {
  const known = new Map<string, readonly ScalarPlace[]>();
  return (index) => {
    const text = template.variant(index);
    const before = known.get(text);
    if (before !== undefined) return before;
    const { scalars, error } = scalarsOf(text);
    if (error !== undefined)
      template.refuse(
        template.lineOf(lineAt(text, error.offset)),
        `not YAML: ${error.message.replace(/[\ue000\ue001]/g, "")}`,
      );
    known.set(text, scalars);
    return scalars;
  };
}

function escapeOf(template: Outline, interpolation: Interpolation, found: ScalarPlace | undefined): Escape {
  const { form, line } = interpolation;
  if (form === "raw") return escape("raw");
  if (found === undefined) {
    if (form !== "comment") template.refuse(interpolation, "in a comment only {{comment x}}");
    return escape("comment");
  }
  if (form === "comment") template.refuse(interpolation, "{{comment x}} outside a comment");
  const reason = reasonAgainst(found);
  if (reason !== undefined) return template.refuse(interpolation, `an interpolation cannot stand ${reason}`);
  if (form === "value") return escape("yaml");
  if (!/\}\}\s*$/.test(line)) return template.refuse(interpolation, "nothing may follow {{block x}} on its line");
  if (found.role === "item") return escape("yamlItem", columnOf(line));
  return { ...escape("yamlNested", columnOf(line) + 2), eatsSpace: true };
}

export const yamlRules: Rules = (template) => {
  refuseInlineTags(template);
  const scalars = scalarReader(template);
  // Without any interpolation, or with all of them in branches, the main line has to be YAML as well.
  scalars(-1);
  return template.interpolations.map((interpolation, index) => {
    const mark = placeholder(index);
    return escapeOf(
      template,
      interpolation,
      scalars(index).find(({ value }) => value.includes(mark)),
    );
  });
};
