/** Who carries traffic to Services, and where those find the API that cannot wait for that. */
import { at } from "../../../src/model/unknown.ts";
import { replaced, unless, valuesOf, type Check, type Files } from "./check.ts";
import { installerOf, ofKubeadm, onK3s, onKubeadm, ranBefore, setting, withoutKubeProxy } from "./machines.ts";

const VALUES = /\/cilium\/app\/values\.yaml$/;
const SPEC = /^homelab\.yaml$/;

const value = (files: Files, ...path: readonly string[]): unknown => at(valuesOf(files, "cilium"), ...path);

/** Values changed by hand. */
const edit =
  (find: string | RegExp, replace: string) =>
  (files: Files): Files =>
    replaced(files, VALUES, find, replace);

const isThere = (files: Files): boolean => valuesOf(files, "cilium") !== undefined;

const runsKubeProxy = (files: Files): Files =>
  isThere(files) ? replaced(files, /^talos\/patches\/all\.yaml$/, /^ {2}proxy:\n {4}disabled: true\n/m, "") : files;

/** Where a balancer on every node listens: K3s has one, and Talos where KubePrism is on, as it is by itself since 1.6. */
function portsOfNodes(files: Files): readonly unknown[] {
  if (onKubeadm(files)) return [];
  if (ranBefore(files)) return { k3s: [6444], talos: [7445] }[String(installerOf(files))] ?? [];
  const prism = setting(files, "machine", "features", "kubePrism");
  return onK3s(files) ? [6444] : at(prism, "enabled") === true ? [at(prism, "port")] : [undefined];
}

/** As kubeadm is told, or as people who hand a cluster over are held to. */
const endpointOf = (files: Files): unknown =>
  ofKubeadm(files, "controlPlaneEndpoint") ??
  /^expected=https:\/\/(\S+)$/m.exec(files.get("bootstrap/apps.sh") ?? "")?.[1];

export const ciliumServices: readonly Check[] = [
  {
    id: "cilium-carries-services",
    says: "either Cilium carries traffic to Services, or kube-proxy does; announcing, gateways and masquerading in eBPF stand on the first",
    check(files) {
      if (!isThere(files)) return [];
      const inPlace = value(files, "kubeProxyReplacement") === true;
      const others: readonly (readonly [string, boolean])[] = [
        ["announces addresses", value(files, "l2announcements", "enabled") === true],
        ["makes gateways", value(files, "gatewayAPI", "enabled") === true],
        ["masquerades in eBPF", value(files, "bpf", "masquerade") === true],
        ["has ways of its own with Services", value(files, "loadBalancer") !== undefined],
      ];
      return [
        ...unless(
          inPlace === withoutKubeProxy(files),
          inPlace ? "kube-proxy runs beside Cilium" : "neither kube-proxy nor Cilium carries Services",
        ),
        ...others.flatMap(([what, does]) => unless(inPlace || !does, `Cilium ${what} beside kube-proxy`)),
      ];
    },
    broken: [
      runsKubeProxy,
      (files) => (isThere(files) ? replaced(files, /^k3s\/server\.yaml$/, "disable-kube-proxy: true", "") : files),
      (files) =>
        isThere(files) ? replaced(files, /^kubeadm\/cluster\.yaml$/, /^proxy:\n.*\n {2}disabled: true\n/m, "") : files,
      (files) => (isThere(files) ? replaced(files, SPEC, "runs: [cilium]", "runs: [cilium, kube-proxy]") : files),
      (files) =>
        isThere(files) ? replaced(files, /^docs\/bootstrap\.md$/, "kube-system kube-proxy --ignore", "other") : files,
      edit("kubeProxyReplacement: true", "kubeProxyReplacement: false"),
      (files) =>
        value(files, "kubeProxyReplacement") === false
          ? replaced(files, /^talos\/patches\/all\.yaml$/, "  network:\n", "  proxy: { disabled: true }\n  network:\n")
          : files,
    ],
  },
  {
    id: "cilium-finds-the-api-without-services",
    says: "agents ask the API server that every node has at a port of its own",
    check(files) {
      if (!isThere(files)) return [];
      const host = value(files, "k8sServiceHost");
      const port = value(files, "k8sServicePort");
      const ports = portsOfNodes(files);
      // No balancer on the nodes: where everybody finds the API.
      if (ports.length === 0) {
        const text = String(host).includes(":") ? `[${String(host)}]` : String(host);
        return unless(endpointOf(files) === `${text}:${String(port)}`, `agents ask ${text}:${String(port)}`);
      }
      return [
        ...unless(ports.includes(port), `no API server at ${String(port)}`),
        ...unless(host === "localhost" || host === "127.0.0.1", `agents ask ${String(host)}`),
      ];
    },
    broken: [
      edit(/k8sServicePort: (7445|6444|6443)/, "k8sServicePort: 9443"),
      edit("k8sServiceHost: localhost", "k8sServiceHost: kubernetes.default.svc"),
      (files) =>
        isThere(files) ? replaced(files, /^talos\/patches\/all\.yaml$/, "      port: 7445", "      port: 7446") : files,
      (files) => (isThere(files) ? replaced(files, SPEC, "installedBy: talos", "installedBy: other") : files),
    ],
  },
];
