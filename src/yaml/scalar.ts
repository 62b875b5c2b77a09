/** One YAML scalar on one line, read alike by YAML 1.1 (Kubernetes, Helm, kustomize) and 1.2 readers. */

export type Scalar = string | number | boolean | null;

/** Inside `{ }` and `[ ]` the characters `,[]{}` end a plain scalar; outside they do not (YAML 1.2.2 §7.3.3). */
export type Surroundings = "block" | "flow";

// Letters, numbers and marks of any script; of the rest only printable ASCII. What remains out (controls,
// line and paragraph separators, byte order marks, exotic spaces) is where readers differ.
const PLAIN_CHARACTERS = /^[\x20-\x7e\p{L}\p{N}\p{M}]+$/u;
const BAD_START = /^[ ?:,[\]{}#&*!|>'"%@`=~]|^-(?:[ -]?$| |--)|^\.\.\.|^<<$/;
const BAD_INSIDE = /: | #|[ :]$/;
const FLOW_INDICATOR = /[,[\]{}]/;

// YAML 1.1 types: https://yaml.org/type/{bool,null,int,float,timestamp}.html; 1.2: core schema, §10.3.2.
const WORD = /^(?:y|yes|n|no|on|off|true|false|null)$/i;
const NUMBER = /^[-+]?(?:[\d_]*\.?[\d_]*(?:e[-+]?\d+)?|0b[01_]+|0o[0-7_]+|0x[\da-f_]+|\.inf|\.nan)$/i;
const SEXAGESIMAL = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const DATE = /^\d{4}-\d\d?-\d\d?/;

function isPlain(text: string, surroundings: Surroundings): boolean {
  if (!PLAIN_CHARACTERS.test(text) || BAD_START.test(text) || BAD_INSIDE.test(text)) return false;
  if (surroundings === "flow" && FLOW_INDICATOR.test(text)) return false;
  return ![WORD, NUMBER, SEXAGESIMAL, DATE].some((type) => type.test(text));
}

// JSON leaves these as they are; YAML forbids or folds some of them even between double quotes (§5.1, §5.4).
const NOT_IN_QUOTES = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

const quoted = (text: string): string =>
  JSON.stringify(text).replace(NOT_IN_QUOTES, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

function numeral(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  if (Object.is(value, -0)) return "-0.0";
  // A YAML 1.1 float needs a point: `1e+21` is a string there.
  return String(value).replace(/^(-?\d+)e/, "$1.0e");
}

/**
 * Plain where every reader takes it for this string, else a JSON string; numbers, booleans and null plain.
 * Always one line.
 */
export function scalar(value: Scalar, surroundings: Surroundings = "block"): string {
  if (typeof value === "number") return numeral(value);
  if (typeof value !== "string") return String(value);
  return isPlain(value, surroundings) ? value : quoted(value);
}
