/** Networks and addresses that stand in more than one place. */
import { parseCidr, fromNumber } from "../../../src/model/address.ts";
import { asList, at } from "../../../src/model/unknown.ts";
import { objects, replaced, specOf, unless, valuesOf, type Check, type Files } from "./check.ts";
import { machinePatches, ofBefore, ofKubeadm, ofServers, ranBefore } from "./machines.ts";

const CILIUM = /\/cilium\/app\/values\.yaml$/;

/** Whether addresses go where pods are. */
const mayFollow = (files: Files): boolean => valuesOf(files, "kube-vip") !== undefined;

/** A network, or one of each family behind commas. */
const commas = (value: unknown): readonly string[] => (typeof value === "string" ? value.split(",") : []);

export const networks: readonly Check[] = [
  {
    id: "cilium-routes-the-pods-of-the-cluster",
    says: "what Cilium routes without masquerading is the pod network that the nodes are given",
    check(files) {
      const pods = [
        ...machinePatches(files).flatMap((patch) => asList(at(patch, "cluster", "network", "podSubnets"))),
        ...asList(ofServers(files, "cluster-cidr")),
        ...commas(ofKubeadm(files, "networking", "podSubnet")),
        ...ofBefore(files, "pods"),
      ];
      const cilium = valuesOf(files, "cilium");
      const routed = cilium?.["ipv4NativeRoutingCIDR"];
      if (cilium?.["routingMode"] !== "native") return [];
      return pods.includes(routed) ? [] : [`pods are ${pods.join(", ")}, Cilium routes ${String(routed)}`];
    },
    broken: (files) => replaced(files, CILIUM, /ipv4NativeRoutingCIDR: .*/, "ipv4NativeRoutingCIDR: 10.0.0.0/8"),
  },
  {
    id: "pods-ask-the-tenth-address-of-the-services",
    says: "the resolver of pods stands where kubelets send them: on the tenth address of the service network",
    check(files) {
      const resolver = at(valuesOf(files, "coredns"), "service", "clusterIP");
      const told = asList(ofServers(files, "cluster-dns"));
      // The resolver that was there before stays, and those who installed it have told kubelets.
      if (ranBefore(files) && asList(at(specOf(files), "cluster", "runs")).includes("coredns"))
        return unless(resolver === undefined, "there are two resolvers");
      // Without a DNS server of ours nothing has to be known in the cluster, and the resolver of the distribution stays.
      if (at(specOf(files), "dns", "split") === "none" && at(specOf(files), "hashicorp", "consul") === undefined)
        return unless(resolver === undefined, "there are two resolvers");
      if (told.length > 0) return told.includes(resolver) ? [] : [`the resolver is ${String(resolver)}`];
      const tenths = [
        ...machinePatches(files).flatMap((patch) => asList(at(patch, "cluster", "network", "serviceSubnets"))),
        // kubeadm gives kubelets the tenth address itself (constants.GetDNSIP).
        ...commas(ofKubeadm(files, "networking", "serviceSubnet")),
        ...ofBefore(files, "services"),
      ]
        .map((text) => parseCidr(String(text)))
        .map((cidr) => cidr && fromNumber(cidr.first + 10n, cidr.family));
      return tenths.length === 0 || tenths.some((tenth) => tenth === resolver)
        ? []
        : [`the resolver is ${String(resolver)}, pods ask ${tenths.join(", ")}`];
    },
    broken: [
      (files) => replaced(files, /\/coredns\/app\/values\.yaml$/, /clusterIP: .*/, "clusterIP: 10.96.0.10"),
      (files) => replaced(files, /^homelab\.yaml$/, /(runs: \[.*), coredns/, "$1"),
      (files) => replaced(files, /^homelab\.yaml$/, "runs: [cilium]", "runs: [cilium, coredns]"),
    ],
  },
  {
    id: "nothing-checks-the-way-back",
    says: "no machine is told to drop packets whose answer would leave by another card",
    check: (files) =>
      [...files].flatMap(([path, content]) =>
        /^(talos|k3s|kubeadm|bootstrap)\//.test(path) && /rp_filter["']?: *["']?1/.test(content)
          ? [`${path} sets rp_filter to 1`]
          : [],
      ),
    broken: (files) =>
      replaced(
        files,
        /^talos\/patches\/all\.yaml$/,
        "machine:\n",
        'machine:\n  sysctls:\n    net.ipv4.conf.all.rp_filter: "1"\n',
      ),
  },
  {
    id: "no-service-is-answered-by-its-own-nodes-alone",
    says: "where a node announces a Service whether or not a pod of it runs there, no Service is bound to the nodes of its pods",
    check(files) {
      if (mayFollow(files)) return [];
      const local = [...files].flatMap(([path, content]) =>
        path.startsWith("kubernetes/") && /externalTrafficPolicy: *["']?Local/.test(content)
          ? [`${path} has externalTrafficPolicy Local`]
          : [],
      );
      // Envoy Gateway gives its Services Local where nothing is said (EnvoyProxy, envoyService, 1.9).
      const unsaid = objects(files, "EnvoyProxy").filter(
        ({ object }) =>
          at(object, "spec", "provider", "kubernetes", "envoyService", "externalTrafficPolicy") !== "Cluster",
      );
      return [...local, ...unsaid.map(({ path }) => `${path} leaves the Services of Envoy at Local`)];
    },
    broken: [
      (files) =>
        mayFollow(files)
          ? files
          : replaced(files, /\/envoy-gateway\/.*\.yaml$/, /^ *externalTrafficPolicy: Cluster\n/m, ""),
      (files) =>
        !mayFollow(files)
          ? replaced(files, /\/k8s-gateway\/app\/values\.yaml$/, "TrafficPolicy: Cluster", "TrafficPolicy: Local")
          : files,
    ],
  },
];
