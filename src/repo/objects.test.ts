import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { fill, temporaryFolder, temporaryFolderWith } from "./disk.fixture.ts";
import { sha256 } from "./hash.ts";
import { objectPath, packObject, readObject } from "./objects.ts";

function store(root: string, hash: string, bytes: Uint8Array): void {
  fill(root, { [objectPath(hash)]: "" });
  writeFileSync(join(root, objectPath(hash)), bytes);
}

test("any text comes back", () => {
  const root = temporaryFolder();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 5000 }), (text) => {
      store(root, sha256(text), packObject(text));
      expect(readObject(root, sha256(text))).toBe(text);
    }),
  );
});

// The bytes are part of the format: two machines that add one object must add the same file.
test("a text is packed to these bytes everywhere", () => {
  const text = Array.from(
    { length: 40 },
    (_, index) => `  - name: node-${index}\n    address: 172.16.1.${index}\n`,
  ).join("");
  const packed = packObject(text);
  expect(packed.length).toBeLessThan(text.length * 0.7);
  expect(sha256(packed)).toBe("e08564e7bbead79ca145225ea6e19b63202dbff79dbcb4834860f22eb514b04e");
});

test("missing, damaged, false, oversized and linked objects are none", () => {
  const root = temporaryFolder();
  const hash = sha256("text\n");
  expect(readObject(root, hash)).toBeUndefined();
  store(root, hash, new Uint8Array([1, 2, 3]));
  expect(readObject(root, hash)).toBeUndefined();
  store(root, hash, packObject("other text\n"));
  expect(readObject(root, hash)).toBeUndefined();
  const bomb = Buffer.alloc(17 * 1024 * 1024);
  store(root, sha256(bomb), deflateRawSync(bomb));
  expect(readObject(root, sha256(bomb))).toBeUndefined();
  expect(readObject(temporaryFolderWith({ ".homelab-net": "" }), hash)).toBeUndefined();
});
