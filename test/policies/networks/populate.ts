/** A world with everybody in it that declarations name, on two nodes each, and strangers of every kind. */
import type { Actor, Declared, Party } from "./declared.ts";
import type { Datapath, Labels, Namespace, Node, Outside, Pod, Sender, World } from "../world.ts";

export interface Given {
  readonly namespaces: readonly Namespace[];
  readonly nodes: readonly Node[];
  readonly declared: readonly Declared[];
  readonly objects: readonly unknown[];
  readonly datapath: Datapath;
  readonly services?: World["services"];
}

/** Somebody in the world: how connections name him, and what he is. */
export interface Person {
  readonly title: string;
  readonly who: Sender;
  readonly actor: Actor;
}

export interface Populated {
  readonly world: World;
  readonly people: readonly Person[];
}

const STRANGERS = "strangers-of-tests";
const INTERNET: Outside = { name: "internet", addresses: ["203.0.113.10", "2001:db8:ffff::10"] };
const LAN: Outside = { name: "somebody of the LAN", addresses: ["192.0.2.20", "2001:db8:aaaa::20"] };
/** There is always one to come. */
const ANOTHER: Node = {
  name: "another-node",
  addresses: ["198.51.100.77", "2001:db8:bbbb::77"],
  tunnel: ["198.18.77.0"],
};

export function populate({ namespaces, nodes: given, declared, objects, datapath, services = [] }: Given): Populated {
  const [first = ANOTHER] = given;
  const second = given.find(({ name, controlPlane }) => name !== first.name && !controlPlane) ?? given[1] ?? ANOTHER;
  const nodes = [first, second].map((node, index) => ({ tunnel: [`198.18.${index}.0`], ...node }));
  const kinds = kindsOf(declared);
  const pods = kinds.flatMap(({ namespace, labels, isNamed }, kind) =>
    nodes.slice(isNamed ? 0 : 1).map(({ name: node }, index): Pod => ({
      namespace,
      name: `pod-${kind}-on-${node}`,
      labels,
      // As in a house, where nobody takes the addresses of pods for some of the internet.
      addresses: [`100.99.${kind}.${index + 1}`, `fd99:0:1:${kind.toString(16)}::${index + 1}`],
      node,
    })),
  );
  const strangers = [INTERNET, LAN, ...atNetworks(declared)];
  const missing = new Set(
    pods.map(({ namespace }) => namespace).filter((one) => !namespaces.some(({ name }) => name === one)),
  );
  return {
    world: {
      namespaces: [...namespaces, ...[...missing].map((name) => ({ name }))],
      nodes,
      pods,
      services,
      outside: strangers,
      objects,
      datapath,
    },
    people: [
      ...pods.map((pod) => ({
        title: `a pod of ${pod.namespace} with ${JSON.stringify(pod.labels)} on ${pod.node}`,
        who: { pod: pod.name, namespace: pod.namespace },
        actor: { kind: "pod" as const, node: pod.node, namespace: pod.namespace, labels: pod.labels ?? {} },
      })),
      ...nodes.map(({ name, addresses, controlPlane = false }) => ({
        title: `the node ${name}`,
        who: { node: name },
        actor: { kind: "node" as const, node: name, controlPlane, addresses, known: name !== ANOTHER.name },
      })),
      ...(datapath.cni === "cilium"
        ? nodes.map(({ name }) => ({
            title: `the gateway of Cilium on ${name}`,
            who: { ingress: name },
            actor: { kind: "ingress" as const, node: name },
          }))
        : []),
      ...strangers.map(({ name, addresses }) => ({
        title: name,
        who: { outside: name },
        actor: { kind: "outside" as const, addresses },
      })),
    ],
  };
}

/** Somebody in each network that is named, and in each hole of it that is no node. */
function atNetworks(declared: readonly Declared[]): readonly Outside[] {
  const networks = declared
    .flatMap(({ to }): readonly Party[] => to)
    .flatMap((party) => (typeof party === "object" && "network" in party ? [party.network] : []));
  const cidrs = networks.flatMap(({ cidr, except }) => [cidr, ...except.filter((hole) => !isOne(hole))]);
  return [...new Set(cidrs)]
    .filter((cidr) => !cidr.endsWith("/0"))
    .map((cidr) => ({ name: `somebody in ${cidr}`, addresses: [someIn(cidr)] }));
}

const isOne = (cidr: string): boolean => /\/(32|128)$/.test(cidr);

/** No node of a test has the 250th address. */
function someIn(cidr: string): string {
  const [base = ""] = cidr.split("/");
  if (isOne(cidr)) return base;
  return base.includes(":") ? `${base.replace(/:+$/, "")}::fa` : base.replace(/\d+$/, "250");
}

interface Kind {
  readonly namespace: string;
  readonly labels: Labels;
  /** It stands on both nodes; whoever nobody names stands on one. */
  readonly isNamed: boolean;
}

/**
 * Pods as they are named, and beside each those that are nearly so: in another namespace, without one of the labels, and
 * with nothing but the namespace.
 */
function kindsOf(declared: readonly Declared[]): readonly Kind[] {
  const named = declared
    .flatMap(({ from, to }): readonly Party[] => [...from, ...to])
    .flatMap((party) => (typeof party === "object" && "pods" in party ? [{ ...party.pods, isNamed: true }] : []));
  const nearly = named.flatMap(({ namespace, labels }) => {
    const [last] = Object.keys(labels).slice(-1);
    return [
      { namespace: STRANGERS, labels },
      { namespace, labels: { "of-tests": "nobody" } },
      ...(last === undefined ? [] : [{ namespace, labels: { ...labels, [last]: "somebody-else" } }]),
    ];
  });
  const others = [...nearly, { namespace: STRANGERS, labels: {} }].map((one) => ({ ...one, isNamed: false }));
  const byLook = new Map<string, Kind>();
  for (const kind of [...named, ...others]) {
    const look = JSON.stringify([kind.namespace, Object.entries(kind.labels).toSorted()]);
    byLook.set(look, byLook.get(look) ?? kind);
  }
  return [...byLook.values()];
}
