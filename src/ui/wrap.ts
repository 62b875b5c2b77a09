/** Everything printed fits 100 columns. */
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

/** Columns of a table, left-aligned, two spaces apart; the last one is free. */
export function columns(rows: readonly (readonly string[])[], indent = "  "): string {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)),
    [],
  );
  const line = (row: readonly string[]): string => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ");
  return rows.map((row) => `${indent}${line(row)}`.trimEnd()).join("\n");
}
