/** What a router has to know of the nodes that speak with it. */
import { bits, familyOf, type Family, type Ip } from "../model/address.ts";
import { speakingNodes, type BgpPeer } from "../model/bgp.ts";
import type { Plan } from "../model/plan.ts";
import { prefixesOf, type Prefix } from "../model/prefixes.ts";
import { toldIn } from "../model/told.ts";

/** Sessions of one family: the address of the router in it, and those of the nodes. */
export type Sessions = {
  readonly family: Family;
  /** Name of the neighbours together, and of what they may say. */
  readonly group: string;
  /** `ip` or `ipv6`, as commands begin. */
  readonly word: "ip" | "ipv6";
  readonly address: Ip;
  /** Length of one address. */
  readonly length: number;
  readonly nodes: readonly { readonly name: string; readonly ip: Ip }[];
  /** What nodes may announce. */
  readonly prefixes: readonly (Prefix & { readonly place: number })[];
};

export function sessionsWith(peer: BgpPeer, plan: Plan): readonly Sessions[] {
  const nodes = speakingNodes(plan);
  return peer.ips.flatMap((address): readonly Sessions[] => {
    const family = familyOf(address);
    const speaking = nodes.flatMap(({ name, ips }) =>
      ips.filter((ip) => familyOf(ip) === family).map((ip) => ({ name, ip })),
    );
    if (speaking.length === 0) return [];
    const prefixes = toldIn(plan)
      .filter(({ range }) => range.family === family)
      .flatMap(({ range }) => prefixesOf(range));
    return [
      {
        family,
        // A router may look after several clusters.
        group: family === 4 ? plan.name : `${plan.name}-v6`,
        word: family === 4 ? "ip" : "ipv6",
        address,
        length: bits(family),
        nodes: speaking,
        prefixes: prefixes.map((prefix, index) => ({ ...prefix, place: 5 * (index + 1) })),
      },
    ];
  });
}

// Packages of FRR are built for 16 ways or more (--enable-multipath, FRR documentation, Building FRR).
const MOST_PATHS = 16;

/** Ways to one address: a node each, as far as routers take them. */
export const pathsFor = (plan: Plan): number => Math.min(speakingNodes(plan).length, MOST_PATHS);
