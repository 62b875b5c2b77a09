/** Policies of Calico as they are written (projectcalico/calico, api/pkg/apis/projectcalico/v3). */
import {
  fields,
  flag,
  amount,
  header,
  list,
  oneOf,
  optionalList,
  optionalText,
  placedHeader,
  text,
  texts,
} from "../read.ts";
import { net, type Net } from "../addresses.ts";
import { UnreadableObject, type Labels } from "../world.ts";
import { ACCOUNT_PREFIX, IN_NAMESPACE, NAMESPACE_PREFIX } from "./labels.ts";
import { calicoRule, type CalicoRule } from "./rules.ts";
import { calicoSelector, type Matcher } from "./selector.ts";

export type Direction = "ingress" | "egress";

export interface CalicoPolicy {
  readonly title: string;
  /** Kind without `Staged`, namespace and name: what a staged one would stand in for. */
  readonly identity: string;
  readonly name: string;
  readonly tier: string;
  /** Infinite where none is said. */
  readonly order: number;
  readonly staged?: "Set" | "Delete";
  /** By all labels of an endpoint. */
  readonly subject: Matcher;
  readonly types: readonly Direction[];
  readonly rules: Readonly<Record<Direction, readonly CalicoRule[]>>;
}

export interface Tier {
  readonly name: string;
  readonly order: number;
  readonly defaultAction: "Deny" | "Pass";
}

/** Addresses with labels that are no endpoints. */
export interface NetworkSet {
  readonly labels: Labels;
  readonly nets: readonly Net[];
}

export const DEFAULT_TIER: Tier = { name: "default", order: 1_000_000, defaultAction: "Deny" };

const SPEC = [
  "tier",
  "order",
  "selector",
  "serviceAccountSelector",
  "types",
  "ingress",
  "egress",
  "performanceHints",
] as const;
const GLOBAL = [...SPEC, "namespaceSelector", "applyOnForward", "doNotTrack", "preDNAT"] as const;

export function calicoPolicy(object: unknown): CalicoPolicy {
  const found = header(object);
  const { title, kind, name } = found;
  const isGlobal = kind.endsWith("GlobalNetworkPolicy");
  const isStaged = kind.startsWith("Staged");
  const namespace = isGlobal ? undefined : placedHeader(object).namespace;
  if (isGlobal && found.namespace !== undefined) throw new UnreadableObject(`${title} is of no namespace`);
  const { spec = {} } = fields(object, title, ["apiVersion", "kind", "metadata", "spec"]);
  const said = fields(spec, `${title}, spec`, [...(isGlobal ? GLOBAL : SPEC), ...(isStaged ? ["stagedAction"] : [])]);
  const staged = isStaged
    ? oneOf(said["stagedAction"] ?? "Set", ["Set", "Delete"], `${title}, stagedAction`)
    : undefined;
  const rules = {
    ingress: rulesOf(said["ingress"], "ingress", title, namespace),
    egress: rulesOf(said["egress"], "egress", title, namespace),
  };
  untranslated(said, title);
  const tier = optionalText(said["tier"], `${title}, tier`) ?? DEFAULT_TIER.name;
  // Calico documentation, Network policy: a dot in a name ends the name of its tier, where names had those once.
  return {
    title,
    identity: `${kind.replace(/^Staged/, "")} ${namespace ?? ""}/${name}`,
    name,
    tier,
    order: said["order"] === undefined ? Number.POSITIVE_INFINITY : amount(said["order"], `${title}, order`),
    ...(staged !== undefined && { staged }),
    subject: subjectOf(said, title, namespace),
    types: typesOf(said["types"], rules, title),
    rules,
  };
}

/** Policies before connections are known, or before addresses are translated, are about hosts alone. */
function untranslated(said: Readonly<Record<string, unknown>>, title: string): void {
  for (const key of ["doNotTrack", "preDNAT"])
    if (said[key] !== undefined && flag(said[key], `${title}, ${key}`))
      throw new UnreadableObject(`${title}: ${key} is about packets that nobody here has`);
  if (said["applyOnForward"] !== undefined) flag(said["applyOnForward"], `${title}, applyOnForward`);
  if (said["performanceHints"] !== undefined) texts(said["performanceHints"], `${title}, performanceHints`);
}

const rulesOf = (value: unknown, direction: Direction, title: string, namespace: string | undefined) =>
  (optionalList(value, `${title}, ${direction}`) ?? []).map((one, index) =>
    calicoRule(one, `${title}, ${direction}[${index}]`, namespace),
  );

function subjectOf(said: Readonly<Record<string, unknown>>, title: string, namespace: string | undefined): Matcher {
  const own = calicoSelector(optionalText(said["selector"], `${title}, selector`) ?? "", `${title}, selector`);
  const ofAccount = prefixed(said["serviceAccountSelector"], ACCOUNT_PREFIX, "projectcalico.org/serviceaccount", title);
  const ofNamespace =
    namespace === undefined
      ? prefixed(said["namespaceSelector"], NAMESPACE_PREFIX, IN_NAMESPACE, title)
      : (labels: Labels) => labels[IN_NAMESPACE] === namespace;
  return (labels) => own(labels) && ofAccount(labels) && ofNamespace(labels);
}

const prefixed = (value: unknown, prefix: string, key: string, title: string): Matcher =>
  calicoSelector(optionalText(value, title) ?? "", title, { prefix, all: (labels) => labels[key] !== undefined });

/** Unsaid, it is about what it has rules for, and about what comes in where it has none. */
function typesOf(value: unknown, rules: CalicoPolicy["rules"], title: string): readonly Direction[] {
  const said = optionalList(value, `${title}, types`);
  if (said === undefined)
    return rules.egress.length === 0 ? ["ingress"] : rules.ingress.length === 0 ? ["egress"] : ["ingress", "egress"];
  const types = said.map((one) =>
    oneOf(one, ["Ingress", "Egress"], `${title}, types`) === "Ingress" ? ("ingress" as const) : ("egress" as const),
  );
  for (const direction of ["ingress", "egress"] as const)
    if (rules[direction].length > 0 && !types.includes(direction))
      throw new UnreadableObject(`${title} has rules of ${direction} and is not about it`);
  return types;
}

export function tier(object: unknown): Tier {
  const { title, name } = header(object);
  const { spec = {} } = fields(object, title, ["apiVersion", "kind", "metadata", "spec"]);
  const said = fields(spec, `${title}, spec`, ["order", "defaultAction"]);
  return {
    name,
    order: said["order"] === undefined ? Number.POSITIVE_INFINITY : amount(said["order"], `${title}, order`),
    defaultAction: oneOf(said["defaultAction"] ?? "Deny", ["Deny", "Pass"], `${title}, defaultAction`),
  };
}

export function networkSet(object: unknown): NetworkSet {
  const { title, kind, labels } = header(object);
  const namespace = kind === "NetworkSet" ? placedHeader(object).namespace : undefined;
  const { spec } = fields(object, title, ["apiVersion", "kind", "metadata", "spec"]);
  const { nets } = fields(spec, `${title}, spec`, ["nets"]);
  return {
    labels: { ...labels, ...(namespace !== undefined && { [IN_NAMESPACE]: namespace }) },
    nets: list(nets, `${title}, nets`).map((one) => net(text(one, `${title}, nets`))),
  };
}
