/** One sentence for each way a key or value can be wrong, and what to do about it. */
import type { z } from "zod";
import { suggest } from "../model/suggest.ts";
import type { Hint } from "./elsewhere.ts";
import { metaOf } from "./meta.ts";
import { quote } from "../fields/quote.ts";
import { formOf, keysOf, memberFor, valueAt, valuesOf, type Path } from "./shape.ts";
import { asWritten, assignment, dotted, expected, firstClause, found, nameOf } from "./wording.ts";

type ProblemId = "SPEC-UNKNOWN-KEY" | "SPEC-NAME" | "SPEC-TYPE" | "SPEC-VALUE" | "SPEC-MISSING";

export interface Problem {
  readonly id: ProblemId;
  readonly path: Path;
  readonly message: string;
  readonly fix?: string;
  /** The key an unknown one was taken for. */
  readonly meant?: Path;
}

export interface Root {
  readonly schema: z.ZodType;
  /** What the schema was applied to. */
  readonly value: unknown;
  /** Where a key that is unknown here would be known: "`dataplane` belongs to calico". */
  readonly elsewhere: (path: Path) => Hint | undefined;
  /** The path as it was written: the name of a host for its address in short form. */
  readonly shown: (path: Path) => Path;
}

/** What stands at the path of an issue. */
export interface Case extends Root {
  readonly path: Path;
  /** The path as it was written. */
  readonly at: Path;
  readonly schema: z.ZodType;
  readonly value: unknown;
}

type Issue = z.core.$ZodIssue;

export function unknownKey(key: string, { path, schema, value, elsewhere }: Case): Problem {
  const owner = formOf(schema) === "either" ? memberFor(schema, value) : schema;
  const allowed = owner === undefined ? [] : Object.keys(keysOf(owner));
  const near =
    suggest(
      key,
      allowed.filter((candidate) => valueAt(value, [candidate]) === undefined),
    ) ?? suggest(key, allowed);
  const problem = { id: "SPEC-UNKNOWN-KEY", path: [...path, key], message: `unknown key ${quote(key)}` } as const;
  if (near !== undefined) return { ...problem, fix: `did you mean \`${near}\`?`, meant: [...path, near] };
  const list = allowed.length === 0 ? "no keys are allowed here" : `allowed here: ${allowed.join(", ")}`;
  const hint = elsewhere(problem.path);
  return { ...problem, fix: hint === undefined ? list : hint.enough ? hint.text : `${hint.text}; ${list}` };
}

export function badName(issue: Issue | undefined, { path }: Case): Problem {
  const name = String(path.at(-1));
  const message =
    issue === undefined || issue.message.startsWith("Invalid")
      ? `${quote(name)} is not a name that fits here`
      : inWords(name, issue.message);
  const { instead, fix } = (issue?.code === "custom" ? (issue.params ?? {}) : {}) as Advice;
  return { id: "SPEC-NAME", path, message, ...advice(instead, fix) };
}

/** "expected the name of an interface" says what is wanted; a sentence says what is wrong. */
function inWords(value: unknown, message: string): string {
  const wanted = /^expected (.+)$/s.exec(message)?.[1];
  return wanted === undefined ? message : `${quote(value)} is not ${wanted}`;
}

interface Advice {
  readonly instead?: string;
  readonly fix?: string;
}

/** What to write, and what to know about it. */
function advice(better: string | undefined, fix: string | undefined): { readonly fix?: string } {
  if (better === undefined) return fix === undefined ? {} : { fix };
  return { fix: fix === undefined ? better : `${better} (${fix})` };
}

/** `params` of a refusal: see refusal.ts. */
export function refused(
  message: string,
  params: Readonly<Record<string, unknown>>,
  { at, schema, value }: Case,
): Problem {
  const { instead, fix } = params as Advice;
  const known = advice(instead && assignment(at, instead), fix);
  return {
    id: "SPEC-VALUE",
    path: at,
    message: inWords(value, message),
    ...(known.fix === undefined ? example(at, schema) : known),
  };
}

export function missing({ path, schema, value }: Case): Problem {
  const message = `${nameOf(path)} ${value === null ? "has no value" : "is missing"}`;
  return { id: "SPEC-MISSING", path, message, fix: example(path, schema).fix ?? assignment(path, expected(schema)) };
}

function example(at: Path, schema: z.ZodType): { readonly fix?: string } {
  const { example: value, description } = metaOf(schema);
  if (value === undefined) return {};
  return {
    fix: `for example ${assignment(at, asWritten(value))}${description === undefined ? "" : ` (${firstClause(description)})`}`,
  };
}

/** An entry of which neither its name nor a `provider` tells what it is. `keys` are those entries have. */
export function undecided({ path, at, value }: Case, keys: readonly string[], providers: readonly string[]): Problem {
  const [slot, name] = [dotted(path.slice(0, -2)), String(path.at(-2))];
  const said = value === undefined ? name : String(value);
  const near = suggest(said, providers);
  const advised = near === undefined ? "" : `did you mean \`${near}\`? `;
  const fix = keys.includes(name)
    ? `\`${name}\` is a key of entries: ${slot}.NAME.${name}`
    : value === undefined && near === undefined
      ? `${dotted(path)}: one of ${providers.join(", ")}`
      : `${advised}offered: ${providers.join(", ")}`;
  return value === undefined
    ? { id: "SPEC-MISSING", path, message: `${quote(name)} is no provider of ${slot}, and the entry names none`, fix }
    : { id: "SPEC-VALUE", path: at, message: `unknown provider ${quote(value)} for ${dotted(path.slice(0, -1))}`, fix };
}

export function notOffered({ path, at, schema, value }: Case): Problem {
  const values = (valuesOf(schema) ?? []).map(String);
  const near = suggest(String(value), values);
  const message =
    path.at(-1) === "provider"
      ? `unknown provider ${quote(value)} for ${dotted(path.slice(0, -1))}`
      : `${quote(value)} is not offered for ${dotted(at)}`;
  const offered = `offered: ${values.join(", ")}`;
  return {
    id: "SPEC-VALUE",
    path: at,
    message,
    fix: near === undefined ? offered : `did you mean \`${near}\`? ${offered}`,
  };
}

export function wrongType({ at, schema, value }: Case): Problem {
  const isList = formOf(schema) === "list" && typeof value !== "object";
  const isOff = value === false && metaOf(schema).toggle === "on";
  const fix = isOff
    ? { fix: "leave it out" }
    : isList
      ? { fix: assignment(at, asWritten([value])) }
      : example(at, schema);
  return {
    id: "SPEC-TYPE",
    path: at,
    message: `${nameOf(at)} is ${found(value)}, and ${expected(schema)} stands here`,
    ...fix,
  };
}

export function outOfBounds(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  { at, schema, value }: Case,
): Problem {
  const small = issue.code === "too_small";
  const limit = `${small ? "at least" : "at most"} ${String(small ? issue.minimum : issue.maximum)}`;
  const size = typeof value === "object" ? Object.keys(value ?? {}).length : String(value).length;
  const measured =
    typeof value === "number"
      ? `is ${value}`
      : size === 0
        ? "is empty"
        : `has ${size} ${typeof value === "string" ? "characters" : "entries"}`;
  const message = `${nameOf(at)} ${measured}${size === 0 ? "" : `, and ${limit} is allowed`}`;
  return { id: "SPEC-VALUE", path: at, message, ...example(at, schema) };
}
