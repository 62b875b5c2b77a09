/** Where Argo CD begins: an Application of Applications, and the one that makes namespaces. */
import type { Engine } from "../../model/component.ts";
import { appsFolder, at } from "../../model/layout.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { objectFile } from "../objectFile.ts";
import { application } from "./applications.ts";
import { ENGINE, ENGINE_NAMESPACE, FOLDER, KEEP } from "./names.ts";
import { ownRepository } from "./sources.ts";
import { NAMESPACES_WAVE } from "./waves.ts";

const ROOT = "root.yaml";

export const rootFile: Engine["entry"] = (plan) => at(plan, FOLDER, ROOT);

export const rootFiles = (plan: Plan): Tree =>
  createTree([
    objectFile(rootFile(plan), [root(plan)], ENGINE),
    objectFile(at(plan, FOLDER, "namespaces.yaml"), [namespaces(plan)], ENGINE),
  ]);

/**
 * Applied at bootstrap and left out of what it applies: one of its waves would wait until it is in sync itself, which it
 * is when the last wave is through.
 */
const root = (plan: Plan) =>
  application({
    name: "root",
    project: "root",
    namespace: ENGINE_NAMESPACE,
    sources: {
      source: { ...ownRepository(plan), path: at(plan, FOLDER), directory: { recurse: true, exclude: ROOT } },
    },
  });

/** `*` stands for slashes as well (gobwas/glob without separators), so what lies deeper is left out by its second one. */
const namespaces = (plan: Plan) =>
  application({
    name: "namespaces",
    wave: NAMESPACES_WAVE,
    project: "network",
    namespace: ENGINE_NAMESPACE,
    sources: {
      source: {
        ...ownRepository(plan),
        path: appsFolder(plan),
        directory: { recurse: true, include: "*/namespace.yaml", exclude: "*/*/*" },
      },
    },
    annotations: KEEP,
  });
