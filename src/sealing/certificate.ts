/**
 * Values as the controller of Sealed Secrets opens them (bitnami-labs/sealed-secrets v0.36.6, pkg/crypto/crypto.go): a key
 * of 32 bytes that is used once, encrypted for the certificate by RSA-OAEP with SHA-256, and the value by AES-256-GCM.
 */
import { constants, createCipheriv, publicEncrypt, randomBytes, X509Certificate, type KeyObject } from "node:crypto";
import { UserError } from "../model/errors.ts";

const KEY = 32;
/** The key is used once: zeros are as good as anything. */
const NONCE = Buffer.alloc(12);

/** A public key, and whether it is still one to seal for. */
export function readCertificate(pem: string, path: string, { madeBy, now }: { madeBy: string; now: Date }): KeyObject {
  const certificate = certificateIn(pem);
  if (certificate === undefined || certificate.publicKey.asymmetricKeyType !== "rsa")
    throw new UserError(`${path} holds no certificate of an RSA key`, `take it back from Git, or ${madeBy} makes one`);
  if (new Date(certificate.validTo) < now)
    throw new UserError(
      `the certificate in ${path} is valid until ${certificate.validTo}, and nothing is sealed for it any more`,
      "docs/operations.md says how to get a new key",
    );
  return certificate.publicKey;
}

function certificateIn(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** `label` has to be the same when it is opened: `namespace/name` of the Secret, so that it can become no other. */
export function sealFor(key: KeyObject, value: string, label: string): string {
  const session = randomBytes(KEY);
  const sealedKey = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256", oaepLabel: Buffer.from(label) },
    session,
  );
  const cipher = createCipheriv("aes-256-gcm", session, NONCE);
  const sealed = Buffer.concat([cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  return Buffer.concat([length, sealedKey, sealed]).toString("base64");
}
