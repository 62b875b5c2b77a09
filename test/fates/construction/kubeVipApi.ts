/** kube-vip for the API: what control planes bring with them, before there is anybody to ask. */
import { asList, asMap, at, type Mapping } from "../../../src/model/unknown.ts";
import { documents, pathsOf, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";
import { onK3s } from "./machines.ts";

const PATH = "k3s/manifests/kube-vip.yaml";
const MANIFEST = /^k3s\/manifests\/kube-vip\.yaml$/;
const SERVICES = /\/kube-vip\/app\/values\.yaml$/;

const about = (files: Files): boolean => onK3s(files) && files.has(PATH);

const ofKind = (files: Files, kind: string): Mapping =>
  asMap(documents(files, PATH).find((document) => at(document, "kind") === kind));

const podOf = (files: Files): unknown => at(ofKind(files, "DaemonSet"), "spec", "template", "spec");

function environment(files: Files): ReadonlyMap<string, string> {
  const [container] = asList(at(podOf(files), "containers"));
  return new Map(asList(at(container, "env")).map((one) => [String(at(one, "name")), String(at(one, "value"))]));
}

/** As K3s applies it, or as the kubelets of kubeadm run it. */
const ANY_MANIFEST = /^(k3s|kubeadm)\/manifests\/kube-vip\.yaml$/;

/** What pods for the API are told, whoever runs them: values, and fields of the pod. */
export const toldForApi = (files: Files): ReadonlyMap<string, string> =>
  new Map(
    pathsOf(files, ANY_MANIFEST)
      .flatMap((path) => documents(files, path))
      .flatMap((document) => [at(document, "spec", "template", "spec") ?? at(document, "spec")])
      .flatMap((pod) => asList(at(asList(at(pod, "containers"))[0], "env")))
      .map((one) => [
        String(at(one, "name")),
        String(at(one, "value") ?? at(one, "valueFrom", "fieldRef", "fieldPath")),
      ]),
  );

const SESSION = /^(\[[0-9a-f:]+\]|[\d.]+):\d+::(true|false):179(::true;300;300;3)?$/;

export const kubeVipApi: readonly Check[] = [
  {
    id: "kube-vip-for-the-api-tells-routers-alone",
    says: "where routers are told the way to the API, the one that does can reach its own API server, has no password in the open and answers no ARP",
    about: (files) => toldForApi(files).get("bgp_enable") === "true",
    check(files) {
      const env = toldForApi(files);
      return [
        ...unless(
          env.get("vip_leaderelection") === "true" || env.has("control_plane_health_check_address"),
          "a route to an API server that is down",
        ),
        ...unless(env.get("vip_arp") !== "true", "it announces in two ways"),
        ...unless(env.get("vip_interface") === "lo", "the address is on a link, where the LAN would ask for it"),
        ...unless(env.get("bgp_routerid") === "status.hostIP", "all control planes are called the same"),
        ...String(env.get("bgp_peers"))
          .split(",")
          .filter((one) => !SESSION.test(one))
          .map((one) => `${one} is no session without a password`),
      ];
    },
    broken: [
      (files) => replaced(files, ANY_MANIFEST, /(vip_leaderelection\n +value: )"true"/, '$1"false"'),
      (files) => replaced(files, ANY_MANIFEST, /(vip_arp\n +value: )"false"/, '$1"true"'),
      (files) => replaced(files, ANY_MANIFEST, /(vip_interface\n +value: )lo\b/, "$1eth0"),
      (files) => replaced(files, ANY_MANIFEST, "status.hostIP", "status.podIPs"),
      (files) => replaced(files, ANY_MANIFEST, ":64512::", ":64512:hunter2:"),
    ],
  },
  {
    id: "kube-vip-for-the-api-starts-before-everything",
    says: "its pods run where no pod network is yet, ask the API server of their own machine, and no other node has them",
    about,
    check(files) {
      const env = environment(files);
      const terms = asList(
        at(
          podOf(files),
          "affinity",
          "nodeAffinity",
          "requiredDuringSchedulingIgnoredDuringExecution",
          "nodeSelectorTerms",
        ),
      );
      return [
        ...unless(at(podOf(files), "hostNetwork") === true, "they wait for a pod network"),
        ...unless(
          asList(at(podOf(files), "tolerations")).some(
            (one) =>
              at(one, "operator") === "Exists" && at(one, "key") === undefined && at(one, "effect") === undefined,
          ),
          "they wait for nodes that are ready",
        ),
        ...unless(env.get("KUBERNETES_SERVICE_HOST") === "127.0.0.1", "they ask for a Service nobody serves yet"),
        ...unless(
          terms.some((term) => JSON.stringify(term).includes("node-role.kubernetes.io/control-plane")),
          "any node may carry the address",
        ),
      ];
    },
    broken: [
      (files) => replaced(files, MANIFEST, "hostNetwork: true", "hostNetwork: false"),
      (files) => replaced(files, MANIFEST, "- operator: Exists", "- operator: Exists\n          key: never"),
      (files) => replaced(files, MANIFEST, "value: 127.0.0.1", "value: 10.43.0.1"),
      (files) => replaced(files, MANIFEST, "node-role.kubernetes.io/control-plane", "kubernetes.io/hostname"),
    ],
  },
  {
    id: "kube-vip-for-the-api-carries-the-address-alone",
    says: "it puts the address of the API on a link without a network around it, and leaves Services and IPVS alone",
    about,
    check(files) {
      const env = environment(files);
      const addresses = (env.get("address") ?? "").split(",");
      const lengths = [
        ...(addresses.some((ip) => !ip.includes(":")) ? ["32"] : []),
        ...(addresses.some((ip) => ip.includes(":")) ? ["128"] : []),
      ].join(",");
      return [
        ...unless(env.get("vip_subnet") === lengths, `an address with ${String(env.get("vip_subnet"))}`),
        ...unless(env.get("vip_address") === undefined, "the address is said in words that want more"),
        ...unless(env.get("cp_enable") === "true" && env.get("svc_enable") === "false", "it has another task"),
        ...unless(env.get("lb_enable") === "false", "it shares requests out by IPVS"),
      ];
    },
    broken: [
      (files) => replaced(files, MANIFEST, / {12}- name: vip_subnet\n.*\n/, ""),
      (files) => replaced(files, MANIFEST, "- name: address\n", "- name: vip_address\n"),
      (files) => replaced(files, MANIFEST, /(svc_enable\n +value: )"false"/, '$1"true"'),
      (files) => replaced(files, MANIFEST, /(lb_enable\n +value: )"false"/, '$1"true"'),
    ],
  },
  {
    id: "kube-vip-stands-beside-itself",
    says: "pods for the API and pods for Services have names and ports of their own",
    about: (files) => about(files) && valuesOf(files, "kube-vip") !== undefined,
    check(files) {
      const values = valuesOf(files, "kube-vip");
      const name = at(ofKind(files, "DaemonSet"), "metadata", "name");
      return [
        ...unless(values?.["nameOverride"] !== name, `both are called ${String(name)}`),
        ...unless(
          at(values, "env", "prometheus_server") !== environment(files).get("prometheus_server"),
          "both listen on one port of the node",
        ),
      ];
    },
    broken: [
      (files) => replaced(files, SERVICES, /^nameOverride: .*/m, "nameOverride: kube-vip"),
      (files) => replaced(files, SERVICES, ":2113", ":2112"),
    ],
  },
];
