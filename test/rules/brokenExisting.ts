/** Clusters that run already, beside broken.ts. */
import { edit, EXISTING, type Case } from "./edits.ts";

const RUNS = "runs: [flannel, kube-proxy,";

export const existingCases: readonly Case[] = [
  {
    id: "EXISTING-NETWORKS",
    broken: [...EXISTING, edit(RUNS, "runs: [flannel, calico, kube-proxy,")],
    nearMiss: EXISTING,
  },
  {
    id: "EXISTING-PROXY",
    broken: [...EXISTING, edit(RUNS, "runs: [flannel,")],
    nearMiss: [
      ...EXISTING,
      edit(RUNS, "runs: [cilium,"),
      edit("cni:\n  provider: flannel", "cni:\n  provider: cilium"),
    ],
  },
];

export const swapCase: Case = {
  id: "EXISTING-SWAP",
  broken: [...EXISTING, edit("cni:\n  provider: flannel", "cni:\n  provider: cilium")],
  nearMiss: EXISTING,
};
