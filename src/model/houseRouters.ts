/** Routers of the house: the one that the LAN sends to, and those that nodes have sessions with. */
import type { Ip } from "./address.ts";
import { speakingNodes, type BgpPeer } from "./bgp.ts";
import { at } from "./layout.ts";
import type { RepoPath } from "./names.ts";
import type { Plan } from "./plan.ts";

export interface HouseRouter {
  /** By `bgp` or `lan.hosts`, and of its folder. */
  readonly name: string;
  readonly ips: readonly Ip[];
  readonly software: readonly string[];
  /** Devices of the LAN send to it whatever is not of the LAN. */
  readonly ofLan: boolean;
  /** How nodes have sessions with it; undefined where they have none. */
  readonly peer: BgpPeer | undefined;
}

/** The one of the LAN first. One machine stands in the list once, whatever it is. */
export function houseRouters(plan: Plan): readonly HouseRouter[] {
  const peers = speakingNodes(plan).length === 0 ? [] : (plan.bgp?.peers ?? []);
  const ips = plan.stacks.flatMap(({ router }) => router?.value ?? []);
  const isOfLan = (other: { readonly ips: readonly Ip[] }): boolean => other.ips.some((ip) => ips.includes(ip));
  const peer = peers.find(isOfLan);
  const host = plan.lan.hosts.find(isOfLan);
  const others = peers.filter((one) => one !== peer);
  const taken = new Set<string>([...others, ...plan.lan.hosts].map(({ name }) => name));
  const unnamed = ["router", "lan-router", "house-router"].find((name) => !taken.has(name)) ?? "router-of-the-lan";
  return [
    {
      name: peer?.name ?? host?.name ?? unnamed,
      ips: [...new Set([...ips, ...(peer?.ips ?? []), ...(host?.ips ?? [])])],
      software: [...new Set([...(peer?.software ?? []), ...(host?.software ?? [])])],
      ofLan: true,
      peer,
    },
    ...others.map((one) => ({ name: one.name, ips: one.ips, software: one.software, ofLan: false, peer: one })),
  ];
}

export const routerFolder = ({ name }: Pick<HouseRouter, "name">, plan: Pick<Plan, "root">): RepoPath =>
  at(plan, "routers", name);
