/** What must not stand in a Git repository in plain text. */
import type { Finding, Place } from "../model/finding.ts";
import { placeOf } from "../yaml/position.ts";
import type { Path } from "../yaml/stream.ts";
import { toFinding, type Audit } from "./audit.ts";
import type { KubernetesObject } from "./objects.ts";
import { folderOf, nameOf, resolveFrom } from "./paths.ts";
import type { Subject } from "./subject.ts";
import { asList, asMap, at } from "../model/unknown.ts";
import { asText } from "./values.ts";

export const plainSecret: Audit = {
  id: "SECRET-PLAIN",
  severity: "error",
  title: "A Secret stands in the repository unencrypted.",
  because: "Whoever can read the repository has it, also long after it was removed: Git keeps every version.",
  source: "kubernetes.io, Secrets: data is encoded, not encrypted; getsops.io, docs",
};

export const privateKey: Audit = {
  id: "SECRET-KEY",
  severity: "error",
  title: "A private key stands in the repository.",
  because: "Whoever can read the repository has it, also long after it was removed: Git keeps every version.",
  source: "RFC 7468 (PEM); github.com/FiloSottile/age, keys",
};

const REPLACE =
  "replace the secret itself first, since it is known now; then encrypt the new one, or keep the file out of Git";

export function* secrets(subject: Subject): Generator<Finding> {
  for (const object of subject.objects) {
    const finding = plainIn(object);
    if (finding !== undefined) yield finding;
  }
  yield* generated(subject);
  for (const [path, text] of subject.texts) yield* keysIn(path, text);
}

/** Where `data` stands: in a Secret, or in what is to become one (CRD SopsSecret v1alpha3, spec.secretTemplates). */
function holdersIn({ kind, group, value }: KubernetesObject): readonly Path[] {
  if (kind === "Secret" && group === "") return [[]];
  if (kind !== "SopsSecret") return [];
  return asList(at(value, "spec", "secretTemplates")).map((_, index) => ["spec", "secretTemplates", index]);
}

function plainIn(object: KubernetesObject): Finding | undefined {
  const fields = holdersIn(object).flatMap((base) => ["data", "stringData"].map((field) => [...base, field]));
  const plain = fields.flatMap((field) =>
    Object.entries(asMap(at(object.value, ...field)))
      .filter(([, value]) => !isHarmless(value))
      .map(([key]) => ({ path: [...field, key], key })),
  );
  const [first] = plain;
  if (first === undefined) return undefined;
  const isEncrypted = object.value["sops"] !== undefined;
  if (isEncrypted && isPartly(object.value["sops"])) return undefined;
  return toFinding(plainSecret, {
    message: isEncrypted
      ? `${object.kind} ${object.name} is encrypted but for ${plain.map(({ key }) => key).join(", ")}`
      : `${object.kind} ${object.name} is not encrypted: ${plain.map(({ key }) => key).join(", ")}`,
    places: [hidden(object.place(first.path, "key"), 200)],
    fix: REPLACE,
  });
}

/**
 * Told to sops, which keys to encrypt: what it left is left on purpose. Regular use names both fields of a Secret, or the
 * templates of a SopsSecret (isindir/sops-secrets-operator, README).
 */
const isPartly = (sops: unknown): boolean =>
  at(sops, "encrypted_suffix") !== "Templates" &&
  (["unencrypted_regex", "unencrypted_suffix", "encrypted_suffix", "encrypted_comment_regex"].some(
    (key) => at(sops, key) !== undefined,
  ) ||
    !/^(\^\(data\|stringData\)\$)?$/.test(asText(at(sops, "encrypted_regex")) ?? ""));

/** Literals of a secretGenerator, and files it reads. */
function* generated({ kustomizations, texts }: Subject): Generator<Finding> {
  for (const { value, document, file } of kustomizations.values())
    for (const [index, generator] of asList(value["secretGenerator"]).entries()) {
      const name = asText(at(generator, "name")) ?? "";
      for (const [number, literal] of asList(at(generator, "literals")).entries()) {
        const [key = "", ...rest] = String(literal).split("=");
        if (!isHarmless(rest.join("=")))
          yield toFinding(plainSecret, {
            message: `Secret ${name} is not encrypted: ${key}`,
            places: [hidden(document.place(["secretGenerator", index, "literals", number], "value"), key.length + 1)],
            fix: REPLACE,
          });
      }
      for (const field of ["envs", "files"])
        for (const [number, entry] of asList(at(generator, field)).entries()) {
          const path = resolveFrom(folderOf(file), String(entry).replace(/^[^=]*=/, ""));
          const text = path === undefined ? undefined : texts.get(path);
          if (text === undefined || /ENC\[|"sops"|^sops[:_]/m.test(text) || isPlaceholderFile(text)) continue;
          yield toFinding(plainSecret, {
            message: `Secret ${name} is made of ${nameOf(path ?? "")}, which is not encrypted`,
            places: [document.place(["secretGenerator", index, field, number], "value")],
            fix: REPLACE,
          });
        }
    }
}

const isPlaceholderFile = (text: string): boolean =>
  text
    .split("\n")
    .every((line) => line.trim() === "" || line.startsWith("#") || isHarmless(line.replace(/^[^=]*=/, "")));

// SOPS leaves empty values as they are; `op://`, `vault:` and `ref+…://` name a secret that lies in a vault.
const PLACEHOLDER =
  /^(|<.*>|\$\{.*\}|\{\{.*\}\}|x{3,}|\*{3,}|\.{3,}|ENC\[.*|op:\/\/.*|vault:.*|ref\+.*|.*\b(change|replace|insert|fill)[-_ ]?(me|this|it|in|here)\b.*|(your|my)[-_ ].*|placeholder.*|example.*|dummy.*|todo.*|none|null)$/is;

function isHarmless(value: unknown): boolean {
  if (value === null || value === undefined || typeof value === "boolean") return true;
  const text = String(value).trim();
  return PLACEHOLDER.test(text) || PLACEHOLDER.test(decoded(text));
}

/** `data` is base64; what is none comes back as it is. */
function decoded(text: string): string {
  if (!/^[A-Za-z0-9+/\s]+={0,2}$/.test(text)) return text;
  try {
    return atob(text).trim();
  } catch {
    return text;
  }
}

// A key that needs a passphrase, and a public key, are none of these. Prose names keys without their content.
const PEM =
  /-----BEGIN (?!ENCRYPTED )(?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\\r|\\n|\s|[A-Za-z-]+: ?[^\n]*)*[A-Za-z0-9+/=]{16,}/g;
const AGE = /AGE-SECRET-KEY-(?:PQ-)?1[02-9A-Z]{50,}/g;
/** A PEM file as `data` of a Secret or in machine configurations: base64 of `-----BEGIN`. */
const ENCODED = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{40,}/g;

function* keysIn(path: string, text: string): Generator<Finding> {
  if (!/PRIVATE KEY|AGE-SECRET-KEY|LS0tLS1CRUdJTi/.test(text)) return;
  const found = [
    ...[...text.matchAll(PEM)].map(({ index }) => ({ index, what: "a private key" })),
    ...[...text.matchAll(AGE)].map(({ index }) => ({ index, what: "the private key of age" })),
    ...[...text.matchAll(ENCODED)]
      .filter(([match]) => /BEGIN (?!ENCRYPTED )(?:[A-Z0-9]+ )*PRIVATE KEY/.test(decoded(match.slice(0, 56))))
      .map(({ index }) => ({ index, what: "a private key in base64" })),
  ];
  const [first] = found.sort((a, b) => a.index - b.index);
  if (first === undefined) return;
  yield toFinding(privateKey, {
    message: `${path} holds ${first.what}${found.length > 1 ? `, and ${found.length - 1} more` : ""}`,
    places: [hidden(placeOf(text, path, first.index, first.index + SHOWN), SHOWN)],
    fix: REPLACE,
  });
}

/** `AGE-SECRET-KEY-1` and the beginning of `-----BEGIN RSA PRIVATE KEY-----`, nothing of the key. */
const SHOWN = 16;

/** The line as far as it may be shown: reports end up in logs. */
function hidden(place: Place, characters: number): Place {
  const length = Math.min(place.length, characters);
  return { ...place, length, text: `${place.text.slice(0, place.column - 1 + length)}…` };
}
