/** Values as SOPS encrypts them (getsops/sops 3.13.3, aes/cipher.go): AES-256-GCM, bound to the keys they stand under. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const IV = 32;

const FORM = /^ENC\[AES256_GCM,data:(.+),iv:(.+),tag:(.+),type:(.+)\]$/s;

/** `bound` is what has to be said again to open it: the path of keys, each followed by a colon. `type`: what the text stands for. */
export function sealValue(text: string, key: Uint8Array, bound: string, type = "str"): string {
  if (text === "") return "";
  const iv = randomBytes(IV);
  const cipher = createCipheriv(ALGORITHM, key, iv);
  cipher.setAAD(Buffer.from(bound));
  const data = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]).toString("base64");
  return `ENC[AES256_GCM,data:${data},iv:${iv.toString("base64")},tag:${cipher.getAuthTag().toString("base64")},type:${type}]`;
}

/** `str`, `int`, `float`, `bool`, `comment`; undefined for what is no value of sops. */
export const typeOf = (sealed: string): string | undefined => FORM.exec(sealed)?.[4];

/** Throws where the key is another one, or text or place have been changed. */
export function openValue(sealed: string, key: Uint8Array, bound: string): string {
  if (sealed === "") return "";
  const [, data = "", iv = "", tag = "", type] = FORM.exec(sealed) ?? [];
  if (type === undefined) throw new Error("not a value of sops");
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, "base64"));
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(Buffer.from(tag, "base64"));
  return Buffer.concat([decipher.update(Buffer.from(data, "base64")), decipher.final()]).toString("utf8");
}
