/** Addresses as objects of the cluster and values of charts have them. */
import { firstIp, lastIp, parseRange, type IpRange } from "../../../src/model/address.ts";
import { documentsOf } from "../../support/documents.ts";
import { commas, each, inside, list, map, text, type Found, type Mapping } from "./found.ts";

// Cilium, MetalLB, kube-vip, Calico.
const PINS = [
  "lbipam.cilium.io/ips",
  "metallb.io/loadBalancerIPs",
  "kube-vip.io/loadbalancerIPs",
  "projectcalico.org/loadBalancerIPs",
];

/** Before the name of a node whose addresses a Service has. */
export const ON_NODE = "addresses of ";

/** Calico reads a list in JSON, the others commas; ServiceLB of K3s keeps a Service on nodes with a label. */
const pinIn = (metadata: unknown): unknown => {
  const node = inside(metadata, "labels", "svccontroller.k3s.cattle.io/lbpool");
  if (node !== undefined) return `${ON_NODE}${text(node)}`;
  const found = PINS.map((key) => inside(metadata, "annotations", key)).find((address) => address !== undefined);
  return typeof found === "string" && found.startsWith("[") ? (JSON.parse(found) as string[]).join(",") : found;
};

/** Pools of Calico: a network each, as many as the range takes, called by the range and by itself. */
function networks(documents: readonly unknown[]): Found {
  const own = documents
    .filter((document) => inside(document, "kind") === "IPPool")
    .map((document) => {
      const cidr = text(inside(document, "spec", "cidr"));
      const pool = text(inside(document, "metadata", "name")).slice(0, -(cidr.length + 1));
      return { key: `${pool} ${cidr.includes(":")}`, pool, range: parseRange(cidr) as IpRange };
    })
    .sort((a, b) => (a.range.first < b.range.first ? -1 : 1));
  return [...new Set(own.map(({ key }) => key))].map((key) => {
    const ranges = own.filter((one) => one.key === key);
    const gap = ranges.find(({ range }, index) => index > 0 && ranges[index - 1]?.range.last !== range.first - 1n);
    const [from, to] = [ranges[0], ranges.at(-1)];
    return [`pool ${from?.pool}`, gap === undefined && from && to && `${firstIp(from.range)}-${lastIp(to.range)}`];
  });
}

export function manifests(content: string, file: string): Found {
  return [...networks(documentsOf(content, file)), ...objects(content, file)];
}

function objects(content: string, file: string): Found {
  return documentsOf(content, file).flatMap((document): Found => {
    const { kind, metadata, spec } = map(document);
    const name = text(inside(metadata, "name"));
    // Values have no kind; a release is called as its folder.
    if (kind === undefined)
      return [
        ...values(map(document), /\/([^/]+)\/app\/values\.yaml$/.exec(file)?.[1] ?? file),
        ...controller(map(document)),
      ];
    return [
      // The Service of a gateway, which has its address: Cilium gives it another name.
      ...(kind === "Gateway"
        ? commas(
            `gateway ${inside(spec, "gatewayClassName") === "cilium" ? "cilium-gateway-" : ""}${name}`,
            pinIn(inside(spec, "infrastructure")),
          )
        : []),
      ...(kind === "Service" ? commas(`service ${name}`, pinIn(metadata)) : []),
      ...(kind === "CiliumLoadBalancerIPPool"
        ? list(inside(spec, "blocks")).map(
            ({ start, stop }) => [`pool ${name}`, `${text(start)}-${text(stop)}`] as const,
          )
        : []),
      ...(kind === "IPAddressPool"
        ? [inside(spec, "addresses")].flat().map((range) => [`pool ${name}`, range] as const)
        : []),
      // All pools in one, without their names.
      ...(kind === "ConfigMap" && name === "kubevip"
        ? commas("pool kubevip", inside(document, "data", "range-global"))
        : []),
      ...list([inside(spec, "clientIPDetection", "xForwardedFor")]).flatMap(({ trustedCIDRs }): Found =>
        Array.isArray(trustedCIDRs) ? trustedCIDRs.map((cidr) => ["pods", cidr]) : [],
      ),
    ];
  });
}

/** Values of a controller of ingress-nginx, whose Service is called after it. */
const controller = (document: Mapping): Found => [
  ...commas(
    `gateway ${text(document["fullnameOverride"])}-controller`,
    pinIn(inside(document, "controller", "service")),
  ),
  ...text(inside(document, "controller", "config", "proxy-real-ip-cidr") ?? "")
    .split(",")
    .filter((cidr) => cidr !== "")
    .map((cidr) => ["pods", cidr] as const),
];

/** Values of Traefik: a Service for each gateway, and pods as those whose word it takes. */
const traefik = (document: Mapping): Found => [
  ...commas(`gateway ${text(inside(document, "service", "nameOverride"))}`, pinIn(inside(document, "service"))),
  ...Object.entries(map(inside(document, "service", "additionalServices"))).flatMap(([name, service]) =>
    commas(`gateway traefik-${name}`, pinIn(service)),
  ),
  ...Object.values(map(document["ports"])).flatMap((port) =>
    each(inside(port, "forwardedHeaders", "trustedIPs")).map((cidr) => ["pods", cidr] as const),
  ),
];

function values(document: Mapping, release: string): Found {
  const forwards = list(document["servers"]).flatMap(({ plugins }) =>
    list(plugins).filter(({ name }) => name === "forward"),
  );
  if (release === "traefik") return traefik(document);
  return [
    ...commas(`service ${release}`, pinIn(inside(document, "service"))),
    ["resolver of pods", inside(document, "service", "clusterIP")],
    ...each(inside(document, "service", "clusterIPs")).map((one) => ["resolver of pods", one] as const),
    ["pods", document["ipv4NativeRoutingCIDR"]],
    ["pods", document["ipv6NativeRoutingCIDR"]],
    ...forwards
      .map(({ parameters }) => text(parameters).split(" ").at(-1))
      // A server at a port of its own is no Service: names of Consul.
      .filter((to) => to !== undefined && !to.startsWith("/") && !/(^\[.*\]|^[\d.]+):\d+$/.test(to))
      .map((to) => ["service k8s-gateway", to] as const),
  ];
}
