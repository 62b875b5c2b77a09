/** What must not stand in a Git repository in plain text. */
import type { Finding } from "../model/finding.ts";
import { isRemembered } from "../tree/stateFolder.ts";
import type { Path } from "../yaml/stream.ts";
import { toFinding, type Audit } from "./audit.ts";
import { isHarmless } from "./guard/harmless.ts";
import { hasAssignments, namedIn, namedInText } from "./guard/passwords.ts";
import { hidden } from "./guard/shown.ts";
import { manifestsIn, manifestsWithin } from "./guard/manifests.ts";
import { encodedIn, found, keysOf, tokensOf } from "./guard/tokens.ts";
import type { KubernetesObject } from "./objects.ts";
import { folderOf, nameOf, resolveFrom } from "./paths.ts";
import type { Subject } from "./subject.ts";
import { asList, asMap, at } from "../model/unknown.ts";
import { asText, grouped } from "./values.ts";

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

export const plainToken: Audit = {
  id: "SECRET-TOKEN",
  severity: "error",
  title: "A token, a key or a hash of a password stands in the repository.",
  because: "Whoever can read the repository has it, also long after it was removed: Git keeps every version.",
  source: "what its maker says of its form (src/audit/guard/kinds.ts)",
};

export const plainPassword: Audit = {
  id: "SECRET-PASSWORD",
  severity: "error",
  title: "A password stands in the repository, in a value that is called one.",
  because: "Whoever can read the repository has it, also long after it was removed: Git keeps every version.",
  source: "12factor.net, Config; kubernetes.io, Good practices for Kubernetes Secrets",
};

const REPLACE =
  "replace the secret itself first, since it is known now; then encrypt the new one, or keep the file out of Git";

const EXCUSE = `${REPLACE}. For a text that only looks like one: a comment "not a secret: WHY" on its line`;

export function* secrets(subject: Subject): Generator<Finding> {
  const ofObjects = subject.objects.flatMap((object) => plainIn(object) ?? []);
  const ofGenerators = [...generated(subject)];
  yield* ofObjects;
  yield* ofGenerators;
  const [isObject, isGenerated] = [filesOf(ofObjects), filesOf(ofGenerators)];
  const documents = grouped(subject.documents, ({ file }) => file);
  for (const [path, text] of [...subject.texts, ...subject.strange]) {
    if (isRemembered(path)) continue;
    yield* found(privateKey, { path, text, fix: REPLACE }, keysOf(text));
    if (isGenerated.has(path)) continue;
    const read = documents.get(path);
    const manifests = isObject.has(path)
      ? []
      : read === undefined
        ? manifestsIn(text)
        : read.flatMap((one) => manifestsWithin(one, text));
    yield* found(plainSecret, { path, text, fix: EXCUSE }, manifests);
    const tokens = [...tokensOf(text), ...encodedIn(text)];
    yield* found(plainToken, { path, text, fix: EXCUSE }, tokens);
    const named = !hasAssignments(path, text)
      ? []
      : read === undefined
        ? namedInText(text)
        : read.flatMap((document) => namedIn(document, text));
    yield* found(
      plainPassword,
      { path, text, fix: EXCUSE },
      // What has a form of its own was said.
      named.filter(({ index }) => !tokens.some((token) => token.index <= index && index < token.end)),
    );
  }
}

const filesOf = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(findings.flatMap(({ places = [] }) => places.map(({ file }) => file)));

/** Where `data` stands: in a Secret, or in what is to become one (CRD SopsSecret v1alpha3, spec.secretTemplates). */
function holdersIn({ kind, group, value }: KubernetesObject): readonly Path[] {
  if (kind === "Secret" && group === "") return [[]];
  if (kind !== "SopsSecret") return [];
  return asList(at(value, "spec", "secretTemplates")).map((_, index) => ["spec", "secretTemplates", index]);
}

/** What kubeseal makes is longer than any password: the key of RSA alone has 256 bytes (bitnami-labs/sealed-secrets, crypto). */
const isSealedValue = (value: unknown): boolean => /^[A-Za-z0-9+/=\s]{100,}$/.test(String(value));

function unsealedIn(object: KubernetesObject): Finding | undefined {
  const field = ["spec", "encryptedData"];
  const plain = Object.entries(asMap(at(object.value, ...field)))
    .filter(([, value]) => !isHarmless(value) && !isSealedValue(value))
    .map(([key]) => key);
  if (plain[0] === undefined) return undefined;
  return toFinding(plainSecret, {
    message: `SealedSecret ${object.name} is not encrypted: ${plain.join(", ")}`,
    places: [hidden(object.place([...field, plain[0]], "key"), 200)],
    fix: REPLACE,
  });
}

function plainIn(object: KubernetesObject): Finding | undefined {
  if (object.kind === "SealedSecret") return unsealedIn(object);
  const fields = holdersIn(object).flatMap((base) => ["data", "stringData"].map((field) => [...base, field]));
  const plain = fields.flatMap((field) =>
    Object.entries(asMap(at(object.value, ...field)))
      .filter(([, value]) => !isHarmless(value))
      .map(([key]) => ({ path: [...field, key], key })),
  );
  const [first] = plain;
  if (first === undefined) return undefined;
  const isEncrypted = object.value["sops"] !== undefined;
  if (isEncrypted && isPartly(object.value["sops"]) && hasSealed(object, fields)) return undefined;
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

/** A rule that fits no value at all is a mistake in the rule. */
const hasSealed = (object: KubernetesObject, fields: readonly Path[]): boolean =>
  fields.some((field) =>
    Object.values(asMap(at(object.value, ...field))).some((value) => String(value).startsWith("ENC[")),
  );

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
            places: [
              document.place(["secretGenerator", index, field, number], "value"),
              { file: path ?? "", line: 1, column: 1, length: 1, text: "…" },
            ],
            fix: REPLACE,
          });
        }
    }
}

const isPlaceholderFile = (text: string): boolean =>
  text
    .split("\n")
    .every((line) => line.trim() === "" || line.startsWith("#") || isHarmless(line.replace(/^[^=]*=/, "")));
