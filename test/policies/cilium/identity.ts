/**
 * Who somebody is for Cilium: labels with a source, never an address. Pods have those of themselves and of their namespace,
 * everybody else is one of the reserved (Cilium documentation, Terminology, Identity; pkg/labelsfilter, the usual filter).
 */
import { sameAddress } from "../addresses.ts";
import { meets, type Selector } from "../labels.ts";
import { namespaceLabels, nodeOf, type Endpoint, type Packet } from "../packet.ts";
import type { CiliumDatapath, Node, World } from "../world.ts";

export interface Identity {
  /** `k8s:app` → `web`, `reserved:host` → ``. */
  readonly labels: ReadonlyMap<string, string>;
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

export function isRelevant(key: string): boolean {
  const ignored = lengths(IGNORED, key);
  return ignored.length === 0 || Math.max(0, ...lengths(INCLUDED, key)) > Math.min(...ignored);
}

const reserved = (...names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [`reserved:${name}`, ""]));

export const INGRESS: Identity = { labels: reserved("ingress") };

export function podIdentity(
  { pod }: Extract<Endpoint, { readonly kind: "pod" }>,
  world: World,
  { clusterName = "default" }: CiliumDatapath,
): Identity {
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
  return { labels: new Map(all.map(([key, value]) => [`k8s:${key}`, value])) };
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
  const answersApi = apiServersOf(world).some((one) => sameAddress(one, at));
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
          ? { labels: reserved("world") }
          : nodeIdentity(handedOnBy, observer, world, datapath, at);
      return { labels: reserved("world", ...(answersApi ? ["kube-apiserver"] : [])), address: at };
  }
}

function nodeIdentity(node: Node, observer: Node, world: World, datapath: CiliumDatapath, at: string): Identity {
  const isHost = node.name === observer.name;
  const servesApi = node.addresses.some((one) => apiServersOf(world).some((api) => sameAddress(api, one)));
  const labels = reserved(isHost ? "host" : "remote-node", ...(servesApi ? ["kube-apiserver"] : []));
  const isSeen = !isHost && datapath.policyCIDRMatchMode?.includes("nodes") === true;
  return { labels, ...(isSeen && { address: at }) };
}

const apiServersOf = ({ apiServers, nodes }: World): readonly string[] =>
  apiServers ?? nodes.filter(({ controlPlane }) => controlPlane).flatMap(({ addresses }) => addresses);

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
export const selects = (wanted: Selector, { labels }: Identity): boolean =>
  wanted.every((requirement) =>
    meets(requirement, (key) => {
      const bare = key.startsWith("any:") ? key.slice("any:".length) : key;
      if (SOURCES.test(bare)) {
        const value = labels.get(bare);
        return value === undefined ? [] : [value];
      }
      return [...labels].filter(([label]) => label.slice(label.indexOf(":") + 1) === bare).map(([, value]) => value);
    }),
  );
