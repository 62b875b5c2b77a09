/** IPv4 and IPv6 beside each other: what has to have both, and who can do with what. */
import { familyOf, parseIp } from "../../model/address.ts";
import type { Lacks } from "../../model/families.ts";
import { familiesText, familyName } from "../../model/families.ts";
import type { SpecPath } from "../../model/finding.ts";
import type { Plan, Stack } from "../../model/plan.ts";
import { insideIpv6 } from "../../plan/stacks.ts";
import { freeAddress } from "../free.ts";
import type { Rule } from "../rule.ts";

const KINDS = ["pods", "services"] as const;

const missing = ({ stacks }: Plan, kind: (typeof KINDS)[number]): readonly Stack[] =>
  stacks.filter((stack) => stack.lan !== undefined && stack[kind] === undefined);

export const networksAgree: Rule = {
  id: "FAMILY-NETWORK",
  severity: "error",
  title: "LAN, pods and services have the same IP families",
  because:
    "Kubernetes gives a pod an address of each family it has a range for, and hands it on over nodes of that family; with one of the three missing, nothing of the family works.",
  source: "Kubernetes documentation, IPv4/IPv6 dual-stack, Configure IPv4/IPv6 dual-stack",
  *check(plan) {
    for (const kind of KINDS) {
      for (const { family, lan } of missing(plan, kind)) {
        yield {
          message: `the ${kind} have no ${familyName(family)} network, and your LAN has one (${lan?.value.text})`,
          paths: [`cluster.${kind}`, lan?.path ?? "lan.cidr"],
          fix: `cluster.${kind}: ${rangeWith(kind, family, plan)}`,
        };
      }
    }
    if (KINDS.some((kind) => missing(plan, kind).length > 0)) return;
    for (const stack of plan.stacks.filter(({ lan }) => lan === undefined)) {
      const holder = holderOf(stack, plan);
      yield {
        message: `${holder.what} has ${familyName(stack.family)}, and your LAN ${plan.lan.cidr.text} has none`,
        paths: [holder.path, "lan.cidr"],
        fix: `lan.cidr: [${plan.lan.cidr.text}, the ${familyName(stack.family)} network of your LAN], or leave ${familyName(stack.family)} out`,
      };
    }
  },
};

function rangeWith(kind: (typeof KINDS)[number], family: number, plan: Plan): string {
  const here = plan.stacks.flatMap((stack) => stack[kind]?.value.text ?? []);
  if (family === 4) return `an IPv4 range as well, such as ${kind === "pods" ? "10.42.0.0/16" : "10.43.0.0/16"}`;
  const own = plan.stacks.find((stack) => stack.family === 6)?.lan?.value ?? plan.lan.cidr;
  const ranges = [...here, insideIpv6(own)[0][kind].text];
  return ranges.length === 1 ? (ranges[0] ?? "") : `[${ranges.join(", ")}]`;
}

/** The first thing people would look for. */
function holderOf({ family, pods, services }: Stack, plan: Plan): { readonly what: string; readonly path: SpecPath } {
  const claim = plan.addresses.claims.find(({ ip, role }) => role !== "host" && familyOf(ip) === family);
  const pool = plan.pools.find(({ range }) => range.family === family);
  const network = pods ?? services;
  if (network !== undefined) return { what: network.path.split(".").slice(0, 2).join("."), path: network.path };
  if (pool !== undefined) return { what: `the pool ${pool.name}`, path: pool.path };
  return { what: claim?.owner ?? "the cluster", path: claim?.path ?? "lan.cidr" };
}

export const nodesAgree: Rule = {
  id: "FAMILY-NODE",
  severity: "error",
  title: "every node has an address of each IP family",
  because: "A node without one gets no pods of that family, and its pods reach none of the others by it.",
  source: "Kubernetes documentation, IPv4/IPv6 dual-stack, Prerequisites",
  *check(plan) {
    for (const { family, lan } of plan.stacks) {
      const without = plan.nodes.filter(({ ips }) => ips.every((ip) => familyOf(ip) !== family));
      const [first] = without;
      if (lan === undefined || first === undefined) continue;
      const all = without.length === plan.nodes.length;
      const names = without.map(({ name }) => name).join(", ");
      yield {
        message: `${all ? "no node has" : `${names} ${without.length === 1 ? "has" : "have"} no`} ${all ? "an " : ""}${familyName(family)} address, and your LAN has ${familyName(family)}`,
        paths: [...without.map(({ name }) => `cluster.nodes.${name}.ip`), lan.path],
        fix: `cluster.nodes.${first.name}.ip: [${[...first.ips, freeAddress(plan, family) ?? "an address of the LAN"].join(", ")}]`,
      };
    }
  },
};

export const sameOrder: Rule = {
  id: "FAMILY-ORDER",
  severity: "error",
  title: "pods and services name the IP families in the order of the LAN",
  because:
    "The first family is that of the API server, of every Service that does not say otherwise, and of the address a pod is called by. It has to be the same everywhere and cannot change later.",
  source: "Kubernetes documentation, IPv4/IPv6 dual-stack, Services",
  *check({ stacks: [first, second] }) {
    for (const kind of KINDS) {
      const [one, other] = [first[kind], second?.[kind]];
      if (one === undefined || other === undefined || first.lan === undefined || one.path < other.path) continue;
      yield {
        message: `cluster.${kind} begins with ${familyName(other.value.family)}, and lan.cidr with ${familyName(first.family)}`,
        paths: [`cluster.${kind}`, "lan.cidr"],
        fix: `cluster.${kind}: [${one.value.text}, ${other.value.text}]`,
      };
    }
  },
};

/** Who is in use, what it cannot do, and where it was chosen. */
function* lacking(plan: Plan): Iterable<{ readonly what: string; readonly lacks: Lacks; readonly path: SpecPath }> {
  const { traits, distribution } = plan.cluster;
  yield { what: distribution, lacks: traits.lacks, path: "cluster.distribution" };
  for (const { component, path } of plan.chosen)
    if (component.lacks !== undefined)
      yield { what: component.title, lacks: component.lacks, path: path ?? "lan.cidr" };
}

export const familiesSupported: Rule = {
  id: "FAMILY-SUPPORT",
  severity: "error",
  title: "everything in use works with the IP families of the network",
  because:
    "What does not know how to do it starts with half of the addresses or not at all, and the rest waits for it.",
  source: "the source of each part at its pinned version; the message names it",
  unless: ["FAMILY-NETWORK", "FAMILY-ORDER"],
  *check(plan) {
    const families = familiesText(plan.stacks.map(({ family }) => family));
    for (const { what, lacks, path } of lacking(plan)) {
      const reason = lacks[families];
      if (reason === undefined) continue;
      yield {
        message: `${what} does not work with ${families}: ${reason.because} (${reason.source})`,
        paths: [path, "lan.cidr"],
        fix: reason.fix,
      };
    }
  },
};

export const serversReachable: Rule = {
  id: "FAMILY-SERVER",
  severity: "error",
  title: "nodes have the IP family of the servers they ask",
  because: "A node without an address of that family has no way to the server; without names it pulls no image.",
  source: "RFC 4213 §2: IPv4 and IPv6 are two networks beside each other",
  unless: ["FAMILY-NETWORK", "FAMILY-NODE"],
  *check(plan) {
    const ntp = plan.lan.ntp.map((text, index) => ({ ip: parseIp(text), path: `lan.ntp.${index}` }));
    const families = plan.stacks.map(({ family }) => family);
    for (const { ip, path } of [...plan.lan.resolvers, ...ntp]) {
      if (ip === undefined || families.includes(familyOf(ip))) continue;
      yield {
        message: `${ip} is ${familyName(familyOf(ip))}, and the nodes have ${familiesText(families)}`,
        paths: [path, "lan.cidr"],
        fix: `its ${familyName(families[0] ?? 4)} address`,
      };
    }
  },
};
