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

/** What the last column of a table has at least, where it wants as much: less is a word a line. */
const LAST = 24;
const GAP = "  ";

/**
 * Columns of a table, left-aligned; what does not fit goes on below in the last one, and in the widest before it where
 * that leaves the last one too little.
 */
export function columns(texts: readonly (readonly string[])[], indent = "  ", width = COLUMNS): string {
  const rows = texts.map((row) => row.map(printable));
  const widths = fitted(
    rows.reduce<number[]>((most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)), []),
    width - indent.length,
  );
  return rows
    .flatMap((row) => {
      const cells = row.map((cell, index) => linesOf(cell, widths[index] ?? 0));
      const height = Math.max(...cells.map(({ length }) => length));
      return Array.from({ length: height }, (_, at) =>
        `${indent}${cells.map((lines, index) => (lines[at] ?? "").padEnd(widths[index] ?? 0)).join(GAP)}`.trimEnd(),
      );
    })
    .join("\n");
}

/** Widths of columns in so much room. */
function fitted(wanted: readonly number[], room: number): readonly number[] {
  const before = wanted.slice(0, -1);
  const taken = (widths: readonly number[]): number => widths.reduce((sum, one) => sum + one + GAP.length, 0);
  const least = Math.min(wanted.at(-1) ?? 0, LAST);
  const over = taken(before) + least - room;
  const widest = before.indexOf(Math.max(...before));
  const narrowed = before.map((one, index) => (index === widest && over > 0 ? Math.max(one - over, LAST) : one));
  return [...narrowed, Math.max(room - taken(narrowed), 1)];
}

/** What a cell is set in by, each of its lines is. */
function linesOf(cell: string, width: number): readonly string[] {
  const [lead = ""] = /^ */.exec(cell) ?? [];
  return cell.length <= width ? [cell] : wrap(cell.trim(), lead, width).split("\n");
}
