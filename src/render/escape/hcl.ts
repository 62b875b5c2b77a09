/** HCL, the language of OpenTofu: JSON's values are its own, but for what a quoted text may start. */
import { jsonValue } from "./json.ts";

/**
 * In quotes `${` and `%{` begin a template (HCL native syntax specification, Quoted Templates); the code point instead
 * of the sign begins none, whatever stands before it. `\b` and `\f` are no escapes there, and half a character is none.
 */
export const hclValue = (value: unknown, indent = 0): string =>
  jsonValue(value, indent).replace(
    /\\ud[89a-f][0-9a-f]{2}|\\[^]|[$%](?=\{)/g,
    (match) => ESCAPES[match] ?? (match.startsWith("\\ud") ? "\\ufffd" : match),
  );

const ESCAPES: Readonly<Record<string, string>> = {
  "\\b": "\\u0008",
  "\\f": "\\u000c",
  $: "\\u0024",
  "%": "\\u0025",
};
