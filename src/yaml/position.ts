/** Offsets in a text as places for people: 1-based line and column. */
import type { Place } from "../model/finding.ts";

/** `from` and `to` are offsets; the place ends at the end of the first line at the latest. */
export function placeOf(text: string, file: string, from: number, to: number = from + 1): Place {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const newline = text.indexOf("\n", from);
  const line = text.slice(start, newline < 0 ? text.length : newline).replace(/\r$/, "");
  const column = Math.min(from - start, line.length) + 1;
  const length = Math.max(1, Math.min(to - from, line.length - column + 1));
  return { file, line: text.slice(0, start).split("\n").length, column, length, text: line };
}

export const at = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
