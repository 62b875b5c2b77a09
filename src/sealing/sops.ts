/**
 * Files of SOPS with recipients of age, written and read as sops itself does (getsops/sops 3.13.3: sops.go, aes/cipher.go,
 * stores/yaml). Values are texts: that is all a Secret has.
 */
import { createHash, randomBytes } from "node:crypto";
import { asList, asMap, at, isMap } from "../model/unknown.ts";
import { readDocuments } from "../yaml/documents.ts";
import { print } from "../yaml/print.ts";
import { unwrap, wrap, type Identity } from "./age.ts";
import { openValue, sealValue, typeOf } from "./cipher.ts";

/** Which values are encrypted: those below a key of this form. One rule a file; sops refuses two. */
export type SopsRule = { readonly encrypted_regex: string } | { readonly encrypted_suffix: string };

/** The release whose format is written. */
const FORMAT = "3.13.3";

/** With `mac_only_encrypted` the MAC begins with these bytes (sops.go, MACOnlyEncryptedInitialization). */
const ONLY_ENCRYPTED = createHash("sha256").update("sops").digest();

export interface Sealing {
  readonly rule: SopsRule;
  readonly recipients: readonly string[];
  readonly now: Date;
}

/** The file of an object that holds texts alone where it is encrypted. */
export async function sealFile(object: object, { rule, recipients, now }: Sealing): Promise<string> {
  const key = randomBytes(32);
  const mac = macOf(true);
  const sealed = walk(object, [], (value, path) => {
    if (!isEncrypted(path, rule)) return value;
    const text = bytesOf(value);
    mac.update(text);
    return sealValue(text, key, bound(path));
  });
  const lastmodified = withoutFractions(now);
  const age = await wrapped(key, recipients);
  return print({
    ...(sealed as object),
    sops: {
      age,
      lastmodified,
      mac: sealValue(mac.digest("hex").toUpperCase(), key, lastmodified),
      ...rule,
      mac_only_encrypted: true,
      version: FORMAT,
    },
  });
}

/** Ways of sops that nothing here writes: other keys than those of age, groups of keys, comments that are encrypted. */
const FOREIGN = ["kms", "gcp_kms", "azure_kv", "hc_vault", "hckms", "pgp", "key_groups", "shamir_threshold"];

/**
 * The same file under a new key, for other people: every value and the MAC are encrypted anew, and all that is not
 * encrypted stays as it stands. `foreign`: only sops itself can do that to this file.
 */
export async function resealFile(
  text: string,
  file: string,
  { identities, recipients, now }: { readonly identities: readonly Identity[] } & Omit<Sealing, "rule">,
): Promise<{ readonly text: string } | "locked" | "tampered" | "foreign"> {
  const metadata = asMap(metadataOf(text, file));
  const isForeign = FOREIGN.some((key) => asList(metadata[key]).length > 0 || typeof metadata[key] === "number");
  if (isForeign || /#ENC\[/.test(text) || readDocuments(text, file).length !== 1) return "foreign";
  const old = await keyOf(metadata, identities);
  if (old === undefined) return "locked";
  try {
    opened(asMap(documentOf(text, file)), metadata, old);
  } catch {
    return "tampered";
  }
  const key = randomBytes(32);
  const lastmodified = withoutFractions(now);
  const { sops: _, ...content } = asMap(documentOf(text, file));
  const rule = ruleOf(metadata);
  let after = text;
  walk(content, [], (value, path) => {
    if (!isEncrypted(path, rule) || value === "") return value;
    const before = String(value);
    const plain = openValue(before, old, bound(path));
    after = after.replace(before, () => sealValue(plain, key, bound(path), typeOf(before)));
    return value;
  });
  const mac = openValue(String(metadata["mac"]), old, String(metadata["lastmodified"]));
  const block = print({
    sops: {
      ...metadata,
      age: await wrapped(key, recipients),
      lastmodified,
      mac: sealValue(mac, key, lastmodified),
    },
  });
  // It is a key of the top, and reaches to the next one.
  return { text: after.replace(/^sops:.*\n(?:(?:[ \t#-].*)?\n)*/m, () => block) };
}

const wrapped = (key: Uint8Array, recipients: readonly string[]) =>
  Promise.all(recipients.map(async (recipient) => ({ recipient, enc: `${(await wrap(key, recipient)).trimEnd()}\n` })));

/** RFC 3339 in seconds, which is also what the MAC is bound to. */
const withoutFractions = (now: Date): string => now.toISOString().replace(/\.\d+Z$/, "Z");

export type Opened =
  | { readonly object: Readonly<Record<string, unknown>> }
  /** Encrypted for others than those whose keys are here. */
  | "locked"
  /** Not as it was encrypted. */
  | "tampered";

/** Recipients a file is encrypted for; undefined where it is no file of sops with keys of age. */
export function recipientsOf(text: string, file: string): readonly string[] | undefined {
  const sops = metadataOf(text, file);
  const age = asList(at(sops, "age"));
  return age.length === 0 ? undefined : age.map((one) => String(at(one, "recipient")));
}

export async function openFile(text: string, file: string, identities: readonly Identity[]): Promise<Opened> {
  const metadata = metadataOf(text, file);
  const key = await keyOf(metadata, identities);
  if (key === undefined) return "locked";
  try {
    return { object: opened(asMap(documentOf(text, file)), metadata, key) };
  } catch {
    return "tampered";
  }
}

function opened(
  document: Readonly<Record<string, unknown>>,
  metadata: unknown,
  key: Uint8Array,
): Record<string, unknown> {
  const rule = ruleOf(metadata);
  const onlyEncrypted = at(metadata, "mac_only_encrypted") === true;
  const mac = macOf(onlyEncrypted);
  const { sops: _, ...content } = document;
  const object = walk(content, [], (value, path) => {
    const inRule = isEncrypted(path, rule);
    const plain = inRule ? openValue(String(value), key, bound(path)) : value;
    if (inRule || !onlyEncrypted) mac.update(inRule ? numberless(String(value), String(plain)) : bytesOf(plain));
    return plain;
  });
  const intended = openValue(String(at(metadata, "mac")), key, String(at(metadata, "lastmodified")));
  if (intended !== mac.digest("hex").toUpperCase()) throw new Error("the MAC is of another text");
  return object as Record<string, unknown>;
}

const documentOf = (text: string, file: string): unknown => readDocuments(text, file)[0];

const metadataOf = (text: string, file: string): unknown => at(documentOf(text, file), "sops");

async function keyOf(metadata: unknown, identities: readonly Identity[]): Promise<Uint8Array | undefined> {
  for (const one of asList(at(metadata, "age"))) {
    const key = await unwrap(String(at(one, "enc")), identities);
    if (key !== undefined) return key;
  }
  return undefined;
}

function macOf(onlyEncrypted: boolean) {
  const mac = createHash("sha512");
  if (onlyEncrypted) mac.update(ONLY_ENCRYPTED);
  return mac;
}

/** As sops has it: keys of maps alone, places in lists are not part of it. */
const bound = (path: readonly string[]): string => `${path.join(":")}:`;

/** Without a rule sops encrypts all but what ends in `_unencrypted`. */
function ruleOf(metadata: unknown): SopsRule | undefined {
  const [regex, suffix] = [at(metadata, "encrypted_regex"), at(metadata, "encrypted_suffix")];
  if (typeof regex === "string") return { encrypted_regex: regex };
  return typeof suffix === "string" ? { encrypted_suffix: suffix } : undefined;
}

function isEncrypted(path: readonly string[], rule: SopsRule | undefined): boolean {
  if (rule === undefined) return !path.some((key) => key.endsWith("_unencrypted"));
  if ("encrypted_suffix" in rule) return path.some((key) => key.endsWith(rule.encrypted_suffix));
  const form = new RegExp(rule.encrypted_regex);
  return path.some((key) => form.test(key));
}

/** A float is encrypted with nine places, and goes into the MAC without those that say nothing (aes/cipher.go; sops.go, ToBytes). */
const numberless = (sealed: string, text: string): string => (typeOf(sealed) === "float" ? String(Number(text)) : text);

/** What a MAC is made of (sops.go, ToBytes). */
const bytesOf = (value: unknown): string => (typeof value === "boolean" ? (value ? "True" : "False") : String(value));

type Leaf = (value: unknown, path: readonly string[]) => unknown;

/** Every value in order; nothing is nothing, to sops as well. */
function walk(value: unknown, path: readonly string[], leaf: Leaf): unknown {
  if (value === null) return value;
  if (Array.isArray(value)) return value.map((item) => walk(item, path, leaf));
  if (!isMap(value)) return leaf(value, path);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key], leaf)]));
}
