/** Gateways as those who carry their requests are told of them. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { appended, objects, replaced, valuesOf, type Check, type Files } from "./check.ts";

const GATEWAYS = /\/envoy-gateway\/config\/gateways\.yaml$/;
const POLICIES = /\/envoy-gateway\/config\/policies\.yaml$/;
const CLASS = /\/envoy-gateway\/config\/gatewayclass\.yaml$/;
const VALUES = /\/envoy-gateway\/app\/values\.yaml$/;
const CILIUM = /\/cilium\/app\/values\.yaml$/;

const gatewaysOf = (files: Files) => objects(files, "Gateway").map(({ object }) => object);
const ofClass = (files: Files, name: string) =>
  gatewaysOf(files).filter((object) => at(object, "spec", "gatewayClassName") === name);
const isSealed = (files: Files, name: string): boolean =>
  ofClass(files, name)
    .flatMap((object) => asList(at(object, "spec", "listeners")))
    .some((listener) => at(listener, "protocol") === "HTTPS");

export const gateways: readonly Check[] = [
  {
    id: "one-https-listener-a-gateway",
    says: "https of a gateway is one listener without a name of its own, and says which versions of HTTP it speaks",
    check(files) {
      // Cilium takes one certificate a listener, so several domains have several.
      const wrong = ofClass(files, "envoy").filter((object) => {
        const sealed = asList(at(object, "spec", "listeners")).filter(
          (listener) => at(listener, "protocol") === "HTTPS",
        );
        return sealed.length > 1 || sealed.some((listener) => at(listener, "hostname") !== undefined);
      });
      const policies = objects(files, "ClientTrafficPolicy");
      const speaks = {
        cilium: at(valuesOf(files, "cilium"), "gatewayAPI", "enableAlpn") === true,
        envoy:
          policies.length > 0 &&
          policies.every(({ object }) => asList(at(object, "spec", "tls", "alpnProtocols")).length > 0),
      };
      return [
        ...wrong.map(
          (object) => `${String(at(object, "metadata", "name"))} has several listeners for https, or one with a name`,
        ),
        ...Object.entries(speaks)
          .filter(([name, isSaid]) => isSealed(files, name) && !isSaid)
          .map(([name]) => `nobody says which versions of HTTP https of ${name} speaks`),
      ];
    },
    broken: [
      (files) => replaced(files, GATEWAYS, "protocol: HTTPS\n", 'protocol: HTTPS\n      hostname: "*.ragas.cc"\n'),
      (files) => replaced(files, POLICIES, / {4}alpnProtocols:\n(?: {6}- .*\n)+/, ""),
      (files) => (isSealed(files, "cilium") ? replaced(files, CILIUM, "  enableAlpn: true\n", "") : files),
    ],
  },
  {
    id: "gateway-pods-are-called-like-the-gateway",
    says: "the Service of a gateway stands beside it under its name, which nothing merged would have",
    check(files) {
      const values = valuesOf(files, "envoy-gateway");
      const deploy = at(values, "config", "envoyGateway", "provider", "kubernetes", "deploy", "type");
      const merged = objects(files, "EnvoyProxy").filter(
        ({ object }) => at(object, "spec", "mergeGateways") !== undefined,
      );
      return [
        ...(values === undefined || deploy === "GatewayNamespace" ? [] : [`deploy type ${String(deploy)}`]),
        ...merged.map(({ path }) => `${path}: gateways are merged`),
      ];
    },
    broken: [
      (files) => replaced(files, VALUES, "type: GatewayNamespace", "type: ControllerNamespace"),
      (files) => replaced(files, CLASS, "  provider:\n", "  mergeGateways: true\n  provider:\n"),
    ],
  },
  {
    id: "gateway-policies-stand-beside-gateways",
    says: "policies of Envoy Gateway are in the namespace of every gateway they are for",
    check(files) {
      const spaces = new Set(gatewaysOf(files).map((object) => at(object, "metadata", "namespace")));
      return ["ClientTrafficPolicy", "BackendTrafficPolicy", "SecurityPolicy"]
        .flatMap((kind) => objects(files, kind))
        .filter(({ object }) => spaces.size !== 1 || !spaces.has(at(object, "metadata", "namespace")))
        .map(({ path, object }) => `${path}: ${object.kind} is in ${String(at(object, "metadata", "namespace"))}`);
    },
    broken: (files) => replaced(files, POLICIES, "namespace: network", "namespace: default"),
  },
  {
    id: "client-address-is-found-one-way",
    says: "one way to find the address of a client, which believes pods alone",
    check: (files) =>
      objects(files, "ClientTrafficPolicy").flatMap(({ path, object }) => {
        const ways = asMap(at(object, "spec", "clientIPDetection"));
        const forwarded = asMap(ways["xForwardedFor"]);
        return Object.keys(ways).length === 1 && Object.keys(forwarded).join() === "trustedCIDRs"
          ? []
          : [`${path}: ${[...Object.keys(ways), ...Object.keys(forwarded)].join(", ")}`];
      }),
    broken: (files) =>
      replaced(files, POLICIES, "    xForwardedFor:\n", "    xForwardedFor:\n      numTrustedHops: 1\n"),
  },
  {
    id: "answers-are-compressed-once",
    says: "compression of answers under its new name alone",
    check: (files) =>
      objects(files, "BackendTrafficPolicy")
        .filter(({ object }) => at(object, "spec", "compression") !== undefined)
        .map(({ path }) => path),
    broken: (files) =>
      replaced(files, POLICIES, "  compressor:\n", "  compression:\n    - type: Gzip\n  compressor:\n"),
  },
  {
    id: "gateways-speak-no-http3",
    says: "no gateway opens a UDP port, which the router and the tunnel would not let through",
    check: (files) =>
      objects(files, "ClientTrafficPolicy")
        .filter(({ object }) => at(object, "spec", "http3") !== undefined)
        .map(({ path }) => path),
    broken: (files) => replaced(files, POLICIES, "  tcpKeepalive: {}\n", "  http3: {}\n  tcpKeepalive: {}\n"),
  },
  {
    id: "one-class-of-gateways",
    says: "one GatewayClass of a name, by one controller",
    check(files) {
      const names = [
        ...objects(files, "GatewayClass").map(({ object }) => String(at(object, "metadata", "name"))),
        // Of the chart, where it does not look into a cluster first.
        ...(at(valuesOf(files, "cilium"), "gatewayAPI", "gatewayClass", "create") === "true" ? ["cilium"] : []),
      ];
      const used = new Set(gatewaysOf(files).map((object) => at(object, "spec", "gatewayClassName")));
      return [
        ...names.filter((name, index) => names.indexOf(name) < index),
        ...[...used].filter((name) => !names.includes(String(name))).map((name) => `there is no ${String(name)}`),
      ];
    },
    broken: [
      (files) =>
        appended(
          files,
          CLASS,
          "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: envoy }\nspec: { controllerName: io.cilium/gateway-controller }\n",
        ),
      (files) => replaced(files, CILIUM, '    create: "true"\n', "    create: auto\n"),
    ],
  },
  {
    id: "routes-name-the-namespace-of-their-gateway",
    says: "every reference of a route to a gateway says its namespace and its listener",
    check: (files) =>
      objects(files, "HTTPRoute").flatMap(({ path, object }) =>
        asList(at(object, "spec", "parentRefs"))
          .filter((parent) => at(parent, "namespace") === undefined || at(parent, "sectionName") === undefined)
          .map(() => path),
      ),
    broken: [
      (files) => replaced(files, /\/httproute\.yaml$/, "      namespace: network\n", ""),
      (files) => replaced(files, /\/httproute\.yaml$/, / {6}sectionName: \S+\n/, ""),
    ],
  },
  {
    id: "redirects-are-no-names",
    says: "the route that redirects to https is left out by those who make names of routes",
    check: (files) =>
      objects(files, "HTTPRoute")
        .filter(({ object }) => JSON.stringify(object["spec"]).includes("RequestRedirect"))
        .filter(
          ({ object }) =>
            at(object, "metadata", "labels", "k8s-gateway.dns/ignore") !== "true" ||
            at(object, "metadata", "annotations", "external-dns.alpha.kubernetes.io/controller") !== "none" ||
            at(object, "spec", "hostnames") !== undefined,
        )
        .map(({ path }) => path),
    broken: [
      (files) => replaced(files, /\/redirect\.yaml$/, 'k8s-gateway.dns/ignore: "true"', 'k8s-gateway.dns/ignore: "no"'),
      (files) => replaced(files, /\/redirect\.yaml$/, "controller: none", "controller: some"),
      (files) => replaced(files, /\/redirect\.yaml$/, "spec:\n", "spec:\n  hostnames: [www.ragas.cc]\n"),
    ],
  },
  {
    id: "gateway-pods-are-pods",
    says: "pods of gateways have addresses of pods, so policies that let pods in let them in",
    check: (files) =>
      objects(files, "EnvoyProxy")
        .filter(({ object }) => JSON.stringify(object["spec"]).includes("hostNetwork"))
        .map(({ path }) => path),
    broken: (files) =>
      replaced(
        files,
        CLASS,
        "      envoyDeployment:\n",
        "      envoyDeployment:\n        patch: { value: { spec: { template: { spec: { hostNetwork: true } } } } }\n",
      ),
  },
];
