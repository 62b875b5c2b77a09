/** Policies as Cilium keeps them: who is meant, and rules with a verdict each. */
import type { Net } from "../addresses.ts";
import { selector, type Selector } from "../labels.ts";
import type { Entity } from "./entities.ts";
import { NAMESPACE, NAMESPACE_LABELS } from "./identity.ts";

export type Direction = "ingress" | "egress";

export interface CiliumPolicy {
  readonly title: string;
  readonly subject: Selector;
  /** It is about nodes themselves. */
  readonly ofNodes: boolean;
  readonly rules: readonly CiliumRule[];
  /** Whether whoever is selected is closed to what nobody allows. */
  readonly closes: Readonly<Record<Direction, boolean>>;
}

export interface CiliumRule {
  readonly title: string;
  readonly direction: Direction;
  readonly denies: boolean;
  readonly peers: readonly CiliumPeer[] | "anybody" | "nobody";
  /** Absent: every port, ICMP among them. */
  readonly ports?: readonly CiliumPort[];
  readonly icmps?: readonly { readonly family: 4 | 6; readonly type: number }[];
  /** What it looks at inside. */
  readonly inside: readonly string[];
}

export type CiliumPeer =
  | { readonly endpoints: Selector }
  | { readonly entity: Entity }
  | { readonly cidr: Net; readonly except: readonly Net[] }
  | { readonly service: { readonly name?: string; readonly namespace?: string; readonly labels?: Selector } }
  | { readonly name: RegExp };

export interface CiliumPort {
  readonly protocol: "ANY" | "TCP" | "UDP" | "SCTP";
  /** 0: every port of the protocol. */
  readonly port: number | string;
  readonly endPort?: number;
}

export const inNamespace = (namespace: string) => ({
  key: `k8s:${NAMESPACE}`,
  operator: "In" as const,
  values: [namespace],
});

export const ofAnyNamespace = { key: `k8s:${NAMESPACE}`, operator: "Exists" as const, values: [] };

export const bare = (key: string): string => key.replace(/^(k8s|any):/, "");

/** Peers by labels are of the namespace of the policy unless they say one; of a clusterwide one, in some namespace. */
export function peerSelector(value: unknown, where: string, namespace: string | undefined): Selector {
  const wanted = selector(value, where);
  const names = (key: string): boolean => wanted.some((requirement) => bare(requirement.key).startsWith(key));
  if (wanted.some(({ key }) => key.startsWith("reserved:")) || names(NAMESPACE)) return wanted;
  if (namespace === undefined) return [...wanted, ofAnyNamespace];
  return names(NAMESPACE_LABELS) ? wanted : [...wanted, inNamespace(namespace)];
}
