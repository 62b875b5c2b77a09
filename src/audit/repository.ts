/** This repository as engines name it: by its URL, and folders counted from the top of Git. */
import type { Plan } from "../model/plan.ts";
import { isBelow, join, resolveFrom } from "./paths.ts";
import type { Subject } from "./subject.ts";

/** Whether two URLs lead to one repository, whatever protocol and spelling they take. */
export const sameUrl = (a: string, b: string): boolean => tidyUrl(a) === tidyUrl(b);
const tidyUrl = (url: string): string =>
  url
    .replace(/^[a-z+]+:\/\/(?:[^@/]*@)?/i, "")
    .replace(/^[^@/]*@([^:/]+):/, "$1/")
    .replace(/(?:\.git)?\/?$/, "")
    .toLowerCase();

/** Engines count from the top of the Git repository, we from the folder of homelab.yaml. */
export function belowRoot(path: string, { root }: Pick<Plan, "root">): string | undefined {
  const full = resolveFrom("", path.replace(/^\/+/, ""));
  if (full === undefined || root === "" || full === root) return full === root ? "" : full;
  return isBelow(full, root) ? full.slice(root.length + 1) : undefined;
}

/** The other way round. */
export const fromTop = (path: string, { root }: Pick<Plan, "root">): string => (root === "" ? path : join(root, path));

export const hasFiles = (folder: string, { objects, kustomizations }: Subject): boolean =>
  kustomizations.has(folder) || objects.some(({ file }) => isBelow(file, folder));
