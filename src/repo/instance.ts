/** Where the record of one run of a generator lies. One file each, so that two branches never write the same one. */
import { parseLabel, repoPath, type RepoPath } from "../model/names.ts";
import { STATE_FOLDER } from "../tree/stateFolder.ts";
import { sha256 } from "./hash.ts";

export const RECORD_SUFFIX = ".jsonl";

/** Most file systems end at 255 bytes a name; room is left for the suffix. */
const LONGEST = 200;
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

const escape = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `_${byte.toString(16).padStart(2, "0")}`).join("");

/**
 * An instance's name as a file name: host names and labels stay readable, everything else is spelled in bytes
 * (`*.ragas.cc` → `_2a.ragas.cc`). Two names never become one, on file systems without case either.
 */
export function fileNameOf(instance: string): string {
  if (instance === "") throw new Error("an instance of a generator needs a name");
  const safe = instance.replace(/[^a-z0-9.-]/gu, escape).replace(/^\./, escape);
  const allowed = RESERVED_ON_WINDOWS.test(safe) ? escape(safe.slice(0, 1)) + safe.slice(1) : safe;
  return allowed.length <= LONGEST ? allowed : `${allowed.slice(0, LONGEST - 66)}__${sha256(instance)}`;
}

/** Record of an instance: `.homelab-net/state/add-route/photos.ragas.cc.jsonl`. */
export function recordPath(generator: string, instance: string): RepoPath {
  if (parseLabel(generator) === undefined) throw new Error(`no name of a generator: ${JSON.stringify(generator)}`);
  return repoPath(STATE_FOLDER, "state", generator, `${fileNameOf(instance)}${RECORD_SUFFIX}`);
}
