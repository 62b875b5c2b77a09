/**
 * The addresses of a network as its emitted files have them, with nothing known of the plan they were made from: what
 * Talos, OpenTofu, Cilium, MetalLB, CoreDNS and the scripts of the bootstrap will read.
 */
import type { Tree } from "../../src/model/tree.ts";
import { readDocuments } from "../../src/yaml/documents.ts";

export interface Reading {
  /** `node talos-cp-1`, `gateway envoy-internal`, `pool lan`, `router`. */
  readonly of: string;
  readonly value: string;
  readonly file: string;
}

type Mapping = Readonly<Record<string, unknown>>;
type Found = readonly (readonly [of: string, value: unknown])[];

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const map = (value: unknown): Mapping => (isMapping(value) ? value : {});
const list = (value: unknown): readonly Mapping[] => (Array.isArray(value) ? value.map(map) : []);
const inside = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((current, key) => map(current)[key], value);
const each = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A prefix length belongs to an address of its own family. */
const prefixOf = (ip: string): string => `prefix of the LAN, ${ip.includes(":") ? "IPv6" : "IPv4"}`;
const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Each reader by the files it reads. */
const READERS: readonly (readonly [RegExp, (content: string, file: string) => Found])[] = [
  [/(^|\/)talos\/nodes\/[^/]+\.yaml$/, machine],
  [/(^|\/)talos\/patches\/[^/]+\.yaml$/, patch],
  [/(^|\/)bootstrap\/[^/]+\.sh$/, script],
  [/(^|\/)k3s\/(server|nodes\/[^/]+)\.yaml$/, k3s],
  [/(^|\/)kubeadm\/[^/]+\.yaml$/, kubeadm],
  [/(^|\/)kubeadm\/nodes\/[^/]+\.yaml$/, joining],
  [/(^|\/)hosts\/[^/]+\/haproxy\.cfg$/, proxy],
  [/(^|\/)infrastructure\/proxmox\/[^/]+\.tfvars\.json$/, variables],
  [/(^|\/)kubernetes\/apps\/.+\.yaml$/, manifests],
];

export function addressReadings(tree: Tree): readonly Reading[] {
  return [...tree].flatMap(([file, { content }]) =>
    READERS.filter(([path]) => path.test(file)).flatMap(([, read]) =>
      read(content, file).flatMap(([of, value]) => (value === undefined ? [] : [{ of, value: text(value), file }])),
    ),
  );
}

function machine(content: string, file: string): Found {
  const documents = readDocuments(content, file).map(map);
  const name = text(documents.find(({ kind }) => kind === "HostnameConfig")?.["hostname"]);
  return documents.flatMap((document) => [
    ...list(document["addresses"]).flatMap(({ address }): Found => {
      const [ip, prefix] = text(address).split("/");
      return [
        [`node ${name}`, ip],
        [prefixOf(text(ip)), prefix],
      ];
    }),
    // One address each, and not their network.
    ...[
      ...each(inside(document, "machine", "kubelet", "nodeIP", "validSubnets")),
      ...each(inside(document, "cluster", "etcd", "advertisedSubnets")),
    ].map((one) => [`node ${name}`, text(one).replace(/\/(32|128)$/, "")] as const),
    ...list(document["routes"]).map(({ gateway }) => ["router", gateway] as const),
    ...(document["kind"] === "Layer2VIPConfig" ? ([["API", document["name"]]] as const) : []),
  ]);
}

function patch(content: string, file: string): Found {
  return readDocuments(content, file).flatMap((document): Found => {
    const network = inside(document, "cluster", "network");
    const all = (of: string, value: unknown): Found => each(value).map((one) => [of, one]);
    return [
      ...all("pods", inside(network, "podSubnets")),
      ...all("Services", inside(network, "serviceSubnets")),
      ...all("LAN", inside(document, "machine", "kubelet", "nodeIP", "validSubnets")),
      ...all("LAN", inside(document, "cluster", "etcd", "advertisedSubnets")),
      ...all("API", inside(document, "cluster", "apiServer", "certSANs")),
      ...(map(document)["kind"] === "ResolverConfig"
        ? [["resolvers", list(map(document)["nameservers"]).map(({ address }) => address)] as const]
        : []),
    ];
  });
}

function script(content: string): Found {
  const urls = [...content.matchAll(/^(?:endpoint|expected)=https:\/\/([^/]+):\d+$/gm)];
  const machines = [...content.matchAll(/^ {2}(?:controlplane|worker):([^:\s]+):(?:[a-z0-9_-]*:)?(\S+)$/gm)];
  return [
    ...urls.map(([, host]) => ["API", host] as const),
    ...machines.map(([, name, ip]) => [`node ${name}`, ip] as const),
  ];
}

/** The address that moves, or else that of the machine: what is bound in front of the API servers. */
function proxy(content: string): Found {
  const bound = [...content.matchAll(/^ {2}bind \[?([^\]\s]+?)\]?:(\d+)( transparent)?$/gm)];
  const api = bound.filter(([, , , moves]) => bound.some((one) => one[3] !== undefined) === (moves !== undefined));
  const servers = [...content.matchAll(/^ {2}server (\S+) \[?([^\]\s]+?)\]?:6443$/gm)];
  return [
    // The last frontend hands out numbers.
    ...api.filter(([, , port]) => port !== "8405").map(([, ip]) => ["API", ip] as const),
    ...servers.map(([, name, ip]) => [`node ${name}`, ip] as const),
  ];
}

function k3s(content: string, file: string): Found {
  const document = map(readDocuments(content, file)[0]);
  const all = (of: string, key: string): Found => each(document[key]).map((one) => [of, one]);
  return [
    ...all("pods", "cluster-cidr"),
    ...all("Services", "service-cidr"),
    ...all("API", "tls-san"),
    ...all(`node ${text(document["node-name"])}`, "node-ip"),
  ];
}

const commas = (of: string, value: unknown): Found =>
  value === undefined
    ? []
    : text(value)
        .split(",")
        .map((one) => [of, one]);

/** What is said of the cluster, and of the machine that starts it. */
function kubeadm(content: string, file: string): Found {
  return readDocuments(content, file).flatMap((document): Found => [
    ...commas("pods", inside(document, "networking", "podSubnet")),
    ...commas("Services", inside(document, "networking", "serviceSubnet")),
    ...each(inside(document, "apiServer", "certSANs")).map((one) => ["API", one] as const),
    ...(map(document)["kind"] === "InitConfiguration" ? machineOfKubeadm(map(document)) : []),
  ]);
}

function joining(content: string, file: string): Found {
  return machineOfKubeadm(map(readDocuments(content, file)[0]));
}

function machineOfKubeadm(document: Mapping): Found {
  const name = text(inside(document, "nodeRegistration", "name"));
  const told = list(inside(document, "nodeRegistration", "kubeletExtraArgs")).find((one) => one["name"] === "node-ip");
  const at = inside(document, "localAPIEndpoint") ?? inside(document, "controlPlane", "localAPIEndpoint");
  return [
    ...commas(`node ${name}`, told?.["value"]),
    ...(at === undefined ? [] : [[`node ${name}`, inside(at, "advertiseAddress")] as const]),
  ];
}

function variables(content: string): Found {
  const { network, machines } = map(JSON.parse(content));
  return [
    ["router", inside(network, "router")],
    [prefixOf(text(inside(network, "router"))), text(inside(network, "prefix"))],
    ["resolvers", inside(network, "resolvers")],
    ...Object.entries(map(machines)).map(([name, value]) => [`node ${name}`, map(value)["address"]] as const),
  ];
}

// Cilium, MetalLB, kube-vip.
const PINS = ["lbipam.cilium.io/ips", "metallb.io/loadBalancerIPs", "kube-vip.io/loadbalancerIPs"];

const pinIn = (annotations: unknown): unknown =>
  PINS.map((key) => inside(annotations, key)).find((address) => address !== undefined);

/** An address, or one of each family behind commas. */
const pinned = (of: string, value: unknown): Found =>
  value === undefined
    ? []
    : text(value)
        .split(",")
        .map((ip) => [of, ip]);

function manifests(content: string, file: string): Found {
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
        ? pinned(
            `gateway ${inside(spec, "gatewayClassName") === "cilium" ? "cilium-gateway-" : ""}${name}`,
            pinIn(inside(spec, "infrastructure", "annotations")),
          )
        : []),
      ...(kind === "Service" ? pinned(`service ${name}`, pinIn(inside(metadata, "annotations"))) : []),
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
        ? text(inside(document, "data", "range-global"))
            .split(",")
            .map((range) => ["pool kubevip", range] as const)
        : []),
      ...list([inside(spec, "clientIPDetection", "xForwardedFor")]).flatMap(({ trustedCIDRs }): Found =>
        Array.isArray(trustedCIDRs) ? trustedCIDRs.map((cidr) => ["pods", cidr]) : [],
      ),
    ];
  });
}

/** Values of a controller of ingress-nginx, whose Service is called after it. */
const controller = (document: Mapping): Found => [
  ...pinned(
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
  ...pinned(
    `gateway ${text(inside(document, "service", "nameOverride"))}`,
    pinIn(inside(document, "service", "annotations")),
  ),
  ...Object.entries(map(inside(document, "service", "additionalServices"))).flatMap(([name, service]) =>
    pinned(`gateway traefik-${name}`, pinIn(inside(service, "annotations"))),
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
    ...pinned(`service ${release}`, pinIn(inside(document, "service", "annotations"))),
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
