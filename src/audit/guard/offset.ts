/** 1-based line and column as an offset in the text. */
export function offsetOf(text: string, line: number, column: number): number {
  let from = 0;
  for (let number = 1; number < line; number += 1) from = text.indexOf("\n", from) + 1;
  return from + column - 1;
}
