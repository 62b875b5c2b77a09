/**
 * Policies as Cilium keeps them: who is meant, and rules with a verdict each. CiliumNetworkPolicy and its clusterwide sister
 * (cilium/cilium, pkg/policy/api/rule_validation.go, pkg/k8s/apis/cilium.io/utils).
 */
import type { Net } from "../addresses.ts";
import type { Selector } from "../labels.ts";
import { selector } from "../labels.ts";
import { fields, flag, header, list, optionalText, type Fields, type Header } from "../read.ts";
import { UnreadableObject } from "../world.ts";
import type { Entity } from "./entities.ts";
import { NAMESPACE, NAMESPACE_LABELS } from "./identity.ts";
import { rules } from "./rules.ts";

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

const SPEC = [
  "description",
  "endpointSelector",
  "nodeSelector",
  "enableDefaultDeny",
  "ingress",
  "ingressDeny",
  "egress",
  "egressDeny",
] as const;

export function ciliumPolicies(object: unknown): readonly CiliumPolicy[] {
  const found = header(object);
  const { title, apiVersion, kind, namespace } = found;
  if (apiVersion !== "cilium.io/v2") throw new UnreadableObject(`${title}: ${apiVersion} is not read`);
  if ((kind === "CiliumNetworkPolicy") !== (namespace !== undefined))
    throw new UnreadableObject(
      `${title}: ${namespace === undefined ? "no namespace" : "a namespace, and it is of none"}`,
    );
  const { spec, specs } = fields(object, title, ["apiVersion", "kind", "metadata", "spec", "specs"]);
  const all = [
    ...(spec === undefined ? [] : [{ spec, title }]),
    ...(specs === undefined ? [] : list(specs, title)).map((one, index) => ({
      spec: one,
      title: `${title}, specs[${index}]`,
    })),
  ];
  if (all.length === 0) throw new UnreadableObject(`${title} says nothing`);
  return all.map((one) => policy(one.spec, one.title, found));
}

function policy(value: unknown, title: string, { kind, namespace }: Header): CiliumPolicy {
  const said = fields(value, title, SPEC);
  optionalText(said["description"], `${title}, description`);
  const { endpointSelector, nodeSelector } = said;
  if ((endpointSelector === undefined) === (nodeSelector === undefined))
    throw new UnreadableObject(`${title} has to have one of endpointSelector and nodeSelector`);
  if (nodeSelector !== undefined && kind !== "CiliumClusterwideNetworkPolicy")
    throw new UnreadableObject(`${title} is about nodes and of a namespace`);
  const made = rules(said, title, namespace);
  // Kubernetes takes it, and the agents put it aside.
  if (made.length === 0) throw new UnreadableObject(`${title} has no rule in any direction`);
  return {
    title,
    subject:
      nodeSelector === undefined
        ? subjectOf(endpointSelector, title, namespace)
        : selector(nodeSelector, `${title}, nodeSelector`),
    ofNodes: nodeSelector !== undefined,
    rules: made,
    closes: closing(said, title, made),
  };
}

/** A namespaced policy is about pods of its namespace, whatever its selector says of namespaces. */
function subjectOf(value: unknown, title: string, namespace: string | undefined): Selector {
  const wanted = selector(value, `${title}, endpointSelector`);
  if (namespace === undefined) return wanted;
  if (wanted.some(({ key }) => bare(key) === NAMESPACE))
    throw new UnreadableObject(`${title} selects a namespace, and is of one`);
  return [...wanted, inNamespace(namespace)];
}

export const inNamespace = (namespace: string) => ({
  key: `k8s:${NAMESPACE}`,
  operator: "In" as const,
  values: [namespace],
});

export const ofAnyNamespace = { key: `k8s:${NAMESPACE}`, operator: "Exists" as const, values: [] };

const bare = (key: string): string => key.replace(/^(k8s|any):/, "");

/** Peers by labels are of the namespace of the policy unless they say one; of a clusterwide one, in some namespace. */
export function peerSelector(value: unknown, where: string, namespace: string | undefined): Selector {
  const wanted = selector(value, where);
  const names = (key: string): boolean => wanted.some((requirement) => bare(requirement.key).startsWith(key));
  if (wanted.some(({ key }) => key.startsWith("reserved:")) || names(NAMESPACE)) return wanted;
  if (namespace === undefined) return [...wanted, ofAnyNamespace];
  return names(NAMESPACE_LABELS) ? wanted : [...wanted, inNamespace(namespace)];
}

function closing(said: Fields, title: string, made: readonly CiliumRule[]): CiliumPolicy["closes"] {
  const where = `${title}, enableDefaultDeny`;
  const wish =
    said["enableDefaultDeny"] === undefined ? {} : fields(said["enableDefaultDeny"], where, ["ingress", "egress"]);
  const closes = (direction: Direction): boolean => {
    const has = made.some((rule) => rule.direction === direction);
    const own = wish[direction] === undefined ? has : flag(wish[direction], `${where}.${direction}`);
    if (own && !has) throw new UnreadableObject(`${where}.${direction} without a rule: nobody is closed by it`);
    return own;
  };
  return { ingress: closes("ingress"), egress: closes("egress") };
}
