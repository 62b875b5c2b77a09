/** Versions as the repository has them. */
import { at } from "../../../src/model/unknown.ts";
import { objects, type Files } from "./check.ts";

/** Of a chart or a repository by the name of its object, or of `kubernetes`; undefined where there is none. */
export function versionOf(files: Files, name: string): string | undefined {
  if (name === "kubernetes") return /kubernetes_version=v?([\d.]+)/.exec(files.get("bootstrap/talos.sh") ?? "")?.[1];
  const found = objects(files).find(
    ({ object }) =>
      at(object, "metadata", "name") === name &&
      ["OCIRepository", "GitRepository", "HelmRelease"].includes(object.kind) &&
      (at(object, "spec", "ref", "tag") ?? at(object, "spec", "chart", "spec", "version")) !== undefined,
  )?.object;
  const version = at(found, "spec", "ref", "tag") ?? at(found, "spec", "chart", "spec", "version");
  return version === undefined ? undefined : String(version);
}

const parts = (version: string): readonly number[] => version.replace(/^v/, "").split(".").map(Number);

export const majorOf = (version: string): number => parts(version)[0] ?? 0;
const minorOf = (version: string): number => parts(version)[1] ?? 0;

export const atLeast = (version: string, major: number, minor: number): boolean =>
  majorOf(version) > major || (majorOf(version) === major && minorOf(version) >= minor);
