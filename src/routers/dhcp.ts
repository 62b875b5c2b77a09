/** What the DHCP server of the LAN hands out, to whom, and what it leaves alone. Of IPv4: RFC 2131. */
import { contains, familyOf, firstIp, lastIp, overlaps, type Cidr, type Ip } from "../model/address.ts";
import { attachmentsOf } from "../model/attachments.ts";
import { both, ofFamily } from "../model/families.ts";
import type { HouseRouter } from "../model/houseRouters.ts";
import type { Node, Plan } from "../model/plan.ts";

export type Reservation = {
  readonly name: string;
  readonly ip: Ip;
  /** Undefined until somebody has read it off the machine. */
  readonly mac: string | null;
  /** It stands in what is handed out to everybody. */
  readonly inside: boolean;
};

export type Dhcp = {
  readonly network: string;
  readonly router: Ip;
  readonly resolvers: readonly Ip[];
  /** What homelab.yaml says is handed out. */
  readonly range: { readonly text: string; readonly first: Ip; readonly last: Ip } | null;
  readonly reservations: readonly Reservation[];
  readonly unknown: boolean;
  /** Addresses that no machine asks for, and that are somebody's. */
  readonly kept: readonly { readonly what: string; readonly text: string }[];
  /** Networks beside the LAN whose DHCP server pods ask. */
  readonly attached: readonly { readonly name: string; readonly network: string; readonly asked: boolean }[];
};

export function dhcpOf(router: HouseRouter, plan: Plan): Dhcp | undefined {
  const stack = plan.stacks.find(({ family }) => family === 4);
  const lan = stack?.lan?.value;
  const own = stack?.router?.value;
  if (!router.ofLan || lan === undefined || own === undefined) return undefined;
  const { dhcp } = plan.lan;
  const reservations = machinesIn(lan, router, plan).map((machine) => ({
    ...machine,
    inside: dhcp !== undefined && contains(dhcp, machine.ip),
  }));
  return {
    network: lan.text,
    router: own,
    resolvers: plan.lan.dns.filter((ip) => familyOf(ip) === 4),
    range: dhcp === undefined ? null : { text: dhcp.text, first: firstIp(dhcp), last: lastIp(dhcp) },
    reservations,
    unknown: reservations.some(({ mac }) => mac === null),
    kept: keptIn(lan, own, plan),
    attached: attachmentsOf(plan).map(({ network, attach }) => ({
      name: network.name,
      network: both(network.cidrs),
      asked: attach.ipam === "dhcp",
    })),
  };
}

const machinesIn = (lan: Cidr, { ips }: HouseRouter, { nodes, lan: { hosts } }: Plan) =>
  [
    ...hosts.map((host) => ({ name: host.name, ips: host.ips, mac: null })),
    ...nodes.map((node) => ({ name: node.name, ips: node.ips, mac: macOf(node) })),
  ].flatMap(({ name, mac, ...machine }) => {
    const ip = ofFamily(machine.ips, 4);
    return ip === undefined || !contains(lan, ip) || ips.includes(ip) ? [] : [{ name, ip, mac }];
  });

/** Written, or given to the machine by the repository that makes it. */
function macOf({ made, options }: Node): string | null {
  const written = options["mac"];
  return made?.mac ?? (typeof written === "string" ? written : null);
}

function keptIn(lan: Cidr, own: Ip, { pools, addresses: { claims }, nodes }: Plan): Dhcp["kept"] {
  const ofMachines = new Set(nodes.flatMap(({ ips }) => ips));
  const alone = claims.filter(
    ({ ip, role, sameAs }) =>
      !sameAs &&
      (role === "api" || role === "gateway" || role === "service") &&
      contains(lan, ip) &&
      !ofMachines.has(ip) &&
      !pools.some(({ range }) => contains(range, ip)),
  );
  return [
    { what: "this router", text: own },
    ...alone.map(({ owner, ip }) => ({ what: owner, text: ip })),
    ...pools
      .filter(({ range }) => overlaps(lan, range))
      .map(({ name, range }) => ({ what: `the pool ${name}`, text: range.text })),
  ];
}
