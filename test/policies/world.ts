/**
 * What a policy is judged in, and what is said of a connection. Nothing here or below knows the program: objects come as
 * they stand in a repository, and the rest is what a cluster is made of.
 */

export type Protocol = "TCP" | "UDP" | "SCTP" | "ICMP";
export type Labels = Readonly<Record<string, string>>;

export interface World {
  readonly namespaces: readonly Namespace[];
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly outside: readonly Outside[];
  /** Addresses API servers answer at; those of control planes when absent. */
  readonly apiServers?: readonly string[];
  /** Policies and what they name (sets, tiers, endpoints of hosts), whoever reads them. */
  readonly objects: readonly unknown[];
  readonly datapath: Datapath;
}

export interface Namespace {
  readonly name: string;
  /** Its name as `kubernetes.io/metadata.name` need not be said. */
  readonly labels?: Labels;
}

export interface Node {
  readonly name: string;
  /** One a family, or several. */
  readonly addresses: readonly string[];
  readonly labels?: Labels;
  readonly controlPlane?: boolean;
  /** What packets of the node itself come from on other nodes, where pods are in a tunnel: addresses of the range of the pods. */
  readonly tunnel?: readonly string[];
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Labels;
  readonly addresses: readonly string[];
  readonly node: string;
  /** It is its node, for whoever looks at packets. */
  readonly hostNetwork?: boolean;
  readonly serviceAccount?: { readonly name: string; readonly labels?: Labels };
  /** Ports with a name. */
  readonly ports?: readonly { readonly name: string; readonly port: number; readonly protocol: Protocol }[];
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Labels;
  readonly addresses: readonly string[];
  /** Labels of its pods; absent where the addresses behind it are written by hand. */
  readonly selector?: Labels;
  readonly endpoints?: readonly string[];
  readonly ports: readonly {
    readonly port: number;
    /** Number, or name of a port of the pods. */
    readonly targetPort: number | string;
    readonly protocol: Protocol;
  }[];
}

export interface Outside {
  readonly name: string;
  readonly addresses: readonly string[];
  /** DNS names that lead to it. */
  readonly names?: readonly string[];
}

export type Datapath = KubernetesDatapath | CiliumDatapath | CalicoDatapath;

/** Nobody in particular: what Kubernetes says every pod network has to do. */
export interface KubernetesDatapath {
  readonly cni: "kubernetes";
}

export interface CiliumDatapath {
  readonly cni: "cilium";
  readonly routing: "tunnel" | "native";
  /** A client from outside keeps its address when another node is asked than that of the pod (DSR; hybrid has it for TCP). */
  readonly keepsClients?: boolean | "TCP";
  /** `policy-cidr-match-mode`. */
  readonly policyCIDRMatchMode?: readonly "nodes"[];
  readonly policyAuditMode?: boolean;
  readonly policyEnforcementMode?: "default" | "always" | "never";
  /** `allow-localhost`; the node of a pod always reaches it when absent. */
  readonly allowLocalhost?: "auto" | "policy";
  /** Policies with a nodeSelector do nothing without it. */
  readonly hostFirewall?: boolean;
  readonly nodeSelectorLabels?: boolean;
  readonly clusterName?: string;
}

export interface CalicoDatapath {
  readonly cni: "calico";
  readonly encapsulation: "none" | "IPIP" | "VXLAN";
  /** As with Cilium (eBPF). */
  readonly keepsClients?: boolean | "TCP";
  /** FelixConfiguration, `defaultEndpointToHostAction`. */
  readonly endpointToHost?: "Accept" | "Return" | "Drop";
}

export type Sender =
  | { readonly pod: string; readonly namespace: string }
  | { readonly node: string }
  | { readonly outside: string }
  /** The proxy of Cilium on a node, which carries requests of its gateways. */
  | { readonly ingress: string };

export type Receiver = Sender | { readonly service: string; readonly namespace: string };

export interface Connection {
  readonly from: Sender;
  readonly to: Receiver;
  /** As the sender says it: of the Service, where it asks one. A type, for ICMP. */
  readonly port: number;
  readonly protocol: Protocol;
  /** That of the first address of the receiver when absent. */
  readonly family?: 4 | 6;
  /** The node that somebody outside asked, where it is another than that of the pod. */
  readonly via?: string;
}

export interface Verdict {
  readonly allowed: boolean;
  /** What lets it out where it comes from. */
  readonly egress: Side;
  /** What lets it in where it goes to. */
  readonly ingress: Side;
  /** It passes because a side only looks: enforced, it would not. */
  readonly audited: boolean;
  /** It passes, and would not if what is staged were enforced. */
  readonly stagedWouldDeny: boolean;
}

export interface Side {
  readonly allowed: boolean;
  /** A policy and its rule, or what is so without any: `CiliumNetworkPolicy default/echo, ingress[0]`, `no policy`. */
  readonly because: string;
  readonly audited: boolean;
  /** The staged policy that would let it fail. */
  readonly stagedDeny?: string;
  /** Requests of a connection that is let through are looked at by these rules too, which nobody judges here. */
  readonly looksInside?: readonly string[];
}

/** What an object says that no pod network takes, or that nobody here knows the meaning of. */
export class UnreadableObject extends Error {}
