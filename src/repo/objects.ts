/**
 * Base texts by their sha256, `.homelab-net/objects/ab/cdef…`. Only ever added to, so branches never conflict, and
 * compressed, so that Renovate, kubeconform and a search find each manifest once.
 */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { repoPath, type RepoPath } from "../model/names.ts";
import { STATE_FOLDER } from "../tree/stateFolder.ts";
import { sha256 } from "./hash.ts";
import { decode } from "./text.ts";

/** Far above anything we generate; a small file must not unpack to gigabytes. */
const LARGEST = 16 * 1024 * 1024;

export const objectPath = (hash: string): RepoPath =>
  repoPath(STATE_FOLDER, "objects", hash.slice(0, 2), hash.slice(2));

/**
 * Two branches that add the same text must add the same bytes, whichever machine they were made on. Looking for
 * repetitions is where builds of zlib differ (Node 20's and zlib 1.2.13 do, measured); Huffman coding alone is the
 * same everywhere.
 */
export const packObject = (text: string): Uint8Array =>
  deflateRawSync(Buffer.from(text), { strategy: constants.Z_HUFFMAN_ONLY, level: 6, memLevel: 8 });

/** Undefined when it is missing, damaged or not what its name says. */
export function readObject(root: string, hash: string): string | undefined {
  const text = unpackedAt(root, objectPath(hash));
  return text !== undefined && sha256(text) === hash ? text.toString("utf8") : undefined;
}

/** Whatever a file among them says it is, it is committed: what can be read in it is read. */
export const textAmongObjects = (bytes: Uint8Array): string | undefined =>
  unpacked(bytes)?.toString("utf8") ?? decode(bytes);

/** Undefined where there is no such file. */
export function readAmongObjects(root: string, path: RepoPath): string | undefined {
  const bytes = bytesAt(root, path);
  return bytes && textAmongObjects(bytes);
}

const unpackedAt = (root: string, path: RepoPath): Buffer | undefined => {
  const bytes = bytesAt(root, path);
  return bytes && unpacked(bytes);
};

function bytesAt(root: string, path: RepoPath): Buffer | undefined {
  const file = join(root, path);
  try {
    return lstatSync(file).isFile() ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}

function unpacked(bytes: Uint8Array): Buffer | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: LARGEST });
  } catch {
    return undefined;
  }
}
