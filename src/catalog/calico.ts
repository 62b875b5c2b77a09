import type { Cidr } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import { isMetered } from "../model/metrics.ts";
import type { Plan } from "../model/plan.ts";
import type { Unit, View } from "../model/unit.ts";
import { options, packetsOfNodes, type CalicoOptions } from "./calicoOptions.ts";
import { isChosen } from "../model/chosen.ts";
import { namespacesWithPolicies } from "../model/passages.ts";
import { calicoClosing, tier, TIER_UNIT } from "./calicoClosing.ts";
import { calicoPictures } from "./addressPictures.ts";
import { FELIX_PORT, felixMetrics, sessionPicture } from "./calicoMetrics.ts";
import { calicoPods } from "./calicoPods.ts";
import { calicoPolicies } from "./calicoPolicies.ts";
import { replicas } from "./workloadNodes.ts";

const ID = "calico";
const CRDS = "calico-crds";
const OPERATOR_CRDS = "tigera-operator-crds";
/** The operator uses the network of its node; the rest runs in a namespace that it makes itself. */
const NAMESPACE = "tigera-operator";
const SYSTEM = "calico-system";

export const calico: Component<CalicoOptions> = {
  id: ID,
  slot: "cni",
  title: "Calico",
  summary:
    "pod network with routes told by BGP or in VXLAN that enforces policies, with or without kube-proxy; an operator, a server for its own objects and an agent a node",
  options,
  questions: [packetsOfNodes],
  runsIn: [SYSTEM],
  units: (plan, chosen) => [
    ...definitions,
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      // The operator installs the server that has the objects of projectcalico.org (Calico documentation, Install the
      // Calico API server).
      release: {
        name: ID,
        chart: ID,
        values: "components/calico/values.yaml",
        installs: ["operator.tigera.io/*", "projectcalico.org/*"],
        clusterWide: [
          "crd.projectcalico.org/FelixConfiguration",
          "operator.tigera.io/APIServer",
          "operator.tigera.io/Installation",
          ...(looks(plan) ? ["operator.tigera.io/Goldmane", "operator.tigera.io/Whisker"] : []),
        ],
      },
      privileged: true,
      after: [CRDS, OPERATOR_CRDS],
      // Without a pod network no controller starts, and without controllers nobody installs a pod network.
      early: true,
      view: values(plan, chosen),
    },
    ...(namespacesWithPolicies(plan).length > 0
      ? [{ id: TIER_UNIT, component: ID, namespace: NAMESPACE, objects: { "tier.yaml": [tier] }, view: {} }]
      : []),
  ],
  podNetwork: ({ dataplane }) => ({
    installedBy: "repository",
    replacesKubeProxy: dataplane === "ebpf",
    ...(dataplane !== "ebpf" && { kubeProxyMode: dataplane }),
    // Calico documentation, Enabling the eBPF data plane: it preserves the address of external clients.
    ...(dataplane === "ebpf" && { keepsClients: true }),
    driver: "none",
    // It chains portmap to its plugin unless told otherwise; in eBPF nobody has tried what a pod passes on (Installation,
    // calicoNetwork.hostPorts).
    ...(dataplane !== "ebpf" && { hostPorts: true as const }),
    enforces: ["networking.k8s.io", "projectcalico.org", "crd.projectcalico.org"],
  }),
  policies: (flows) => calicoPolicies(flows),
  closing: calicoClosing,
  dashboards: (plan) => [calicoPictures(tellsRouters(plan) ? [sessionPicture(plan)] : [])],
  meteredMachines: (plan) => felixMetrics(plan),
  // BIRD, which the agents run for it, listens on every address of the node. With routers it is the load balancer's.
  speaksBgp: (plan, { routing }) =>
    routing === "bgp" && !tellsRouters(plan)
      ? { nodes: plan.nodes, toRouters: false, listens: true, lacks: {} }
      : undefined,
  workloads: calicoPods,
  pins: [ID, CRDS],
  docs: {
    template: "components/calico/docs.md",
    fragments: { troubleshooting: "components/calico/troubleshooting.md" },
    view: (plan, { dataplane, routing, encryption }) => ({
      bgp: routing === "bgp",
      ebpf: dataplane === "ebpf",
      dataplane,
      encrypts: encryption === "wireguard",
      pods: plan.cluster.pods.text,
      pods6: podsOf(plan).find(({ family }) => family === 6)?.text ?? null,
      lan: plan.lan.cidr.text,
      othersOnHost: !plan.cluster.traits.ownsMachine,
    }),
  },
};

/**
 * What the chart crd.projectcalico.org.v1 has, as its authors apply it: as a release it would take nine tenths of what
 * a Secret may hold (projectcalico/calico v3.32.1, charts/crd.projectcalico.org.v1/README.md). The second folder is a
 * link in the first.
 */
const definitions: readonly Unit[] = [
  {
    id: CRDS,
    component: ID,
    namespace: NAMESPACE,
    remote: {
      pin: CRDS,
      path: "libcalico-go/config/crd",
      installs: ["crd.projectcalico.org/*", "policy.networking.k8s.io/*"],
    },
    view: {},
  },
  {
    id: OPERATOR_CRDS,
    component: ID,
    namespace: NAMESPACE,
    remote: { pin: CRDS, path: "charts/crd.projectcalico.org.v1/templates", installs: ["operator.tigera.io/*"] },
    view: {},
  },
];

/** What staged policies would refuse is told by these two alone (Calico documentation, View flow logs). */
const looks = ({ policies }: Plan): boolean => [...policies.closed.values()].includes("audit");

const tellsRouters = (plan: Plan): boolean => isChosen(plan, "calico-load-balancer");

const podsOf = ({ stacks }: Plan): readonly Cidr[] => stacks.flatMap(({ pods }) => pods?.value ?? []);

const DATAPLANES = { iptables: "Iptables", nftables: "Nftables", ebpf: "BPF" } as const;

function values(plan: Plan, { dataplane, routing, encryption }: CalicoOptions): View {
  const { localApi, closedHost, ownsMachine } = plan.cluster.traits;
  const families = podsOf(plan).map(({ family }) => family);
  const ebpf = dataplane === "ebpf";
  return {
    // They prefer to be on different nodes, and a second one beside the first protects nothing.
    replicas: replicas(plan.nodes),
    mesh: routing === "bgp",
    tellsRouters: tellsRouters(plan),
    dataplane: DATAPLANES[dataplane],
    // Balancers that run as pods on a node hand packets on from there (K3s documentation, Networking, Calico).
    forwarding: !ownsMachine,
    ipv4: families.includes(4),
    ipv6: families.includes(6),
    pools: podsOf(plan).map((pods) => poolOf(pods, routing)),
    ebpf,
    // As an address: policies of the operator name it.
    apiHost: localApi.host === "localhost" ? "127.0.0.1" : localApi.host,
    apiPort: String(localApi.port),
    closedHost,
    mtuInterfaces: interfaces("^((en|wl|ww|sl|ib)[Pcdopsvx].*|(eth|wlan|wwan|bond).*", plan),
    dataInterfaces: interfaces("^((en|wl|ww|sl|ib)[Pdopsx].*|(eth|wlan|wwan|bond).*", plan),
    encrypts: encryption === "wireguard",
    looks: looks(plan),
    metrics: isMetered(plan) ? FELIX_PORT : null,
  };
}

/** Every key the operator would fill in: it writes the list back as one, and would be its owner (tigera/operator v1.42.3, pkg/controller/ippool). */
const poolOf = ({ family, text }: Cidr, routing: CalicoOptions["routing"]) => ({
  name: `default-ipv${family}-ippool`,
  cidr: text,
  // 64 addresses a block.
  blockSize: family === 4 ? 26 : 122,
  encapsulation: routing === "bgp" ? "None" : "VXLAN",
  natOutgoing: "Enabled",
  nodeSelector: "all()",
  allowedUses: ["Workload", "Tunnel"],
  assignmentMode: "Automatic",
  disableBGPExport: false,
  disableNewAllocations: false,
});

/**
 * Names of cards, which Calico looks at alone. It leaves out those that a device tree names, `end0`, as on Raspberry Pi
 * (projectcalico/calico v3.32.1, felix/docs/config-params.json; systemd.net-naming-scheme), and bridges.
 */
function interfaces(usual: string, { nodes }: Plan): string {
  const known = new RegExp(`${usual})$`);
  const named = nodes.flatMap(({ options: { interface: name } }) => (typeof name === "string" ? [name] : []));
  const others = [...new Set(named)].filter((name) => !known.test(name));
  return `${[usual, ...others.map((name) => name.replaceAll(".", "\\."))].join("|")})$`;
}
