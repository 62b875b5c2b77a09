import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { expect, test } from "vitest";
import { sealFor } from "./certificate.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** As the controller does it. */
function opened(sealed: string, label: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const end = 2 + bytes.readUInt16BE(0);
  const session = privateDecrypt(
    {
      key: privateKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: "sha256",
      oaepLabel: Buffer.from(label),
    },
    bytes.subarray(2, end),
  );
  const decipher = createDecipheriv("aes-256-gcm", session, Buffer.alloc(12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(end, -16)), decipher.final()]).toString();
}

test.each(["s3cr3t: #'\"\\n $HOME", "-----BEGIN KEY-----\n\nabc\n", "", "ä€𝄞"])(
  "a sealed value is opened: %j",
  (value) => {
    expect(opened(sealFor(publicKey, value, "media/photos"), "media/photos")).toBe(value);
  },
);

test("it opens under no other name", () => {
  expect(() => opened(sealFor(publicKey, "s3cr3t", "media/photos"), "media/other")).toThrow();
});

test("it is never the same twice", () => {
  expect(sealFor(publicKey, "s3cr3t", "a/b")).not.toBe(sealFor(publicKey, "s3cr3t", "a/b"));
});
