/** Addresses as objects of the cluster and values of charts have them. */
import { readDocuments } from "../../../src/yaml/documents.ts";
import { commas, each, inside, list, map, text, type Found, type Mapping } from "./found.ts";

// Cilium, MetalLB, kube-vip.
const PINS = ["lbipam.cilium.io/ips", "metallb.io/loadBalancerIPs", "kube-vip.io/loadbalancerIPs"];

const pinIn = (annotations: unknown): unknown =>
  PINS.map((key) => inside(annotations, key)).find((address) => address !== undefined);

export function manifests(content: string, file: string): Found {
  return readDocuments(content, file).flatMap((document): Found => {
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
            pinIn(inside(spec, "infrastructure", "annotations")),
          )
        : []),
      ...(kind === "Service" ? commas(`service ${name}`, pinIn(inside(metadata, "annotations"))) : []),
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
    pinIn(inside(document, "controller", "service", "annotations")),
  ),
  ...text(inside(document, "controller", "config", "proxy-real-ip-cidr") ?? "")
    .split(",")
    .filter((cidr) => cidr !== "")
    .map((cidr) => ["pods", cidr] as const),
];

/** Values of Traefik: a Service for each gateway, and pods as those whose word it takes. */
const traefik = (document: Mapping): Found => [
  ...commas(
    `gateway ${text(inside(document, "service", "nameOverride"))}`,
    pinIn(inside(document, "service", "annotations")),
  ),
  ...Object.entries(map(inside(document, "service", "additionalServices"))).flatMap(([name, service]) =>
    commas(`gateway traefik-${name}`, pinIn(inside(service, "annotations"))),
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
    ...commas(`service ${release}`, pinIn(inside(document, "service", "annotations"))),
    ["resolver of pods", inside(document, "service", "clusterIP")],
    ...each(inside(document, "service", "clusterIPs")).map((one) => ["resolver of pods", one] as const),
    ["pods", document["ipv4NativeRoutingCIDR"]],
    ["pods", document["ipv6NativeRoutingCIDR"]],
    ...forwards
      .map(({ parameters }) => text(parameters).split(" ").at(-1))
      .filter((to) => to?.startsWith("/") === false)
      .map((to) => ["service k8s-gateway", to] as const),
  ];
}
