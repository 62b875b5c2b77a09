/** Everything printed fits 100 columns. */
import { printable } from "./printable.ts";

export const COLUMNS = 100;

// Below that a table has no columns left, and a terminal that does not know its size says 0.
const NARROWEST = 60;

/** Columns of a terminal; those of a file are as many as there may be. */
export const widthOf = ({
  isTTY,
  columns: seen = 0,
}: {
  readonly isTTY?: boolean;
  readonly columns?: number;
}): number => (isTTY === true && seen > 0 ? Math.max(NARROWEST, Math.min(COLUMNS, seen)) : COLUMNS);

/** Words of `text` in lines of at most `width` characters, each after `indent`. A longer word stands alone. */
export function wrap(text: string, indent = "", width = COLUMNS): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((one) => `${indent}${one}`).join("\n");
}

/** Columns of a table, left-aligned, two spaces apart; what does not fit goes on below in the last one. */
export function columns(texts: readonly (readonly string[])[], indent = "  ", width = COLUMNS): string {
  const rows = texts.map((row) => row.map(printable));
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)),
    [],
  );
  const line = (row: readonly string[]): string => {
    const last = row.length - 1;
    const before = row.slice(0, last).map((cell, index) => `${cell.padEnd(widths[index] ?? 0)}  `);
    const head = `${indent}${before.join("")}`;
    return wrap(row[last] ?? "", " ".repeat(head.length), width)
      .replace(" ".repeat(head.length), () => head)
      .trimEnd();
  };
  return rows.map(line).join("\n");
}
