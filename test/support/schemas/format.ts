/**
 * `format` as the API server checks it, as plain schema keywords, so that a compiled validator needs no code
 * of ours. The server's list: k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go; a format
 * that is not on it is not checked there either.
 */
import type { Schema } from "./schema.ts";

const OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = `(${OCTET}\\.){3}${OCTET}`;
const GROUP = "[0-9a-fA-F]{1,4}";
// RFC 4291 §2.2: eight groups, or `::` for a run of them.
const compressed = Array.from({ length: 7 }, (_, left) => {
  const before = left === 0 ? "" : `${GROUP}(:${GROUP}){${left - 1}}`;
  return `${before}::(${GROUP}(:${GROUP}){0,${6 - left}})?`;
});
const IPV6 = [`(${GROUP}:){7}${GROUP}`, ...compressed, `(${GROUP}:){7}:`].join("|");

const whole = (pattern: string): Schema => ({ type: "string", pattern: `^(?:${pattern})$` });

// Go's time.ParseDuration.
const DURATION = "[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)";
const DATE_TIME = "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[-+]\\d\\d:\\d\\d)";
const BASE64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";

const STRINGS: Readonly<Record<string, Schema>> = {
  ipv4: whole(IPV4),
  ipv6: whole(IPV6),
  cidr: whole(`(${IPV4})/([12]?\\d|3[0-2])|(${IPV6})/(\\d|[1-9]\\d|1[01]\\d|12[0-8])`),
  duration: whole(DURATION),
  "date-time": whole(DATE_TIME),
  byte: whole(BASE64),
};

const INTEGERS: Readonly<Record<string, Schema>> = {
  int32: { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  int64: { minimum: -(2 ** 63), maximum: 2 ** 63 },
};

/** `undefined` when the server checks nothing for this pair. */
export function fromFormat(format: string, type: Schema["type"]): Schema | undefined {
  if (type === "integer") return INTEGERS[format];
  return type === "string" || type === undefined ? STRINGS[format] : undefined;
}

/** k8s.io/apimachinery/pkg/api/resource/quantity.go; a bare number is read as its text. */
export const quantity: Schema = {
  anyOf: [
    { type: "number" },
    whole("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][-+]?\\d+)?"),
  ],
};

export const intOrString: Schema = { type: ["integer", "string"] };
export const time: Schema = { anyOf: [{ type: "null" }, whole(DATE_TIME)] };
