/** HCL, the language of OpenTofu: JSON's values are its own, but for what a quoted text may start. */
import { jsonValue } from "./json.ts";

/**
 * In quotes `${` and `%{` begin a template (HCL native syntax specification, "Quoted Templates"); the code point instead
 * of the sign begins none, whatever stands before it. `\b` and `\f` are no escapes there.
 */
export const hclValue = (value: unknown, indent = 0): string =>
  jsonValue(value, indent).replace(/\\[^]|[$%](?=\{)/g, (match) => ESCAPES[match] ?? match);

const ESCAPES: Readonly<Record<string, string>> = {
  "\\b": "\\u0008",
  "\\f": "\\u000c",
  $: "\\u0024",
  "%": "\\u0025",
};
