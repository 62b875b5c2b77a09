/** Values whose name says that they are secrets: `password: …` in values of a chart, `TOKEN=…` in a file of variables. */
import { asText } from "../values.ts";
import { asMap, isMap } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import type { FileDocument } from "../objects.ts";
import { offsetOf } from "./offset.ts";
import type { Mark } from "./tokens.ts";
import { isFiller, isHarmless } from "./harmless.ts";

/** Whatever stands there is one. */
const PASSWORD =
  /(?:^|_)(?:password|passwd|passphrase|webpassword|pass|psk|pre_?shared_?key|secret_access_key|client_secret)$/;

/** Names of Secrets and of keys in them stand there as well; a secret is random. */
const TOKEN =
  /(?:^|_)(?:token|tokens|api_?key|secret|secret_?key|access_?key|auth_?key|encryption_?key|private_?key|shared_?secret|credentials?)$/;

const words = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[.-]/g, "_");

/** Options, types, where it is read from: `password: true`, `required`, `/run/secrets/a`, `var.password`, `ADMIN_PASSWORD`. */
const REFERENCE =
  /^(?:[/~$@%{!].*|\.{1,2}\/.*|(?:var|local|data|each|module|file|env|secret|secrets)[.:(].*|(?:true|false|yes|no|on|off|auto|string|str|object|optional|required|enabled|disabled|prohibited|never|always|prompt|plain|file|env|secret|generate[d]?|random|(?:\w+[-_])?pass(?:word|wd)?)|-----BEGIN (?:AGE|PGP).*)$/is;

/** The name of a variable; letters and digits without a break are none. */
const VARIABLE = /^[A-Z]+(?:_[A-Z0-9]+)*$/;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Letters and digits, and no name of an object: those are words between dashes. */
const isRandom = (text: string): boolean =>
  UUID.test(text) ||
  (/^[\w+/=.~-]{16,}$/.test(text) &&
    /\d.*\d/.test(text) &&
    /[A-Za-z]/.test(text) &&
    !/^[a-z0-9]{1,15}(?:[-._/][a-z0-9]{1,15})+$/.test(text) &&
    new Set(text).size > 8);

function isSecret(name: string, value: unknown): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  const text = String(value).trim();
  if (text.length < 4 || isHarmless(text) || REFERENCE.test(text) || VARIABLE.test(text)) return false;
  const known = words(name);
  return PASSWORD.test(known) || (TOKEN.test(known) && isRandom(text) && !isFiller(text));
}

/** What it is about is a schema, or is encrypted, or is looked at as what it is. */
const NOT_HERE: Readonly<Record<string, readonly string[]>> = {
  SealedSecret: ["encryptedData"],
  Secret: ["data", "stringData"],
  SopsSecret: ["secretTemplates"],
  Kustomization: ["secretGenerator"],
  CustomResourceDefinition: ["spec"],
};

/** In a YAML document, `- name: TOKEN` with its `value` and `- TOKEN=…` among them. */
export function namedIn(document: FileDocument, text: string): readonly Mark[] {
  const skipped = NOT_HERE[asText(asMap(document.value)["kind"]) ?? ""] ?? [];
  return [...valuesIn(document.value, skipped)].map(({ path, name }) => {
    const { line, column } = document.place(path, "value");
    const index = offsetOf(text, line, column);
    return { what: ofName(name), index, end: index + 1, shown: 0 };
  });
}

interface Named {
  readonly name: string;
  readonly path: Path;
}

/** Only trees: what an alias repeats is looked at where it stands. */
function* valuesIn(value: unknown, skipped: readonly string[], path: Path = [], seen = new Set()): Generator<Named> {
  if (typeof value === "string") {
    const [, name = "", rest = ""] = /^(?:--?)?([A-Za-z_][\w-]{2,60})=(.*)$/s.exec(value) ?? [];
    if (isSecret(name, rest)) yield { name, path };
    return;
  }
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const [, flag] = /^--?([A-Za-z][\w-]{2,60})$/.exec(String(item)) ?? [];
      const next: unknown = value[index + 1];
      if (flag !== undefined && !String(next).startsWith("-") && isSecret(flag, next))
        yield { name: flag, path: [...path, index + 1] };
      yield* valuesIn(item, skipped, [...path, index], seen);
    }
    return;
  }
  const { name, value: given } = value as Readonly<Record<string, unknown>>;
  if (typeof name === "string" && isSecret(name, given)) yield { name, path: [...path, "value"] };
  for (const [key, item] of Object.entries(value)) {
    if (skipped.includes(key)) continue;
    if (isSecret(key, item)) yield { name: key, path: [...path, key] };
    else if (typeof item === "string" && /\n|^\s*[{[]/.test(item)) yield* linesOf(item, [...path, key]);
    else if (isMap(item) || Array.isArray(item)) yield* valuesIn(item, skipped, [...path, key], seen);
  }
}

/** A file within a file: the block of a ConfigMap, of cloud-init, of values. */
function* linesOf(block: string, path: Path): Generator<Named> {
  for (const { name } of assigned(block)) yield { name, path };
}

/** Of any other file: `name = value` in whatever form. */
const ASSIGNED =
  /(?<![\w$.-])(?<name>[A-Za-z_][\w.-]{2,60})["']?[ \t]*(?:[:=]|=>|:=)[ \t]*(?:"(?<double>[^"\n]{4,200})"|'(?<single>[^'\n]{4,200})'|(?<bare>[^\s"',;#`)\]}]{4,200}))/g;

interface Assigned {
  readonly name: string;
  readonly from: number;
}

function* assigned(text: string): Generator<Assigned> {
  const isScript = text.startsWith("#!");
  for (const { index, groups = {}, 0: match } of text.matchAll(ASSIGNED)) {
    const { name = "", double, single, bare } = groups;
    const value = double ?? single ?? bare ?? "";
    // What a script says to people has a colon.
    if (isScript && !match.startsWith(`${name}=`)) continue;
    if (isSecret(name, value)) yield { name, from: index + match.lastIndexOf(value) };
  }
}

export const namedInText = (text: string): readonly Mark[] =>
  [...assigned(text)].map(({ name, from }) => ({ what: ofName(name), index: from, end: from + 1, shown: 0 }));

/** The name is somebody's text: a short one is enough. */
const ofName = (name: string): string => `${name.slice(0, 40)} in plain text`;

/** Programs and pages: what stands there is code and prose, whose secrets have a form. */
const PROSE = /\.(?:md|markdown|txt|adoc|rst|ts|js|mjs|py|go|rs|j2|lua|tmpl|tpl|hbs|css|html?|svg|lock|sum)$/i;

/** In a file of a program there are words by chance. */
export const hasAssignments = (path: string, text: string): boolean =>
  !PROSE.test(path) && !/[\0-\u0008]/.test(text.slice(0, 4000));
