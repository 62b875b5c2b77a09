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
  const file = join(root, objectPath(hash));
  try {
    if (!lstatSync(file).isFile()) return undefined;
    const text = inflateRawSync(readFileSync(file), { maxOutputLength: LARGEST });
    return sha256(text) === hash ? text.toString("utf8") : undefined;
  } catch {
    return undefined;
  }
}
