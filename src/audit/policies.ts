/** Policies of Cilium: what the agent does not take, and what it takes and never matches. */
import { contains, parseCidr, parseIp, type Ip } from "../model/address.ts";
import type { Finding } from "../model/finding.ts";
import type { Plan } from "../model/plan.ts";
import { asList, at, isMap } from "../model/unknown.ts";
import type { Path } from "../yaml/stream.ts";
import { toFinding, type Audit } from "./audit.ts";
import type { Cluster } from "./cluster.ts";
import { asText } from "./values.ts";

export const refusedPolicy: Audit = {
  id: "POLICY-REFUSED",
  severity: "error",
  title: "A policy is one that Cilium does not take.",
  because: "Kubernetes takes the object and the agents put it aside: nothing of it is enforced, and nobody is told.",
  source: "cilium/cilium 1.20, pkg/policy/api/rule_validation.go",
};

export const foreignPods: Audit = {
  id: "POLICY-CIDR",
  severity: "error",
  title: "A policy names pods or nodes by their addresses.",
  because: "Cilium knows pods and nodes by what they are; an address never stands for one, so the rule matches nobody.",
  source: "docs.cilium.io, Network Policy, CIDR based: not for endpoints managed by Cilium, nor for nodes",
};

interface Rule {
  readonly value: unknown;
  readonly path: Path;
  readonly direction: string;
}

export function* policies({ ofKind, plan }: Cluster): Generator<Finding> {
  for (const kind of ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"])
    for (const { object, name, isPatched } of ofKind(kind, "cilium.io")) {
      if (isPatched) continue;
      for (const { what, path, fix } of problems(object.value))
        yield toFinding(refusedPolicy, { message: `${kind} ${name} ${what}`, places: [object.place(path)], fix });
      for (const rule of rulesOf(object.value))
        for (const { path, text, who, fix } of addressesIn(rule, plan))
          yield toFinding(foreignPods, {
            message: `${kind} ${name} lets ${text} through, which stands for ${who}`,
            places: [object.place(path, "value")],
            fix,
          });
    }
}

const DIRECTIONS = ["ingress", "egress", "ingressDeny", "egressDeny"];

/** `spec` or each of `specs`. */
const specsOf = (value: unknown): readonly { readonly spec: unknown; readonly base: Path }[] => [
  ...(at(value, "spec") === undefined ? [] : [{ spec: at(value, "spec"), base: ["spec"] }]),
  ...asList(at(value, "specs")).map((spec, index) => ({ spec, base: ["specs", index] })),
];

const rulesOf = (value: unknown): readonly Rule[] =>
  specsOf(value).flatMap(({ spec, base }) =>
    DIRECTIONS.flatMap((direction) =>
      asList(at(spec, direction)).map((rule, index) => ({
        value: rule,
        path: [...base, direction, index],
        direction,
      })),
    ),
  );

interface Problem {
  readonly what: string;
  readonly path: Path;
  readonly fix: string;
}

const MOST_PORTS = 40;

function* problems(value: unknown): Generator<Problem> {
  for (const { spec, base } of specsOf(value))
    if (DIRECTIONS.every((direction) => asList(at(spec, direction)).length === 0))
      yield { what: "has no rule", path: base, fix: "ingress: [{}] lets nobody in; or rules, or no policy" };
  for (const rule of rulesOf(value)) yield* ruleProblems(rule);
}

function* ruleProblems({ value, path, direction }: Rule): Generator<Problem> {
  const peers = Object.keys(isMap(value) ? value : {}).filter((key) => /^(from|to)(?!Ports|Requires|FQDNs)/.test(key));
  if (peers.length > 1)
    yield { what: `has a rule with ${peers.join(" and ")}`, path, fix: "a rule for each: they are alternatives" };
  if (at(value, "icmps") !== undefined && at(value, "toPorts") !== undefined)
    yield { what: "has a rule with icmps and toPorts", path, fix: "a rule for each" };
  for (const [index, entry] of asList(at(value, "toPorts")).entries()) {
    const ports = asList(at(entry, "ports"));
    const inside = [...path, "toPorts", index];
    if (ports.length > MOST_PORTS)
      yield { what: `names ${ports.length} ports, and ${MOST_PORTS} is the most`, path: inside, fix: "two entries" };
    if (at(entry, "rules", "dns") === undefined) continue;
    if (direction.startsWith("ingress"))
      yield { what: "looks at DNS questions that come in", path: inside, fix: "rules.dns under egress" };
    else if (!ports.some((port) => String(at(port, "port")) === "53"))
      yield { what: "looks at DNS questions on another port than 53", path: inside, fix: 'port: "53"' };
  }
}

interface Foreign {
  readonly path: Path;
  readonly text: string;
  readonly who: string;
  readonly fix: string;
}

function* addressesIn({ value, path, direction }: Rule, { cluster, nodes }: Plan): Generator<Foreign> {
  const side = direction.startsWith("ingress") ? "from" : "to";
  const named = [
    ...asList(at(value, `${side}CIDR`)).map((text, index) => ({ text, where: [`${side}CIDR`, index] })),
    ...asList(at(value, `${side}CIDRSet`)).map((set, index) => ({
      text: at(set, "cidr"),
      where: [`${side}CIDRSet`, index, "cidr"],
    })),
  ];
  for (const { text, where } of named) {
    const written = asText(text) ?? "";
    const [ip = "", prefix] = written.split("/");
    const first = parseIp(ip);
    if (first === undefined) continue;
    const place = [...path, ...where];
    if (contains(cluster.pods, first) && isNarrow(written, cluster.pods.prefix))
      yield { path: place, text: written, who: "pods", fix: `${side}Endpoints with the labels of the pods` };
    else if ((prefix === "32" || prefix === undefined) && isNode(first, nodes))
      yield { path: place, text: written, who: "a node", fix: `${side}Entities: [host, remote-node]` };
  }
}

const isNarrow = (text: string, prefix: number): boolean => (parseCidr(text)?.prefix ?? 32) >= prefix;
const isNode = (ip: Ip, nodes: Plan["nodes"]): boolean => nodes.some((node) => node.ip === ip);
