/** Records as files: found and read, not yet understood. */
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../model/errors.ts";
import { parseLabel, parseRepoPath, type RepoPath } from "../model/names.ts";
import { STATE_FOLDER } from "../tree/stateFolder.ts";
import { diskFailure, isMissing } from "./failure.ts";
import { RECORD_SUFFIX } from "./instance.ts";

export interface Source {
  readonly path: RepoPath;
  readonly text: string;
}

const RECORDS = `${STATE_FOLDER}/state`;

function namesIn(root: string, folder: string): readonly string[] {
  try {
    if (lstatSync(join(root, folder)).isDirectory()) return readdirSync(join(root, folder)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw diskFailure(error, `read ${folder}`, "Nothing was changed.");
  }
  throw new UserError(
    `${folder} is no folder, and what gen remembers has to lie there`,
    `remove ${folder} and restore the folder from git`,
  );
}

function readSource(root: string, folder: string, name: string): Source {
  const shown = `${folder}/${name}`;
  const path = parseRepoPath(shown);
  if (path === undefined || !lstatSync(join(root, shown)).isFile()) {
    throw new UserError(
      `${shown} is no regular file, and no record can be read from it`,
      "restore it from git, or remove it",
    );
  }
  try {
    return { path, text: readFileSync(join(root, path), "utf8") };
  } catch (error) {
    throw diskFailure(error, `read ${path}`, "Nothing was changed.");
  }
}

/** Every record of a repository, in path order. Files of other names are none of ours. */
export function readSources(root: string): readonly Source[] {
  const generators = namesIn(root, STATE_FOLDER).includes("state") ? namesIn(root, RECORDS) : [];
  return generators
    .filter((name) => parseLabel(name) !== undefined)
    .flatMap((generator) => {
      const folder = `${RECORDS}/${generator}`;
      return namesIn(root, folder)
        .filter((name) => name.endsWith(RECORD_SUFFIX))
        .map((name) => readSource(root, folder, name));
    });
}
