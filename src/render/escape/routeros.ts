/** Values of RouterOS commands (RouterOS documentation, Scripting, Constant Escape Sequences). */
import { plainText } from "./text.ts";

const NEEDS_NO_QUOTES = /^[A-Za-z0-9_.:/,-]+$/;

// `$` begins a variable, and `?` asks the console for help.
export function routerOsValue(text: string): string {
  const line = plainText(text);
  return NEEDS_NO_QUOTES.test(line) ? line : `"${line.replace(/["\\$?]/g, "\\$&")}"`;
}
