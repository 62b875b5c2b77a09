/**
 * A cluster that already runs: nothing is written for its machines. What it has is named, and stays or gives way to what
 * homelab.yaml chooses; the page of the bootstrap has the steps from the one to the other.
 */
import type { Platform } from "../model/platform.ts";
import { existingFiles } from "./existing/files.ts";
import { life } from "./existing/life.ts";
import { clusterOptions, runsOf } from "./existing/options.ts";
import { traitsLike } from "./existing/traits.ts";

export const existing: Platform = {
  id: "existing",
  role: "distribution",
  title: "A cluster that already runs",
  summary: "nothing is written for its machines; what runs there is named, and stays or is replaced step by step",
  kubernetes: ["kubernetes", "kubernetes-1.35"],
  clusterOptions,
  nodeOptions: {},
  questions: [
    {
      of: "cluster",
      key: "installedBy",
      flag: "installed-by",
      value: "NAME",
      label: "What installed the cluster  (k3s, kubeadm, talos or other)",
      summary: "what installed the cluster that runs: k3s, kubeadm, talos or other",
      standIn: "other",
    },
    {
      of: "cluster",
      key: "runs",
      flag: "runs",
      value: "NAME,…",
      label: "What runs in it  (flannel, kube-proxy, coredns, …; separated by commas)",
      summary: "what runs in the cluster already, such as flannel,kube-proxy,coredns",
      standIn: ["kube-proxy"],
    },
  ],
  traits: (api, options) => traitsLike(api, options, runsOf(options)),
  life,
  docs: {
    fragments: {
      operations: "platforms/existing/docs/fragments/operations.md",
      machines: "platforms/existing/docs/fragments/machines.md",
    },
    view: () => ({}),
  },
  expects: () => [
    {
      kind: "machine",
      // The kubelet (Kubernetes documentation, Ports and Protocols).
      port: 10_250,
      title: "a kubelet",
      fix: "start the machine, or take it out of cluster.nodes",
    },
  ],
  files: existingFiles,
  early: () => [],
};
