/** Values of Cilium that the chart takes in any combination and the agent does not. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { objects, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";
import { haveTalos, installerOf, nodesOf, setting } from "./machines.ts";

const VALUES = /\/cilium\/app\/values\.yaml$/;

const value = (files: Files, ...path: readonly string[]): unknown => at(valuesOf(files, "cilium"), ...path);

/** Values changed by hand. */
const edit =
  (find: string | RegExp, replace: string) =>
  (files: Files): Files =>
    replaced(files, VALUES, find, replace);

const isThere = (files: Files): boolean => valuesOf(files, "cilium") !== undefined;

/** As Talos does by itself (Talos 1.13, HostDNSConfig), also where others have told its machines what they are. */
const asksItsNode = (files: Files): boolean =>
  setting(files, "machine", "features", "hostDNS", "forwardKubeDNSToHost") === true || installerOf(files) === "talos";

export const cilium: readonly Check[] = [
  {
    id: "cilium-has-routes-or-a-tunnel",
    says: "nodes have routes to the pods of each other where there is no tunnel, and none where there is one",
    check: (files) =>
      unless(
        (value(files, "routingMode") === "native") === (value(files, "autoDirectNodeRoutes") === true),
        `${String(value(files, "routingMode"))} with autoDirectNodeRoutes ${String(value(files, "autoDirectNodeRoutes"))}`,
      ),
    broken: edit("routingMode: native", "routingMode: tunnel"),
  },
  {
    id: "cilium-has-geneve-for-direct-answers",
    says: "where answers come from is told in Geneve packets only where there is Geneve, whatever the pods are routed through",
    check: (files) =>
      unless(
        value(files, "loadBalancer", "dsrDispatch") !== "geneve" || value(files, "tunnelProtocol") === "geneve",
        `geneve dispatch with tunnelProtocol ${String(value(files, "tunnelProtocol"))}`,
      ),
    broken: edit(/^tunnelProtocol: geneve\n(?=[^]*dsrDispatch: geneve)/m, ""),
  },
  {
    id: "cilium-has-small-tables",
    says: "where all nodes agree on the pod, a Service takes little of their memory for it",
    check: (files) =>
      unless(
        value(files, "loadBalancer", "algorithm") !== "maglev" || Number(value(files, "maglev", "tableSize")) <= 1021,
        `tables of ${String(value(files, "maglev", "tableSize"))} entries`,
      ),
    broken: [edit("tableSize: 1021", "tableSize: 16381"), edit(/^maglev:\n.*\n/m, "")],
  },
  {
    id: "cilium-may-renew-its-leases",
    says: "agents that announce may ask the API server more often than the chart lets them",
    check: (files) =>
      unless(
        value(files, "l2announcements", "enabled") !== true ||
          (Number(value(files, "k8sClientRateLimit", "qps")) >= 50 &&
            Number(value(files, "k8sClientRateLimit", "burst")) >= 100),
        "leases will be throttled",
      ),
    broken: edit(/k8sClientRateLimit:\n {2}qps: 50\n/, "k8sClientRateLimit:\n  qps: 10\n"),
  },
  {
    id: "cilium-announces-addresses-of-services",
    says: "a policy announces the addresses of Services, on every device the agents have",
    check: (files) =>
      objects(files, "CiliumL2AnnouncementPolicy").flatMap(({ path, object }) => [
        ...unless(
          at(object, "spec", "loadBalancerIPs") === true || at(object, "spec", "externalIPs") === true,
          `${path} announces nothing`,
        ),
        ...unless(at(object, "spec", "interfaces") === undefined, `${path} names interfaces`),
      ]),
    broken: [
      (files) =>
        replaced(files, /\/cilium\/config\/announcements\.yaml$/, "loadBalancerIPs: true", "loadBalancerIPs: false"),
      (files) =>
        replaced(
          files,
          /\/cilium\/config\/announcements\.yaml$/,
          "  loadBalancerIPs:",
          "  interfaces: [eth7]\n  loadBalancerIPs:",
        ),
    ],
  },
  {
    id: "cilium-operators-fit-on-the-nodes",
    says: "there are no more operators than nodes, because two refuse to share one",
    check: (files) =>
      unless(
        !isThere(files) || Number(value(files, "operator", "replicas")) <= nodesOf(files).length,
        "an operator stays pending",
      ),
    broken: edit(/replicas: \d/, "replicas: 99"),
  },
  {
    id: "hubble-gets-its-certificates-in-the-cluster",
    says: "certificates are not made anew by each rendering of the chart",
    check: (files) =>
      unless(
        value(files, "hubble", "enabled") !== true ||
          ["cronJob", "certmanager"].includes(String(value(files, "hubble", "tls", "auto", "method"))),
        "Helm makes the certificates of Hubble",
      ),
    broken: edit("method: cronJob", "method: helm"),
  },
  {
    id: "cilium-encrypts-in-one-way",
    says: "what encrypts is named, because the chart means IPsec where it is not, and it is one thing",
    check(files) {
      const { enabled, type, ...others } = asMap(value(files, "encryption"));
      return [
        ...unless(enabled !== true || type === "wireguard", `encryption by ${String(type)}`),
        ...unless(at(others, "ipsec") === undefined && at(others, "ztunnel") === undefined, "encryption in two ways"),
      ];
    },
    broken: [
      edit(/^ {2}type: wireguard\n/m, ""),
      edit("type: wireguard", "type: wireguard\n  ipsec: { keyFile: keys }"),
    ],
  },
  {
    id: "cilium-works-out-packet-sizes",
    says: "the size of packets of pods is left to the agent, which knows what encryption and tunnels take",
    check: (files) => unless(value(files, "MTU") === undefined, "MTU is set"),
    broken: edit("routingMode:", "MTU: 1500\nroutingMode:"),
  },
  {
    id: "cilium-takes-pod-addresses-from-kubernetes",
    says: "pods get addresses of the range Kubernetes gave their node, and none of a pool of Cilium's own",
    check: (files) => [
      ...unless(
        !isThere(files) || value(files, "ipam", "mode") === "kubernetes",
        `ipam ${String(value(files, "ipam", "mode"))}`,
      ),
      ...unless(value(files, "ipam", "operator") === undefined, "the operator has a pool of its own"),
    ],
    broken: [
      edit("mode: kubernetes", "mode: cluster-pool"),
      edit("mode: kubernetes\n", "mode: kubernetes\n  operator: {}\n"),
    ],
  },
  {
    id: "cilium-handles-no-tunnel-over-ipv6-in-drivers",
    says: "where drivers handle packets, no tunnel goes over IPv6",
    check: (files) =>
      unless(
        value(files, "underlayProtocol") !== "ipv6" ||
          (value(files, "loadBalancer", "acceleration") ?? "disabled") === "disabled",
        "acceleration with a tunnel over IPv6",
      ),
    broken: (files) =>
      edit(
        /^loadBalancer:\n/m,
        "underlayProtocol: ipv6\nloadBalancer:\n",
      )(replaced(files, VALUES, /acceleration: .*/, "acceleration: native")),
  },
  {
    id: "cilium-runs-on-a-closed-host",
    about: haveTalos,
    says: "cgroups are mounted already, under the name the chart reads, and no agent may load modules",
    check(files) {
      if (!isThere(files)) return [];
      return [
        ...unless(value(files, "cgroup", "autoMount", "enabled") === false, "an init container mounts cgroups"),
        ...unless(value(files, "cgroup", "hostRoot") === "/sys/fs/cgroup", "cgroups are looked for elsewhere"),
        ...["ciliumAgent", "cleanCiliumState"].flatMap((who) => {
          const list = asList(value(files, "securityContext", "capabilities", who));
          return unless(list.length > 0 && !list.includes("SYS_MODULE"), `${who} asks to load modules`);
        }),
      ];
    },
    broken: [
      edit("autoMount:", "automount:"),
      edit("hostRoot: /sys/fs/cgroup", "hostRoot: /run/cilium/cgroupv2"),
      edit("- SYS_ADMIN", "- SYS_MODULE"),
    ],
  },
  {
    id: "cilium-lets-nodes-answer-pods",
    says: "where pods ask the resolver of their node and eBPF masquerades, packets take the way through the kernel of the node",
    check: (files) =>
      unless(
        !asksItsNode(files) ||
          value(files, "bpf", "masquerade") !== true ||
          value(files, "bpf", "hostLegacyRouting") === true,
        "answers of the node's resolver do not come back",
      ),
    broken: edit(/ {2}hostLegacyRouting: true\n/, ""),
  },
];
