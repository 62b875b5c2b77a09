/** Replacing and inserting whole lines, with the file's own line ends and its own last line. */
import type { Source } from "./source.ts";

export function replace({ text }: Pick<Source, "text">, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

const withoutLastBreak = (text: string): string => text.replace(/(?:\r?\n)+$/, "");

/** `lines` without a line break at the end; `from` and `to` are starts of lines, `to` may be the end of the text. */
export function replaceLines(source: Source, from: number, to: number, lines: string): string {
  const { text, eol } = source;
  const endsOpen = to === text.length && text !== "" && !text.endsWith("\n");
  if (lines === "") {
    // The last line goes: then the one before it is the one without a line break.
    return endsOpen ? withoutLastBreak(text.slice(0, from)) : replace(source, from, to, "");
  }
  const block = lines.replaceAll("\n", eol);
  // An insertion behind a last line that has no line break.
  const lead = from === text.length && endsOpen ? eol : "";
  return replace(source, from, to, lead + block + (endsOpen ? "" : eol));
}

export const insertLines = (source: Source, at: number, lines: string): string => replaceLines(source, at, at, lines);

/** Behind the comments that belong to what ends at `at`: those deeper than `column`. */
export function behindComments({ text }: Source, at: number, column: number): number {
  const deeper = new RegExp(`^(?:[ \\t]*\\r?\\n)*(?: {${column + 1},}#[^\\n]*(?:\\n|$))+`);
  return at + (deeper.exec(text.slice(at))?.[0].length ?? 0);
}
