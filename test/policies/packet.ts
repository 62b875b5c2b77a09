/** A connection as whoever enforces policies sees it: behind the translation of Services, with the address it comes from then. */
import { address, sameAddress } from "./addresses.ts";
import { once } from "./once.ts";
import type {
  Connection,
  Datapath,
  Labels,
  Namespace,
  Node,
  Outside,
  Pod,
  Protocol,
  Service,
  Side,
  World,
} from "./world.ts";

export type Endpoint =
  | { readonly kind: "pod"; readonly pod: Pod; readonly node: Node }
  | { readonly kind: "node"; readonly node: Node }
  | { readonly kind: "ingress"; readonly node: Node }
  | { readonly kind: "outside"; readonly outside: Outside };

export interface Packet {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly protocol: Protocol;
  /** As the receiver has it. */
  readonly port: number;
  /** As the receiver sees it. */
  readonly source: string;
  readonly destination: string;
  readonly family: 4 | 6;
  /** The node that handed it on and stands for the sender. */
  readonly handedOnBy?: Node;
}

/** How one pod network judges packets. */
export interface Sides {
  egress(packet: Packet): Side;
  ingress(packet: Packet): Side;
}

export const nodeOf = (endpoint: Endpoint): Node | undefined =>
  endpoint.kind === "outside" ? undefined : endpoint.node;

export const isLocal = ({ from, to }: Packet): boolean => {
  const [one, other] = [nodeOf(from), nodeOf(to)];
  return one !== undefined && one.name === other?.name;
};

/** Labels of a namespace with the one that every API server puts there. */
export const namespaceLabels = (world: World, name: string): Labels => ({
  "kubernetes.io/metadata.name": name,
  ...found(world.namespaces, (one: Namespace) => one.name === name, `namespace ${name}`).labels,
});

function found<One>(all: readonly One[], is: (one: One) => boolean, what: string): One {
  const one = all.find(is);
  if (one === undefined) throw new Error(`the world has no ${what}`);
  return one;
}

/** One for each pod that may answer. */
export function packets(world: World, connection: Connection): readonly Packet[] {
  const { to, protocol, port } = connection;
  const from = endpoint(world, connection.from);
  const receivers =
    "service" in to ? behind(world, to, port, protocol) : [{ to: endpoint(world, to), port, at: undefined }];
  return receivers.map(({ to: receiver, port: own, at }) => {
    const destination = at ?? addressOf(receiver, connection.family);
    const { family } = address(destination);
    const via = connection.via === undefined ? undefined : nodeNamed(world, connection.via);
    const { source, handedOnBy } = sourceOf(from, receiver, via, { family, protocol }, world.datapath);
    return { from, to: receiver, protocol, port: own, source, destination, family, ...(handedOnBy && { handedOnBy }) };
  });
}

const nodeNamed = (world: World, name: string): Node => found(world.nodes, (one) => one.name === name, `node ${name}`);

type Named = Exclude<Connection["to"], { service: string }>;

const endpoints = once((world: World) => once((who: Named) => endpointIn(world, who)));
const endpoint = (world: World, who: Named): Endpoint => endpoints(world)(who);

function endpointIn(world: World, who: Named): Endpoint {
  if ("node" in who) return { kind: "node", node: nodeNamed(world, who.node) };
  if ("ingress" in who) return { kind: "ingress", node: nodeNamed(world, who.ingress) };
  if ("outside" in who)
    return { kind: "outside", outside: found(world.outside, ({ name }) => name === who.outside, who.outside) };
  return ofPod(
    found(world.pods, ({ name, namespace }) => name === who.pod && namespace === who.namespace, `pod ${who.pod}`),
    world,
  );
}

/** A pod with the network of its node is that node. */
function ofPod(pod: Pod, world: World): Endpoint {
  const node = nodeNamed(world, pod.node);
  return pod.hostNetwork ? { kind: "node", node } : { kind: "pod", pod, node };
}

interface Receiver {
  readonly to: Endpoint;
  readonly port: number;
  readonly at: string | undefined;
}

function behind(
  world: World,
  { service: name, namespace }: { service: string; namespace: string },
  asked: number,
  protocol: Protocol,
): readonly Receiver[] {
  const service = found(world.services, (one) => one.name === name && one.namespace === namespace, `Service ${name}`);
  const { targetPort } = found(
    service.ports,
    (one) => one.port === asked && one.protocol === protocol,
    `port ${asked}/${protocol} of Service ${namespace}/${name}`,
  );
  const receivers = [
    ...podsOf(service, world).map((pod) => ({
      to: ofPod(pod, world),
      port: typeof targetPort === "number" ? targetPort : namedPort(pod, targetPort, protocol),
      at: undefined,
    })),
    ...(service.endpoints ?? []).map((at) => ({ to: whoHas(at, world), port: Number(targetPort), at })),
  ];
  if (receivers.length === 0) throw new Error(`nobody is behind Service ${namespace}/${name}`);
  return receivers;
}

export const podsOf = ({ namespace, selector }: Service, { pods }: World): readonly Pod[] =>
  selector === undefined
    ? []
    : pods.filter(
        (pod) =>
          pod.namespace === namespace && Object.entries(selector).every(([key, value]) => pod.labels?.[key] === value),
      );

export function namedPort(pod: Pod, name: string, protocol: Protocol): number {
  const port = pod.ports?.find((one) => one.name === name && one.protocol === protocol)?.port;
  if (port === undefined) throw new Error(`pod ${pod.namespace}/${pod.name} has no port ${name}`);
  return port;
}

function whoHas(at: string, world: World): Endpoint {
  const has = ({ addresses }: { readonly addresses: readonly string[] }): boolean =>
    addresses.some((one) => sameAddress(one, at));
  const node = world.nodes.find(has);
  if (node !== undefined) return { kind: "node", node };
  const pod = world.pods.find(has);
  return pod === undefined
    ? { kind: "outside", outside: world.outside.find(has) ?? { name: at, addresses: [at] } }
    : ofPod(pod, world);
}

function addressesOf(endpoint: Endpoint): readonly string[] {
  switch (endpoint.kind) {
    case "pod":
      return endpoint.pod.addresses;
    case "outside":
      return endpoint.outside.addresses;
    case "node":
    case "ingress":
      return endpoint.node.addresses;
  }
}

function addressOf(endpoint: Endpoint, family?: 4 | 6): string {
  const all = addressesOf(endpoint);
  const one = family === undefined ? all[0] : all.find((text) => address(text).family === family);
  if (one === undefined) throw new Error(`no address of IPv${family ?? ""} in ${JSON.stringify(endpoint)}`);
  return one;
}

/**
 * A node that hands on what somebody outside asked stands for him, unless Services keep who asks; in a tunnel a node is
 * known by the address it has there.
 */
function sourceOf(
  from: Endpoint,
  to: Endpoint,
  via: Node | undefined,
  { family, protocol }: Pick<Packet, "family" | "protocol">,
  datapath: Datapath,
): { readonly source: string; readonly handedOnBy?: Node } {
  const isOther = via !== undefined && via.name !== nodeOf(to)?.name;
  if (from.kind === "outside" && isOther && !keepsClients(datapath, protocol))
    return { source: asNode(via, family, datapath, to), handedOnBy: via };
  if (from.kind === "node" && nodeOf(to)?.name !== from.node.name)
    return { source: asNode(from.node, family, datapath, to) };
  return { source: addressOf(from, family) };
}

/** Whether who asks from outside is seen by the pod, though another node was asked. */
export const keepsClients = (datapath: Datapath, protocol: Protocol): boolean =>
  datapath.cni !== "kubernetes" && (datapath.keepsClients === true || datapath.keepsClients === protocol);

function asNode(node: Node, family: 4 | 6, datapath: Datapath, to: Endpoint): string {
  const tunnel = node.tunnel?.find((one) => address(one).family === family);
  const isTunnelled = to.kind === "pod" && (datapath.cni !== "calico" || datapath.encapsulation !== "none");
  return isTunnelled && tunnel !== undefined ? tunnel : addressOf({ kind: "node", node }, family);
}
