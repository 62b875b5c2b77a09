/** JSON, which is JSON5 and, for scalars, TOML as well. */

// TOML forbids DEL between quotes; the others some readers take for line ends.
const ESCAPED_TOO = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

const unicode = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** `indent` is the column of the line the value starts on. */
export function jsonValue(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, undefined, 2);
  if (text === undefined) throw new Error(`JSON has no word for ${String(value)}`);
  return text.replace(ESCAPED_TOO, unicode).replaceAll("\n", `\n${" ".repeat(indent)}`);
}
