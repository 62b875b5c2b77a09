/** Repositories on disk: what the presets and their variants make, and the shapes every component must be right for. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../src/model/plan.ts";
import type { OrderedUnit } from "../../src/model/unit.ts";
import type { Tree } from "../../src/model/tree.ts";
import { networksOnDisk } from "../components/releases.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { kustomize } from "../support/tools.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

export interface Built {
  readonly plan: Plan;
  readonly units: readonly OrderedUnit[];
  readonly folder: string;
}

/** Networks of Services in most of them; those that have no IPv6 use the first alone. */
export const SERVICES = "10.43.0.0/16,fd00:1:0:4300::/112";

/** Of the others, which a server has beside its own. */
export const MORE_SERVICES: readonly string[] = ["10.96.0.0/16", "172.16.0.0/20"];

export function onDisk(tree: Tree): string {
  const folder = temporaryFolder("emitted");
  writeFiles(folder, Object.fromEntries([...tree].map(([path, { content }]) => [path, content])));
  return folder;
}

const all = networksOnDisk();
const shapes = all.slice(0, -emittedNetworks.length);

/** The presets come first. */
export const networks: readonly (Built & { readonly name: string })[] = [...all.slice(shapes.length), ...shapes];

/** Its own objects, and namespaces. */
export const ofEngine = async ({ plan, folder }: Pick<Built, "plan" | "folder">): Promise<readonly string[]> =>
  plan.engine === "argocd"
    ? [
        textsIn(join(folder, plan.root, "kubernetes/argo"), /\.yaml$/),
        textsIn(join(folder, plan.root, "kubernetes/apps"), /^[^/]+\/namespace\.yaml$/),
      ]
    : [
        await kustomize(join(folder, plan.root, "kubernetes/flux/cluster")),
        await kustomize(join(folder, plan.root, "kubernetes/apps")),
      ];

/** As Argo CD reads a folder that has no kustomization.yaml: file by file. */
const textsIn = (folder: string, wanted: RegExp): string =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => wanted.test(path))
    .toSorted()
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n---\n");
