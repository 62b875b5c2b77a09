/** Gateways of Cilium: what they stand on, and that those behind them know who comes. */
import { asList, at } from "../../../src/model/unknown.ts";
import { objects, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";

const VALUES = /\/cilium\/app\/values\.yaml$/;
const GATEWAYS = /\/cilium-gateway\/app\/gateways\.yaml$/;

const gatewaysOf = (files: Files) =>
  objects(files, "Gateway").filter(({ object }) => at(object, "spec", "gatewayClassName") === "cilium");

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Ports that gateways without pods may reach, by the folder of the policy. */
function openedIn(files: Files, folder: string): readonly unknown[] {
  return objects(files, "CiliumNetworkPolicy")
    .filter(({ path }) => folderOf(path) === folder)
    .flatMap(({ object }) => asList(at(object, "spec", "ingress")))
    .filter((rule) => asList(at(rule, "fromEntities")).includes("ingress"));
}

export const ciliumGateway: readonly Check[] = [
  {
    id: "cilium-gateways-have-what-they-stand-on",
    says: "Cilium carries Services and has its proxy where it has gateways, and has none where nobody asked for one",
    check(files) {
      const values = valuesOf(files, "cilium");
      const enabled = at(values, "gatewayAPI", "enabled") === true;
      const wanted = gatewaysOf(files).length > 0;
      if (!wanted) return unless(!enabled, "Cilium looks after gateways and has none");
      return [
        ...unless(enabled, "nobody looks after the gateways of class cilium"),
        ...unless(at(values, "kubeProxyReplacement") === true, "Cilium does not replace kube-proxy"),
        ...unless(at(values, "l7Proxy") !== false, "the agents have no proxy"),
        ...unless(at(values, "envoy", "enabled") !== false, "no Envoy runs beside the agents"),
      ];
    },
    broken: [
      (files) => replaced(files, VALUES, "gatewayAPI:\n  enabled: true", "gatewayAPI:\n  enabled: false"),
      (files) => (gatewaysOf(files).length === 0 ? files : replaced(files, VALUES, "bpf:\n", "l7Proxy: false\nbpf:\n")),
      (files) =>
        gatewaysOf(files).length === 0 ? files : replaced(files, VALUES, "bpf:\n", "envoy:\n  enabled: false\nbpf:\n"),
      (files) =>
        gatewaysOf(files).length > 0
          ? files
          : replaced(files, VALUES, "bpf:\n", "gatewayAPI:\n  enabled: true\nbpf:\n"),
    ],
  },
  {
    id: "cilium-listeners-have-one-certificate",
    says: "listeners of Cilium's gateways have one certificate each, and no two of a gateway take the same names",
    check: (files) =>
      gatewaysOf(files).flatMap(({ object }) => {
        const name = String(at(object, "metadata", "name"));
        const sealed = asList(at(object, "spec", "listeners")).filter((one) => at(one, "protocol") === "HTTPS");
        const hosts = sealed.map((listener) => at(listener, "hostname"));
        return [
          ...unless(
            sealed.every((listener) => asList(at(listener, "tls", "certificateRefs")).length === 1),
            `a listener of ${name} has not one certificate`,
          ),
          ...unless(new Set(hosts).size === hosts.length, `two listeners of ${name} take the same names`),
        ];
      }),
    broken: [
      (files) =>
        replaced(
          files,
          GATEWAYS,
          "        certificateRefs:\n",
          "        certificateRefs:\n          - { kind: Secret, name: other-tls }\n",
        ),
      (files) => replaced(files, GATEWAYS, "hostname: ragas.cc", 'hostname: "*.ragas.cc"'),
    ],
  },
  {
    id: "policies-know-gateways-without-pods",
    says: "what a route of Cilium's gateways leads to is open to them by what they are, because they have no pods",
    check(files) {
      const names = new Set(gatewaysOf(files).map(({ object }) => at(object, "metadata", "name")));
      return objects(files, "HTTPRoute")
        .filter(({ object }) =>
          asList(at(object, "spec", "rules")).some((rule) => asList(at(rule, "backendRefs")).length > 0),
        )
        .filter(({ object }) =>
          asList(at(object, "spec", "parentRefs")).some((parent) => names.has(at(parent, "name"))),
        )
        .filter(({ path }) => openedIn(files, folderOf(path)).length === 0)
        .map(({ path }) => `${path}: behind it nobody lets the gateway in`);
    },
    broken: (files) => replaced(files, /\/networkpolicy\.yaml$/, "        - ingress\n", "        - cluster\n"),
  },
];
