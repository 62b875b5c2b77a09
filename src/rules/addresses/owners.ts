import { contains, type Ip } from "../../model/address.ts";
import type { Plan } from "../../model/plan.ts";
import type { Claim } from "../../model/addressBook.ts";
import { freeAddress, freeOf } from "../free.ts";
import type { Rule } from "../rule.ts";

/** R-NET-05 and LB-09 of the field's own validators: whoever has an address has it alone. */
export const oneOwner: Rule = {
  id: "NET-OWNER",
  severity: "error",
  title: "every address has one owner",
  because: "Two devices that answer for one address each get part of the traffic; connections fail at random.",
  source: "RFC 5227 (IPv4 address conflict detection)",
  *check(plan) {
    for (const [ip, claims] of sharedAddresses(plan)) {
      const owners = claims.map(({ owner }) => owner);
      yield {
        message: `${ip} belongs to ${owners.slice(0, -1).join(", ")} and to ${owners.at(-1)}`,
        paths: claims.map(({ path }) => path).reverse(),
        fix: ownAddress(claims.at(-1), plan),
      };
    }
  },
};

function ownAddress(claim: Claim | undefined, plan: Plan): string {
  const pool = plan.pools.find(({ range }) => claim?.fromPool && contains(range, claim.ip));
  const free = pool === undefined ? freeAddress(plan) : freeOf(pool, plan);
  return `give ${claim?.owner} an address of its own${free === undefined ? "" : `: ${free} is free`}`;
}

function sharedAddresses({ addresses, shared }: Plan): readonly (readonly [Ip, readonly Claim[]])[] {
  const ips = [...new Set(addresses.claims.map(({ ip }) => ip))];
  return ips
    .map((ip) => [ip, addresses.ownersOf(ip).filter(({ sameAs, onNode }) => !sameAs && !onNode)] as const)
    .filter(([ip, claims]) => claims.length > 1 && !(shared.includes(ip) && claims.every(({ fromPool }) => fromPool)));
}

export const oneName: Rule = {
  id: "NET-NAME",
  severity: "error",
  title: "a name stands for one machine",
  because:
    "Records, certificates and `lan.dns` refer to machines by name; a name with two owners sends them to the wrong one.",
  source: "RFC 1123 §2.1",
  *check(plan) {
    for (const host of plan.lan.hosts) {
      const { claims } = plan.addresses;
      const isRouter = claims.some(({ ip, role }) => role === "router" && host.ips.includes(ip));
      const other = claims.find(
        ({ owner, role }) => owner === host.name && role !== "host" && !(isRouter && role === "router"),
      );
      if (other === undefined) continue;
      const what = other.role === "node" ? "a node" : `the ${other.role} at ${other.ip}`;
      yield {
        message: `${host.name} is both ${what} and a host of the LAN`,
        paths: [other.role === "node" ? `cluster.nodes.${host.name}` : other.path, `lan.hosts.${host.name}`],
        fix:
          other.role === "node" ? "remove it from lan.hosts: nodes are known already" : "call the host something else",
      };
    }
  },
};
