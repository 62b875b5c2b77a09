/**
 * Who somebody is for Cilium: labels with a source, never an address. Pods have those of themselves and of their namespace,
 * everybody else is one of the reserved (Cilium documentation, Terminology, Identity; pkg/labelsfilter, the usual filter).
 */
import { sameAddress } from "../addresses.ts";
import { meets, type Selector } from "../labels.ts";
import { once } from "../once.ts";
import { namespaceLabels, nodeOf, type Endpoint, type Packet } from "../packet.ts";
import type { CiliumDatapath, Labels, Node, Pod, World } from "../world.ts";

export interface Identity {
  /** `k8s:app` → `web`, `reserved:host` → ``. */
  readonly labels: ReadonlyMap<string, string>;
  /** The same without their sources. */
  readonly bare: ReadonlyMap<string, string>;
  /** Rules about networks see this address; absent: they never match. */
  readonly address?: string;
}

export const NAMESPACE = "io.kubernetes.pod.namespace";
export const NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels";
const ACCOUNT = "io.cilium.k8s.policy.serviceaccount";
export const CLUSTER = "io.cilium.k8s.policy.cluster";

/** The longer match decides (Cilium documentation, Limiting Identity-Relevant Labels). */
const INCLUDED = [/^io\.kubernetes\.pod\.namespace/, /^io\.cilium\.k8s\.namespace\.labels/, /^app\.kubernetes\.io/];
const IGNORED = [
  /^io\.kubernetes/,
  /^kubernetes\.io/,
  /^.*beta\.kubernetes\.io/,
  /^k8s\.io/,
  /^statefulset\.kubernetes\.io\/pod-name/,
  /^apps\.kubernetes\.io\/pod-index/,
  /^batch\.kubernetes\.io\/(job-completion-index|controller-uid)/,
  /^pod-template-(generation|hash)/,
  /^controller-(revision-hash|uid)/,
  /^annotation.*/,
  /^etcd_node/,
];

const lengths = (patterns: readonly RegExp[], key: string): readonly number[] =>
  patterns.flatMap((pattern) => pattern.exec(key)?.[0].length ?? []);

function isRelevant(key: string): boolean {
  const ignored = lengths(IGNORED, key);
  return ignored.length === 0 || Math.max(0, ...lengths(INCLUDED, key)) > Math.min(...ignored);
}

const ofSource = (source: string, labels: readonly (readonly [string, string])[]): Identity => ({
  labels: new Map(labels.map(([key, value]) => [`${source}:${key}`, value])),
  bare: new Map(labels),
});

const reserved = (...names: readonly string[]): Identity =>
  ofSource(
    "reserved",
    names.map((name) => [name, ""]),
  );

const INGRESS: Identity = reserved("ingress");

/** As a host policy sees a node. */
export const nodeLabels = (labels: Labels = {}): Identity => ofSource("k8s", Object.entries(labels));

const ofPods = new WeakMap<World, Map<Pod, Identity>>();

function podIdentity(
  { pod }: Extract<Endpoint, { readonly kind: "pod" }>,
  world: World,
  datapath: CiliumDatapath,
): Identity {
  const known = ofPods.get(world) ?? new Map<Pod, Identity>();
  ofPods.set(world, known);
  const identity = known.get(pod) ?? identityOf(pod, world, datapath);
  known.set(pod, identity);
  return identity;
}

function identityOf(pod: Pod, world: World, { clusterName = "default" }: CiliumDatapath): Identity {
  const own = Object.entries(pod.labels ?? {}).filter(([key]) => isRelevant(key));
  const ofNamespace = Object.entries(namespaceLabels(world, pod.namespace)).map(
    ([key, value]) => [`${NAMESPACE_LABELS}.${key}`, value] as const,
  );
  const all = [
    ...own,
    ...ofNamespace,
    [NAMESPACE, pod.namespace] as const,
    [ACCOUNT, pod.serviceAccount?.name ?? "default"] as const,
    [CLUSTER, clusterName] as const,
  ];
  return ofSource("k8s", all);
}

/** Who the other side of a packet is for whoever stands on a node. */
export function peerIdentity(
  other: Endpoint,
  at: string,
  observer: Node,
  { handedOnBy }: Packet,
  world: World,
  datapath: CiliumDatapath,
): Identity {
  switch (other.kind) {
    case "pod":
      return podIdentity(other, world, datapath);
    case "ingress":
      return INGRESS;
    case "node":
      return nodeIdentity(other.node, observer, world, datapath, at);
    case "outside":
      // In a tunnel it is told who sends, and that is the world; over plain routes the address of the node speaks.
      if (handedOnBy !== undefined)
        return datapath.routing === "tunnel"
          ? reserved("world")
          : nodeIdentity(handedOnBy, observer, world, datapath, at);
      return { ...reserved("world", ...(answersApi(at, world) ? ["kube-apiserver"] : [])), address: at };
  }
}

function nodeIdentity(node: Node, observer: Node, world: World, datapath: CiliumDatapath, at: string): Identity {
  const isHost = node.name === observer.name;
  const servesApi = node.addresses.some((one) => answersApi(one, world));
  const identity = reserved(isHost ? "host" : "remote-node", ...(servesApi ? ["kube-apiserver"] : []));
  const isSeen = !isHost && datapath.policyCIDRMatchMode?.includes("nodes") === true;
  return { ...identity, ...(isSeen && { address: at }) };
}

const apiServersOf = once(
  ({ apiServers, nodes }: World): readonly string[] =>
    apiServers ?? nodes.filter(({ controlPlane }) => controlPlane).flatMap(({ addresses }) => addresses),
);

const answersApi = (at: string, world: World): boolean => apiServersOf(world).some((api) => sameAddress(api, at));

/** Endpoints that policies are about, other than hosts. */
export function subjectIdentity(subject: Endpoint, world: World, datapath: CiliumDatapath): Identity | undefined {
  if (subject.kind === "ingress") return INGRESS;
  return subject.kind === "pod" ? podIdentity(subject, world, datapath) : undefined;
}

export const observerOf = (subject: Endpoint): Node => {
  const node = nodeOf(subject);
  if (node === undefined) throw new Error("nobody looks at packets outside");
  return node;
};

const SOURCES = /^(k8s|any|reserved|cidr|node|container):/;

/** A key without a source, or with `any`, stands for every source. */
export const selects = (wanted: Selector, { labels, bare }: Identity): boolean =>
  wanted.every((requirement) =>
    meets(requirement, (key) => {
      const own = key.startsWith("any:") ? key.slice("any:".length) : key;
      const value = (SOURCES.test(own) ? labels : bare).get(own);
      return value === undefined ? [] : [value];
    }),
  );
