/** Entries of `policies.allow`: whether both ends can be what they say, and once is enough. */
import { contains, overlaps } from "../../model/address.ts";
import { carriersIn } from "../../model/passages.ts";
import type { Allowed, Party } from "../../model/policies.ts";
import type { Plan } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

export const partiesMeet: Rule = {
  id: "POLICY-PARTY",
  severity: "error",
  title: "what is allowed has pods at one end, and at the other whom a policy can tell",
  because: "A policy selects pods, and knows pods, nodes and gateways by what they are: this one would match nobody.",
  source: "Kubernetes documentation, NetworkPolicy; Cilium documentation, Network Policy, CIDR based",
  *check(plan) {
    for (const allowed of plan.policies.allowed) {
      const problem = problemOf(allowed, plan);
      if (problem !== undefined)
        yield { message: problem.message, paths: [`${allowed.path}.${problem.key}`], fix: problem.fix };
    }
  },
};

export const sendersTold: Rule = {
  id: "POLICY-SENDER",
  severity: "error",
  title: "who begins is pods, a gateway or anyone",
  because:
    "Who comes from outside may have the address of any node by the time a pod sees it, so a policy that names another lets nobody in.",
  source:
    "Kubernetes documentation, Using Source IP; Cilium documentation, Kubernetes Without kube-proxy, DSR and SNAT",
  *check({ policies: { allowed } }) {
    for (const { from, to, path } of allowed) {
      if (to.kind !== "pods" || from.kind === "pods") continue;
      if (from.kind === "word" && ["anyone", "gateway"].includes(from.text)) continue;
      yield {
        message: `${from.text} begins, and pods see its connections come from any node`,
        paths: [`${path}.from`],
        fix: "from: anyone, and the firewall of the router for who that is",
      };
    }
  },
};

interface Problem {
  readonly key: "to" | "ports";
  readonly message: string;
  readonly fix: string;
}

function problemOf({ from, to, ports }: Allowed, plan: Plan): Problem | undefined {
  if (from.kind !== "pods" && to.kind !== "pods")
    return { key: "to", message: `neither ${from.text} nor ${to.text} is pods`, fix: "NAMESPACE/APP for one of them" };
  if (to.kind === "word" && to.text === "api" && ports.length > 0)
    return { key: "ports", message: "the API has one port, and ports names some", fix: "leave ports out" };
  if (to.kind === "word" && to.text === "gateway") return gatewayProblem(ports.length > 0, plan);
  return to.kind === "network" ? networkProblem(to, plan) : undefined;
}

function gatewayProblem(hasPorts: boolean, plan: Plan): Problem | undefined {
  const carriers = carriersIn(plan);
  if (carriers.length === 0)
    return { key: "to", message: "there is no gateway to ask", fix: "name the pods that are meant" };
  if (carriers.includes("ingress"))
    return {
      key: "to",
      message: "the gateway is a part of Cilium and has no pods that a policy could name",
      fix: "name the app behind it: NAMESPACE/APP and the port of its pods",
    };
  return hasPorts
    ? { key: "ports", message: "pods of a gateway have other ports than their addresses", fix: "leave ports out" }
    : undefined;
}

function networkProblem(to: Extract<Party, { kind: "network" }>, plan: Plan): Problem | undefined {
  const { cidr } = to;
  if (!plan.stacks.some(({ family }) => family === cidr.family))
    return {
      key: "to",
      message: `${to.text} is of IPv${cidr.family}, which no pod has`,
      fix: "an address of the family that pods have",
    };
  const node = plan.nodes.find(({ ips }) => ips.some((ip) => contains(cidr, ip)));
  if (node !== undefined && cidr.first === cidr.last)
    return {
      key: "to",
      message: `${to.text} is the node ${node.name}, which Cilium knows by what it is and not by its address`,
      fix: "api for the Kubernetes API; or NAMESPACE/APP for pods that listen there",
    };
  const inside = plan.stacks
    .flatMap(({ pods, services }) => [pods?.value ?? [], services?.value ?? []].flat())
    .find((own) => overlaps(own, cidr));
  return inside === undefined
    ? undefined
    : {
        key: "to",
        message: `${to.text} has addresses of pods or Services, which change and stand for nobody`,
        fix: "NAMESPACE/APP, and the port of the pods",
      };
}

export const allowedOnce: Rule = {
  id: "POLICY-TWICE",
  severity: "error",
  title: "what is allowed is said once",
  because: "Taking one of them out would change nothing, and whoever reads the other believes it is still needed.",
  source: "this program: one entry, one object at each end",
  *check({ policies: { allowed } }) {
    const keyOf = ({ from, to, ports }: Allowed): string =>
      JSON.stringify([from.text, to.text, ports.map(({ port, protocol }) => `${port}/${protocol}`).sort()]);
    for (const [index, entry] of allowed.entries()) {
      const first = allowed.slice(0, index).find((other) => keyOf(other) === keyOf(entry));
      if (first === undefined) continue;
      yield {
        message: `${entry.from.text} to ${entry.to.text} stands here twice`,
        paths: [entry.path, first.path],
        fix: "leave one out",
      };
    }
  },
};
