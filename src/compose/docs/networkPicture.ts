/** The map of the network: router, machines, cluster, and the addresses Services have. */
import { contains, familyOf, shortRange, type Ip } from "../../model/address.ts";
import { announcementOf } from "../../model/bgp.ts";
import { both } from "../../model/families.ts";
import type { Plan } from "../../model/plan.ts";
import type { Claim } from "../../model/addressBook.ts";
import { groupsOf, type Group } from "../../plan/addressRows.ts";
import { mermaid, type Arrow, type Box, type Frame } from "./mermaid.ts";
import { announcerTitle, isTold, wayIn } from "./names.ts";
import { toldServer } from "../../model/toldServer.ts";

/** More names than this in one box are shown by the first and the last. */
const NAMES = 4;

export function networkPicture(plan: Plan): readonly string[] {
  const hosts = hostBoxes(plan);
  // What routers are told the way to is in no network of the house.
  const isRouted = announcementOf(plan) === "bgp";
  return mermaid({
    direction: "TB",
    parts: [
      { id: "internet", lines: ["Internet"], round: true },
      { id: "router", lines: ["router", both(plan.stacks.flatMap(({ router }) => router?.value ?? []))] },
      {
        id: "lan",
        title: `LAN ${both(plan.stacks.flatMap(({ lan }) => lan?.value ?? []))}`,
        parts: [...hosts, ...devices(plan), cluster(plan), ...(isRouted ? [] : pools(plan))],
      },
      ...(isRouted ? pools(plan) : []),
    ],
    arrows: [
      { from: "internet", to: "router", style: "line" },
      { from: "router", to: "lan", style: "line" },
      ...questions(plan),
      ...poolNames(plan).map((name): Arrow => ({ from: "cluster", to: poolId(name), ...announced(plan) })),
      ...ways(plan),
    ],
  });
}

const poolId = (name: string): string => `pool_${name.replaceAll("-", "_")}`;
/** The box an address of a Service is in: one of a pool its own, one of a node that of the cluster. */
const serviceId = (ip: Ip, { addresses }: Plan): string =>
  addresses.ownersOf(ip).some(({ onNode }) => onNode !== undefined) ? "cluster" : `service_${ip.replace(/[.:]/g, "_")}`;
const hostId = (ip: Ip): string => `host_${ip.replace(/[.:]/g, "_")}`;

const announced = (plan: Plan): { label?: string } => {
  const title = announcerTitle(plan);
  return title === undefined ? {} : { label: title };
};

/** Whoever has two addresses is in the picture once, with that of the first family. The table has all. */
function drawn({ addresses: { claims }, stacks: [{ family }] }: Plan): readonly Claim[] {
  const first = new Set(claims.filter(({ ip }) => familyOf(ip) === family).map(({ owner }) => owner));
  return claims.filter(({ ip, owner }) => familyOf(ip) === family || !first.has(owner));
}

const poolNames = ({ pools }: Plan): readonly string[] => [...new Set(pools.map(({ name }) => name))];

/** Machines of the LAN; the router, where it is named among them, has a box already. */
const ownClaims = (plan: Plan): readonly Claim[] =>
  drawn(plan).filter(({ role, sameAs }) => role === "host" && !sameAs);

/** A resolver stands alone, because an arrow leads from it; machines beside each other share a box. */
function hostBoxes(plan: Plan): readonly Box[] {
  const claims = ownClaims(plan);
  const resolvers = claims.filter(({ ip }) => isTold(plan, ip));
  const others = groupsOf(claims.filter((claim) => !resolvers.includes(claim)));
  return [
    ...others.map((group): Box => ({
      id: hostId(firstOf(group)),
      lines: [names(group.owners), shortRange(group.range)],
    })),
    ...resolvers.map((claim): Box => ({
      id: hostId(claim.ip),
      lines: [claim.owner, claim.ip, ...softwareOf(claim, plan)],
    })),
  ];
}

const firstOf = ({ range }: Group): Ip => range.text.split("-")[0] as Ip;

const softwareOf = ({ ip }: Claim, { lan }: Plan): readonly string[] => {
  const software = lan.hosts.find((host) => host.ip === ip)?.software ?? [];
  return software.length === 0 ? [] : [software.join(", ")];
};

const devices = ({ lan: { dhcp } }: Plan): readonly Box[] =>
  dhcp === undefined ? [] : [{ id: "devices", lines: ["devices by DHCP", shortRange(dhcp)] }];

function cluster(plan: Plan): Frame {
  const claims = drawn(plan).filter(({ role }) => role === "api" || role === "node");
  const boxes = groupsOf(claims).map((group, index): Box => ({
    id: `cluster_${index + 1}`,
    lines: [names(group.owners), shortRange(group.range), ...(group.note === "" ? [] : [group.note])],
  }));
  return { id: "cluster", title: `cluster ${plan.name}`, parts: boxes };
}

const pools = (plan: Plan): readonly Frame[] =>
  poolNames(plan).map((name) => {
    const ranges = plan.pools.filter((pool) => pool.name === name).map(({ range }) => range);
    const used = drawn(plan).filter(({ ip, fromPool }) => fromPool && ranges.some((range) => contains(range, ip)));
    const boxes = [...new Set(used.map(({ ip }) => ip))].map((ip): Box => ({
      id: serviceId(ip, plan),
      lines: [...used.filter((claim) => claim.ip === ip).map(({ owner }) => owner), ip],
    }));
    const free: Box = { id: `${poolId(name)}_free`, lines: ["all free"] };
    return {
      id: poolId(name),
      title: `pool ${name}, ${ranges.map(shortRange).join(" and ")}`,
      parts: boxes.length === 0 ? [free] : boxes,
    };
  });

/** Resolvers of the LAN send questions about the domains to the server in the cluster. */
function questions(plan: Plan): readonly Arrow[] {
  const server = toldServer(plan);
  if (server === undefined) return [];
  const known = new Set(ownClaims(plan).map(({ ip }) => ip));
  const asking = plan.lan.dns.flatMap((ip) =>
    known.has(ip) ? [hostId(ip)] : ip === plan.lan.gateway ? ["router"] : [],
  );
  return [...new Set(asking)].map((from) => ({ from, to: serviceId(server, plan), label: plan.domains.join(", ") }));
}

const ways = (plan: Plan): readonly Arrow[] =>
  plan.gateways.flatMap((gateway) =>
    gateway.public === undefined
      ? []
      : [{ from: "internet", to: serviceId(gateway.address, plan), label: wayIn(gateway, plan) }],
  );

/** `pi-1, pi-2`, and of many `pi-1 to pi-9, 9 machines`. */
const names = (owners: readonly string[]): string =>
  owners.length <= NAMES ? owners.join(", ") : `${owners[0]} to ${owners.at(-1)}, ${owners.length} machines`;
