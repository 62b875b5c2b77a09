/** Paths below the folder of homelab.yaml, as text: `""` is that folder itself. */
import * as posix from "node:path/posix";

export const folderOf = (path: string): string => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const join = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

export const isBelow = (path: string, folder: string): boolean => folder === "" || path.startsWith(`${folder}/`);

/** `text` as seen from `folder`. Undefined when it leads out of the repository, where nobody can look. */
export function resolveFrom(folder: string, text: string): string | undefined {
  const path = posix.normalize(posix.join(folder, text)).replace(/\/$/, "");
  if (path === "." || path === "") return "";
  return path === ".." || path.startsWith("../") || posix.isAbsolute(text) ? undefined : path;
}

/** `./photos/ks.yaml` for `kubernetes/apps/media/photos/ks.yaml` in `kubernetes/apps/media`. */
export function relativeTo(folder: string, path: string): string {
  const relative = posix.relative(folder, path);
  return relative.startsWith("../") ? relative : `./${relative}`;
}

/** Folders from the one of the path up to `""`. */
export function foldersAbove(path: string): readonly string[] {
  const folder = folderOf(path);
  return path === "" ? [] : [folder, ...foldersAbove(folder)];
}
