/** What the FluxInstance syncs: one Kustomization over all apps, with the defaults of every object below it. */
import type { Engine } from "../../model/component.ts";
import { appsFolder, at } from "../../model/layout.ts";
import { writtenSecrets } from "../../model/keptSecrets.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { print } from "../../yaml/print.ts";
import {
  ENGINE,
  ENGINE_NAMESPACE,
  HELM_RELEASE,
  KUSTOMIZATION,
  KUSTOMIZE,
  REPOSITORY,
  WITHOUT_KEEP_LABEL,
  relative,
} from "./names.ts";
import { objectFile } from "../objectFile.ts";

const FOLDER = "kubernetes/flux/cluster";

export const rootFile: Engine["entry"] = (plan) => at(plan, FOLDER, "ks.yaml");

export function rootFiles(plan: Plan): Tree {
  const list = { ...KUSTOMIZE, resources: ["./ks.yaml"] };
  return createTree([
    objectFile(at(plan, FOLDER, "kustomization.yaml"), [list], ENGINE),
    objectFile(rootFile(plan), [clusterApps(plan)], ENGINE),
  ]);
}

const clusterApps = (plan: Plan) => ({
  ...KUSTOMIZATION,
  metadata: { name: "cluster-apps", namespace: ENGINE_NAMESPACE },
  spec: {
    deletionPolicy: "WaitForTermination",
    interval: "1h",
    path: relative(appsFolder(plan)),
    prune: true,
    retryInterval: "2m",
    sourceRef: REPOSITORY,
    timeout: "5m",
    // Its children wait for each other; were it to wait for them too, it could wait for itself.
    wait: false,
    patches: [patch(KUSTOMIZATION, kustomizationDefaults(plan), WITHOUT_KEEP_LABEL)],
  },
});

/** A patch is text inside an object. Its name is not looked at: the target selects. */
function patch(target: { readonly apiVersion: string; readonly kind: string }, spec: unknown, labelSelector?: string) {
  return {
    patch: print({ ...target, metadata: { name: "any" }, spec }),
    target: { group: target.apiVersion.split("/")[0], kind: target.kind, labelSelector },
  };
}

/**
 * Without these Helm never upgrades the CRDs in a chart's crds/ folder and leaves a failed release where it stopped
 * (Flux documentation, HelmRelease: install and upgrade).
 */
const releaseDefaults = {
  install: { crds: "CreateReplace", strategy: { name: "RetryOnFailure" } },
  upgrade: {
    cleanupOnFail: true,
    crds: "CreateReplace",
    remediation: { remediateLastFailure: true, retries: 2 },
    strategy: { name: "RemediateOnFailure" },
  },
};

// HelmReleases are made by the children, so each child carries their defaults as a patch of its own.
const opensFiles = (plan: Plan): boolean => {
  const kept = writtenSecrets(plan);
  return kept?.as === "Secret" && kept.seal.by === "age";
};

const kustomizationDefaults = (plan: Plan) => ({
  // Without secretRef: the controller has one key for all (FluxInstance), and a secretRef is looked for in each namespace.
  ...(opensFiles(plan) && { decryption: { provider: "sops" } }),
  deletionPolicy: "WaitForTermination",
  patches: [patch(HELM_RELEASE, releaseDefaults)],
  retryInterval: "2m",
});
