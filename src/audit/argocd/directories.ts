/** What a source without kustomize and Helm takes from its folder: manifests, as they are. */
import { asMap } from "../../model/unknown.ts";
import { folderOf, isBelow } from "../paths.ts";
import type { Subject } from "../subject.ts";
import { asText } from "../values.ts";
import { matches } from "./globs.ts";
import type { Source } from "./sources.ts";

/** A comment that keeps Argo CD from reading a file (docs/user-guide/directory.md, Skipping File Rendering). */
const SKIPPED = "+argocd:skip-file-rendering";

/** Files in path order, as reposerver/repository chooses them (getPotentiallyValidManifests). */
export function filesTaken({ value }: Source, folder: string, { paths, texts }: Subject): readonly string[] {
  const directory = asMap(value["directory"]);
  const [include, exclude] = [asText(directory["include"]), asText(directory["exclude"])];
  return [...paths].filter((path) => {
    if (!isBelow(path, folder) || !/\.(yaml|yml|json|jsonnet)$/.test(path)) return false;
    if (directory["recurse"] !== true && folderOf(path) !== folder) return false;
    const relative = folder === "" ? path : path.slice(folder.length + 1);
    if (exclude !== undefined && matches(exclude, relative, "anything")) return false;
    if (include !== undefined && !matches(include, relative, "anything")) return false;
    return texts.get(path)?.includes(SKIPPED) !== true;
  });
}
