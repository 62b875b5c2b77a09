/** Everything printed fits 100 columns. */
import { printable } from "./printable.ts";

export const COLUMNS = 100;

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
export function columns(texts: readonly (readonly string[])[], indent = "  "): string {
  const rows = texts.map((row) => row.map(printable));
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)),
    [],
  );
  const line = (row: readonly string[]): string => {
    const last = row.length - 1;
    const before = row.slice(0, last).map((cell, index) => `${cell.padEnd(widths[index] ?? 0)}  `);
    const head = `${indent}${before.join("")}`;
    return wrap(row[last] ?? "", " ".repeat(head.length))
      .replace(" ".repeat(head.length), () => head)
      .trimEnd();
  };
  return rows.map(line).join("\n");
}
