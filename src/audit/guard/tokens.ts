/** Texts that are secrets by their form: keys and tokens, in any file. */
import type { Finding } from "../../model/finding.ts";
import { placeOf } from "../../yaml/position.ts";
import { toFinding, type Audit } from "../audit.ts";
import { decoded, isExcused, isFiller } from "./harmless.ts";
import { KINDS } from "./kinds.ts";
import { hidden } from "./shown.ts";

/** A text in a file that is a secret: where it is, and how much of it says what it is. */
export interface Mark {
  readonly what: string;
  readonly index: number;
  readonly end: number;
  /** Characters from `index` on that may be shown. */
  readonly shown: number;
}

/** `AGE-SECRET-KEY-1` and the beginning of `-----BEGIN RSA PRIVATE KEY-----`, nothing of the key. */
const SHOWN = 16;

// A key that needs a passphrase, and a public key, are none of these. Prose names keys without their content.
const PEM =
  /-----BEGIN (?!ENCRYPTED )(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[rn]?|\s|[A-Za-z-]+: ?[^\n]*)*[A-Za-z0-9+/=]{16,}/g;
const AGE = /AGE-SECRET-KEY-(?:PQ-)?1[02-9A-Z]{50,}/gi;
/** A PEM file as `data` of a Secret or in machine configurations: base64 of `-----BEGIN`. */
const ENCODED = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{40,}/g;

/** RFC 7468 and RFC 4880 (PEM); github.com/FiloSottile/age, keys. */
export function keysOf(text: string): readonly Mark[] {
  if (!/PRIVATE KEY|AGE-SECRET-KEY|LS0tLS1CRUdJTi/i.test(text)) return [];
  const marked = (pattern: RegExp, what: string) =>
    [...text.matchAll(pattern)].map(({ index, 0: match }) => ({
      what,
      index,
      end: index + match.length,
      shown: SHOWN,
      match,
    }));
  return [
    ...marked(PEM, "a private key"),
    ...marked(AGE, "the private key of age"),
    ...marked(ENCODED, "a private key in base64").filter(({ match }) =>
      /BEGIN (?!ENCRYPTED )(?:[A-Z0-9]+ )*PRIVATE KEY/.test(decoded(match.slice(0, 56))),
    ),
  ];
}

/** Those that KINDS knows. */
export function tokensOf(text: string): readonly Mark[] {
  return KINDS.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { index, groups, indices } = match;
      const secret = groups?.["secret"] ?? groups?.["secret2"] ?? "";
      const [from, end] = indices?.groups?.["secret"] ?? indices?.groups?.["secret2"] ?? [index, index];
      return isFiller(secret) ? [] : [{ what, index, end, shown: from - index }];
    }),
  );
}

/** Of something that was encoded, as `content` of cloud-init or `binaryData`. */
const BASE64 = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40,20000}={0,2}(?![A-Za-z0-9+/=])/g;

export const encodedIn = (text: string): readonly Mark[] =>
  [...text.matchAll(BASE64)].flatMap(({ index, 0: match }) => {
    const plain = decoded(match);
    if (plain === match || !/^[\t\n\r -~]+$/.test(plain)) return [];
    return tokensOf(plain)
      .slice(0, 1)
      .map(({ what }) => ({ what: `${what} in base64`, index, end: index + match.length, shown: 0 }));
  });

/** One finding a file: the first, and how many more. */
export function* found(
  audit: Audit,
  { path, text, fix }: { readonly path: string; readonly text: string; readonly fix: string },
  marks: readonly Mark[],
): Generator<Finding> {
  const [first, ...more] = apart(marks.filter(({ index }) => !isExcused(lineAt(text, index))));
  if (first === undefined) return;
  const { index, shown, what } = first;
  yield toFinding(audit, {
    message: `${path} holds ${what}${more.length > 0 ? `, and ${more.length} more` : ""}`,
    places: [hidden(placeOf(text, path, index, index + Math.max(1, shown)), shown)],
    fix,
  });
}

/** What is found within another is the same secret. */
function apart(marks: readonly Mark[]): readonly Mark[] {
  const sorted = [...marks].sort((a, b) => a.index - b.index || b.end - a.end);
  return sorted.filter((mark, number) => sorted.slice(0, number).every(({ end }) => end <= mark.index));
}

function lineAt(text: string, index: number): string {
  const newline = text.indexOf("\n", index);
  return text.slice(text.lastIndexOf("\n", index - 1) + 1, newline < 0 ? text.length : newline);
}
