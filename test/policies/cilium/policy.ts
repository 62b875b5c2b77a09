/**
 * CiliumNetworkPolicy and its clusterwide sister (cilium/cilium, pkg/policy/api/rule_validation.go,
 * pkg/k8s/apis/cilium.io/utils).
 */
import { selector, type Selector } from "../labels.ts";
import { fields, flag, header, list, optionalText, type Fields, type Header } from "../read.ts";
import { UnreadableObject } from "../world.ts";
import { NAMESPACE } from "./identity.ts";
import { bare, inNamespace, type CiliumPolicy, type CiliumRule, type Direction } from "./model.ts";
import { rules } from "./rules.ts";

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
