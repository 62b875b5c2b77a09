/** Programs that see more than this one, where they are installed. */
import type { Cluster } from "../../../../audit/cluster.ts";
import { helm } from "./helm.ts";
import { kubeconform } from "./kubeconform.ts";
import { kustomize, type KustomizeInput } from "./kustomize.ts";
import type { Ran } from "./program.ts";

/** Without a cluster to think of only kustomize has something to do. */
export const runPrograms = (input: KustomizeInput, cluster: Cluster | undefined): Promise<readonly Ran[]> =>
  Promise.all([
    kustomize(input),
    ...(cluster === undefined ? [] : [kubeconform(input, cluster), helm(input, cluster)]),
  ]);
