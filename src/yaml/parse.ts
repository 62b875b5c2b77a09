/** The library's parser, kept from texts that it would not survive. */
import {
  Document,
  parseAllDocuments,
  YAMLParseError,
  type ParseOptions,
  type DocumentOptions,
  type SchemaOptions,
} from "yaml";

type Options = ParseOptions & DocumentOptions & SchemaOptions;

/** Documents with their errors; one without content where values are nested too deeply. */
export function parseDocuments(text: string, options: Options): readonly Document[] {
  const from = depthsOf(text);
  if (from === undefined) return [...(parseAllDocuments(text, options) as readonly Document[])];
  const document = new Document(null, options);
  document.errors.push(new YAMLParseError([from, from + 1], "IMPOSSIBLE", "the call stack would not do"));
  return [document];
}

/** Deeper than anything people write, and far from the end of the stack, where even an error may end the process. */
const DEEPEST = 700;

/**
 * Where values are nested deeper than that, counted on the safe side: by brackets wherever they stand, by `- ` and `? ` at
 * the beginning of a line, and by its indentation below others.
 */
function depthsOf(text: string): number | undefined {
  let open = 0;
  for (const { index, 0: bracket } of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === "[" || bracket === "{" ? 1 : -1));
    if (open > DEEPEST) return index;
  }
  const outer: number[] = [];
  for (const { index, 0: lead } of text.matchAll(/^ *(?:[-?] +)*(?=[^\s])/gm)) {
    const marks = lead.replace(/[^-?]/g, "").length;
    const indent = lead.length - lead.trimStart().length;
    while ((outer.at(-1) ?? -1) >= indent) outer.pop();
    outer.push(indent);
    if (outer.length + marks > DEEPEST) return index;
  }
  return undefined;
}
