/** Keys of age: making one, finding those of a file, wrapping the key of a file for them. The only importer of age-encryption. */
import type { Decrypter } from "age-encryption";
import { UserError } from "../model/errors.ts";

/** A private key, which is never shown, and who it is as a recipient. */
export interface Identity {
  readonly secret: string;
  readonly recipient: string;
}

// Loaded by those that encrypt: its curves take longer to load than most commands run.
const age = () => import("age-encryption");

/** X25519: every release of sops, Flux, the operator and ksops in use opens what is encrypted for one. */
export async function newIdentity(): Promise<Identity> {
  const { generateX25519Identity, identityToRecipient } = await age();
  const secret = await generateX25519Identity();
  return { secret, recipient: await identityToRecipient(secret) };
}

/** In the file format of age-keygen: a key a line, comments between. Keys of plugins and passphrases are left out. */
export async function identitiesIn(text: string): Promise<readonly Identity[]> {
  const { identityToRecipient } = await age();
  const secrets = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^AGE-SECRET-KEY-1[02-9A-Z]{58}$/.test(line));
  const found = await Promise.all(
    secrets.map(async (secret) => {
      // What is damaged opens nothing, and sops says so itself.
      const recipient = await identityToRecipient(secret).catch(() => undefined);
      return recipient === undefined ? [] : [{ secret, recipient }];
    }),
  );
  return found.flat();
}

/** Entry of a key file, as age-keygen writes it. */
export const keyFileEntry = ({ secret, recipient }: Identity, created: Date): string =>
  `# created: ${created.toISOString().replace(/\.\d+Z$/, "Z")}\n# public key: ${recipient}\n${secret}\n`;

/** Throws UserError for a recipient that is none. */
export async function wrap(key: Uint8Array, recipient: string): Promise<string> {
  const { Encrypter, armor } = await age();
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new UserError(
      `secrets.age: ${recipient} is no recipient of age: a letter of it is wrong`,
      "copy it again from the line `# public key:` of the key file",
      { cause },
    );
  }
  return armor.encode(await encrypter.encrypt(key));
}

/** Undefined where none of the keys opens it. */
export async function unwrap(armored: string, identities: readonly Identity[]): Promise<Uint8Array | undefined> {
  const { Decrypter, armor } = await age();
  for (const { secret } of identities) {
    const decrypter: Decrypter = new Decrypter();
    decrypter.addIdentity(secret);
    try {
      return await decrypter.decrypt(armor.decode(armored));
    } catch {
      // For somebody else.
    }
  }
  return undefined;
}
