/** Who may talk to whom beside what routes and components say, and namespaces in which nobody else may. */
import type { Cidr } from "./address.ts";
import type { Claim } from "./claims.ts";
import type { SpecPath } from "./finding.ts";
import type { Label } from "./names.ts";
import type { Plan } from "./plan.ts";
import type { KubernetesObject, Pods, UnitId } from "./unit.ts";

/** What becomes of traffic that nothing allows: it is let through and told of, or refused. */
export type Denial = "audit" | "enforce";

/** Who is neither pods nor an address. `anyone`: pods, nodes and whoever comes from outside. */
export const PARTY_WORDS = ["anyone", "gateway", "internet", "lan", "api"] as const;
export type PartyWord = (typeof PARTY_WORDS)[number];

/** One end of what is allowed. */
export type Party =
  /** Labels of none: every pod of the namespace. */
  | { readonly kind: "pods"; readonly text: string; readonly pods: Pods }
  | { readonly kind: "network"; readonly text: string; readonly cidr: Cidr }
  | { readonly kind: "word"; readonly text: PartyWord };

export interface PodPort {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

export interface Allowed {
  readonly from: Party;
  readonly to: Party;
  /** As the pod has them, not the Service. None: every port. */
  readonly ports: readonly PodPort[];
  readonly path: SpecPath;
}

/**
 * Who only components name: machines of the cluster, also for what listens in the network of its machine; and all pods
 * there are or will be, those of people too.
 */
export interface Ground {
  readonly kind: "ground";
  readonly text: "nodes" | "pods";
}

/** What pods of a component begin. */
export interface Begun {
  readonly pods: Pods;
  readonly to: Party | Ground;
  /** As the one who is asked has them. None: every port. */
  readonly ports: readonly PodPort[];
  readonly because: string;
}

/** What homelab.yaml says of it. */
export interface Policies {
  /** Namespaces whose pods may do what is allowed and nothing else, in the order of the file. */
  readonly closed: ReadonlyMap<Label, Denial>;
  readonly allowed: readonly Allowed[];
  /** Host names and the namespaces that have them. */
  readonly names: readonly (Claim & { readonly path: SpecPath })[];
}

/** Who is at the other end, as a policy of any pod network can say it. */
export type Far =
  | { readonly kind: "pods"; readonly pods: Pods }
  /** The pod network itself, where it carries requests to apps. */
  | { readonly kind: "ingress" }
  | { readonly kind: "anyone" }
  /** Addresses of no pod: of one family each. */
  | { readonly kind: "network"; readonly cidr: string; readonly except: readonly string[] }
  /** The API servers, at the addresses of the control planes. */
  | { readonly kind: "api"; readonly addresses: readonly string[]; readonly port: number }
  | { readonly kind: "nodes"; readonly addresses: readonly string[] }
  /** Of every namespace. */
  | { readonly kind: "every pod" };

/** What pods of a namespace may take or begin, as one object. */
export interface Passage {
  /** Unique in the namespace. */
  readonly name: string;
  readonly namespace: string;
  readonly because: string;
  /** None: every pod of the namespace. */
  readonly labels: Readonly<Record<string, string>>;
  readonly direction: "ingress" | "egress";
  readonly far: readonly Far[];
  readonly ports: readonly PodPort[];
}

/** How a pod network closes namespaces. */
export interface Closing {
  /** Whether it can look without refusing: for a namespace, or only for all of the cluster at once. Absent: not. */
  readonly audits?: "namespace" | "cluster";
  /** Units that its objects wait for. */
  readonly after?: readonly UnitId[];
  /** What closes a namespace to all that nothing allows, both ways. */
  deny(namespace: string, denial: Denial): readonly KubernetesObject[];
  /** What lets one thing through, and closes nothing that was open before where the pod network can say that. */
  allow(passage: Passage): readonly KubernetesObject[];
}

/** Who closes namespaces; undefined where nobody enforces policies. */
export const closingOf = ({ chosen, cluster }: Pick<Plan, "chosen" | "cluster">): Closing | undefined =>
  cluster.podNetwork.enforces.length === 0 ? undefined : chosen.find(({ slot }) => slot === "cni")?.component.closing;

/** The step that makes the policies of a namespace. */
export const policiesUnit = (namespace: string): UnitId => `policies-${namespace}`;

/** Whether Cilium or whoever looks only for the whole cluster refuses nothing, because one namespace is looked at. */
export const enforcesNothing = (plan: Plan): boolean =>
  closingOf(plan)?.audits === "cluster" && [...plan.policies.closed.values()].includes("audit");
