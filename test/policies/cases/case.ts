/**
 * Cases as sentences: `shop/b > shop/a:80 yes`. The world of all of them is the one that Kubernetes tries pod networks with, three
 * pods in each of three namespaces, with a control plane, two workers and somebody outside added.
 */
import { readDocuments } from "../../../src/yaml/documents.ts";
import { verdict } from "../verdict.ts";
import type {
  CalicoDatapath,
  CiliumDatapath,
  Connection,
  Datapath,
  KubernetesDatapath,
  Pod,
  Receiver,
  Sender,
  Service,
  Verdict,
  World,
} from "../world.ts";

export interface Case {
  readonly name: string;
  /** Page or file of the pod network, or of Kubernetes. */
  readonly source: string;
  readonly objects: string;
  readonly says: readonly string[];
  /** What is another matter for one of them. */
  readonly differs?: Readonly<Record<string, readonly string[]>>;
  readonly datapath?: Datapath;
  readonly world?: (usual: World) => World;
}

export const NAMESPACES = ["shop", "bank", "farm"] as const;
export const NAMES = ["a", "b", "c"] as const;
/** Pods a and c share a node. */
const NODES = { a: "w1", b: "w2", c: "w1" } as const;

export const KUBERNETES: KubernetesDatapath = { cni: "kubernetes" };
export const CILIUM: CiliumDatapath = { cni: "cilium", routing: "tunnel" };
export const CALICO: CalicoDatapath = { cni: "calico", encapsulation: "VXLAN" };
export const ALL: readonly Datapath[] = [KUBERNETES, CILIUM, CALICO];

const pods: readonly Pod[] = NAMESPACES.flatMap((namespace, space) =>
  NAMES.map((name, index) => ({
    namespace,
    name,
    labels: { pod: name },
    addresses: [`10.42.${space + 1}.${index + 1}`, `fd00:42::${space + 1}:${index + 1}`],
    node: NODES[name],
    serviceAccount: { name: `account-${name}`, labels: { team: name === "a" ? "red" : "blue" } },
    ports: (["TCP", "UDP"] as const).flatMap((protocol) =>
      [80, 81].map((port) => ({ name: `serve-${port}-${protocol.toLowerCase()}`, port, protocol })),
    ),
  })),
);

const services: readonly Service[] = [
  ...NAMESPACES.flatMap((namespace, space) =>
    NAMES.map((name, index) => ({
      namespace,
      name,
      labels: { tells: name },
      addresses: [`10.43.${space + 1}.${index + 1}`],
      selector: { pod: name },
      ports: [
        { port: 8000, targetPort: 80, protocol: "TCP" as const },
        { port: 8001, targetPort: "serve-81-tcp", protocol: "TCP" as const },
      ],
    })),
  ),
  {
    namespace: "default",
    name: "kubernetes",
    addresses: ["10.43.0.1"],
    endpoints: ["192.168.10.1"],
    ports: [{ port: 443, targetPort: 6443, protocol: "TCP" }],
  },
];

const usual: Omit<World, "objects" | "datapath"> = {
  namespaces: [...NAMESPACES.map((name) => ({ name, labels: { ns: name } })), { name: "default" }],
  nodes: [
    { name: "cp", addresses: ["192.168.10.1", "fd00:10::1"], tunnel: ["10.42.0.1"], controlPlane: true },
    { name: "w1", addresses: ["192.168.10.2", "fd00:10::2"], tunnel: ["10.42.0.2"], labels: { disk: "fast" } },
    { name: "w2", addresses: ["192.168.10.3", "fd00:10::3"], tunnel: ["10.42.0.3"] },
  ],
  pods,
  services,
  outside: [
    { name: "internet", addresses: ["203.0.113.10", "2001:db8::10"], names: ["api.example.com"] },
    { name: "laptop", addresses: ["192.168.1.20"] },
  ],
};

const documentsOf = (yaml: string): readonly unknown[] => readDocuments(yaml, "case.yaml");

export function worldOf(datapath: Datapath, yaml: string, change = (world: World): World => world): World {
  return change({ ...usual, objects: documentsOf(yaml), datapath });
}

const SENTENCE =
  /^(?<from>\S+) > (?<to>\S+?):(?<port>\d+)(?:\/(?<protocol>TCP|UDP|SCTP|ICMP))?(?: via (?<via>\S+))?(?: over IPv(?<family>[46]))? (?<answer>yes|no|audited|staged)$/;

/** Sentences that are not so. */
export function untrue(world: World, sentences: readonly string[]): readonly string[] {
  return sentences.flatMap((sentence) => {
    const said = SENTENCE.exec(sentence)?.groups;
    if (said === undefined) throw new Error(`a case is wrong: ${sentence}`);
    const { from = "", to = "", port, protocol = "TCP", via, family, answer } = said;
    const found = verdict(world, {
      from: sender(from),
      to: receiver(to),
      port: Number(port),
      protocol: protocol as Connection["protocol"],
      ...(via !== undefined && { via }),
      ...(family !== undefined && { family: Number(family) as 4 | 6 }),
    });
    return answerOf(found) === answer
      ? []
      : [`${sentence}, and it is ${answerOf(found)}: out by ${found.egress.because}; in by ${found.ingress.because}`];
  });
}

const answerOf = ({ allowed, audited, stagedWouldDeny }: Verdict): string =>
  allowed ? (audited ? "audited" : stagedWouldDeny ? "staged" : "yes") : "no";

function sender(word: string): Sender {
  const [kind = "", name = ""] = word.split("/");
  if (kind === "node") return { node: name };
  if (kind === "ingress") return { ingress: name };
  if (kind === "out") return { outside: name };
  return { namespace: kind, pod: name };
}

function receiver(word: string): Receiver {
  const [kind, namespace = "", service = ""] = word.split("/");
  return kind === "svc" ? { namespace, service } : sender(word);
}
