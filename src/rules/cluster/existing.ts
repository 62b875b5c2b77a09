/** What runs in a cluster before this repository looks after it. */
import { chosenIn } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import { POD_NETWORKS, runsOf, type Part } from "../../platforms/existing/options.ts";
import type { Rule } from "../rule.ts";

const RUNS = "cluster.runs";

/** Nothing where the cluster is made from here. */
const partsOf = ({ cluster }: Plan): readonly Part[] | undefined =>
  cluster.distribution === "existing" ? runsOf(cluster.options) : undefined;

const networksIn = (plan: Plan): readonly Part[] => (partsOf(plan) ?? []).filter((part) => POD_NETWORKS.includes(part));

export const onePodNetwork: Rule = {
  id: "EXISTING-NETWORKS",
  severity: "error",
  title: "one pod network runs in a cluster",
  because: "The kubelet gives pods to one of them; what is left of another answers for addresses that nobody has.",
  source: "Kubernetes documentation, Network Plugins",
  *check(plan) {
    const networks = networksIn(plan);
    if (networks.length < 2) return;
    yield {
      message: `${networks.join(" and ")} are said to run in the cluster together`,
      paths: [RUNS],
      fix: "the one that gives pods their addresses; remove what is left of the other first",
    };
  },
};

export const somebodyServes: Rule = {
  id: "EXISTING-PROXY",
  severity: "error",
  title: "somebody carries traffic to Services",
  because: "A pod network that leaves it to kube-proxy needs one; without it no address of a Service leads anywhere.",
  source: "Kubernetes documentation, Virtual IPs and Service Proxies",
  *check(plan) {
    const parts = partsOf(plan);
    if (parts === undefined || plan.cluster.podNetwork.replacesKubeProxy || parts.includes("kube-proxy")) return;
    const title = chosenIn(plan, "cni")[0]?.component.title ?? "the pod network";
    yield {
      message: `${title} leaves Services to kube-proxy, and none runs in the cluster`,
      paths: [RUNS, "cni"],
      fix: `kube-proxy in ${RUNS} where it does run, else a pod network that replaces it`,
    };
  },
};

export const podNetworkStays: Rule = {
  id: "EXISTING-SWAP",
  severity: "warning",
  title: "the pod network of a cluster that runs stays",
  because: "Between the one and the other no pod reaches anything, and each machine has to restart.",
  source: "Cilium documentation, Migrating a cluster to Cilium",
  unless: [onePodNetwork.id],
  *check(plan) {
    const [network] = networksIn(plan);
    const chosen = chosenIn(plan, "cni")[0]?.component;
    if (network === undefined || chosen === undefined || chosen.id === network) return;
    yield {
      message: `${network} carries the pods today, and ${chosen.title} is to take its place`,
      paths: ["cni", RUNS],
      fix: `cni: ${network}, or plan for the time without a network; docs/bootstrap.md has the steps`,
    };
  },
};
