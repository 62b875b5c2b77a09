/** Programs that see more than this one, where they are installed. */
import type { Audit } from "../../../../audit/audit.ts";
import type { Cluster } from "../../../../audit/cluster.ts";
import { helm, refusedValues } from "./helm.ts";
import { kubeconform, wrongShape } from "./kubeconform.ts";
import { failedBuild, kustomize, type KustomizeInput } from "./kustomize.ts";
import type { Ran } from "./program.ts";

export const programAudits: readonly Audit[] = [failedBuild, wrongShape, refusedValues];

/** Without a cluster to think of only kustomize has something to do. */
export const runPrograms = (input: KustomizeInput, cluster: Cluster | undefined): Promise<readonly Ran[]> =>
  Promise.all([
    kustomize(input),
    ...(cluster === undefined
      ? []
      : [kubeconform(input.root, cluster, input.network), helm(input.root, cluster, input.network)]),
  ]);
