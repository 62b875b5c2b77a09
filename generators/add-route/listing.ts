/** The kustomization that has to list a route: only then does the cluster learn of it. */
import { UserError } from "../../src/model/errors.ts";
import { repoPath, type RepoPath } from "../../src/model/names.ts";
import type { Change } from "../../src/model/tree.ts";
import { readFiles } from "../../src/repo/disk.ts";
import { appendToList } from "../../src/yaml/splice.ts";

/** kustomize takes any of them (api/konfig/general.go, RecognizedKustomizationFileNames). */
const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** The line that lists `file` of `folder`; nothing when it is there. */
export async function listing(root: string, folder: RepoPath, file: string): Promise<readonly Change[]> {
  const candidates = NAMES.map((name) => repoPath(folder, name));
  const disk = await readFiles(root, candidates);
  const path = candidates.find((candidate) => disk.has(candidate));
  const before = path && disk.get(path);
  if (path === undefined || before === undefined)
    throw new UserError(
      `there is no ${candidates[0]}`,
      "an app needs one that lists its files; see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
    );
  const { text: after } = appendToList(before, path, ["resources"], `./${file}`);
  return after === before ? [] : [{ kind: "update", path, before, after }];
}
