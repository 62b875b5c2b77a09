/** What has to pass between networks of the house, and to the router itself, so that this network works. */
import { contains, familyOf, type Family, type Ip } from "../model/address.ts";
import { speakingNodes } from "../model/bgp.ts";
import { ofFamily } from "../model/families.ts";
import type { HouseRouter } from "../model/houseRouters.ts";
import { sendingsIn } from "../model/hostRole.ts";
import type { Host, Node, Plan } from "../model/plan.ts";
import { machinesMetered } from "../model/metrics.ts";
import { prefixesOf } from "../model/prefixes.ts";
import { toldIn } from "../model/told.ts";
import { toldServer } from "../model/toldServer.ts";

/** Addresses of one family, as rules name them. */
interface Place {
  /** To stand in a table, with its address where that is one. */
  readonly name: string;
  readonly shown: string;
  /** Networks and addresses, none of which a rule can leave out. */
  readonly texts: readonly string[];
}

export interface Passing {
  readonly family: Family;
  readonly from: Place;
  readonly to: Place;
  /** Any, where it is none. */
  readonly protocol: "tcp" | "udp" | undefined;
  readonly ports: readonly number[];
  readonly because: string;
  /** It ends at the router. */
  readonly own: boolean;
  /** The network does not work without it. What is not needed is for the people in a network to want, or not. */
  readonly needed: boolean;
}

// RFC 5881 §4, RFC 5883 §5.
const BFD = { near: 3784, far: 4784 };
// RFC 7530 §3.1; NFS 4 needs no other port.
const NFS = 2049;

export const passingsOf = (router: HouseRouter, plan: Plan): readonly Passing[] => [
  ...ofSessions(router, plan),
  ...(router.ofLan
    ? plan.stacks.flatMap(({ family }) => [
        ...toPools(family, plan),
        ...fromNodes(family, plan),
        ...fromResolvers(family, plan),
        ...fromMachines(family, plan),
        ...fromOthers(family, router, plan),
      ])
    : []),
];

const place = (name: string, ...texts: readonly string[]): Place => ({
  name,
  shown: texts.length === 1 ? `${name}, ${texts[0]}` : name,
  texts,
});

const nodesPlace = (nodes: readonly Node[], family: Family, name = "nodes"): Place =>
  place(name, ...nodes.flatMap(({ ips }) => ofFamily(ips, family) ?? []));

/** Nodes connect, and both sides look whether the other lives. */
function ofSessions({ peer }: HouseRouter, plan: Plan): readonly Passing[] {
  if (peer === undefined) return [];
  return peer.ips.flatMap((ip): readonly Passing[] => {
    const family = familyOf(ip);
    const from = nodesPlace(speakingNodes(plan), family, "nodes that announce");
    const whole = { family, from, to: place(peer.name, ip), own: true, needed: true } as const;
    if (from.texts.length === 0) return [];
    return [
      { ...whole, protocol: "tcp", ports: [179], because: "sessions that nodes open" },
      ...(peer.bfd
        ? [
            {
              ...whole,
              protocol: "udp" as const,
              ports: [peer.multihop === undefined ? BFD.near : BFD.far],
              because: "BFD, in both directions",
            },
          ]
        : []),
    ];
  });
}

/** The node answers a device of its own LAN directly, so a router sees half of each connection, in and out at one side. */
function toPools(family: Family, plan: Plan): readonly Passing[] {
  const lan = plan.stacks.find((stack) => stack.family === family)?.lan?.value.text;
  const ranges = toldIn(plan).filter(({ range }) => range.family === family);
  if (lan === undefined) return [];
  return ranges.map(({ range, what }) => ({
    family,
    from: place("the LAN", lan),
    to: { ...place(what, ...prefixesOf(range).map(({ text }) => text)), shown: `${what}, ${range.text}` },
    protocol: undefined,
    ports: [],
    because: "requests come by here, answers go directly",
    own: false,
    needed: true,
  }));
}

const outside = (family: Family, { lan: { hosts }, stacks }: Plan): readonly Host[] => {
  const lan = stacks.find((stack) => stack.family === family)?.lan?.value;
  return hosts.filter(({ ips }) => {
    const ip = ofFamily(ips, family);
    return ip !== undefined && lan !== undefined && !contains(lan, ip);
  });
};

/** Machines of the house that stand in another network and that nodes ask. */
function fromNodes(family: Family, plan: Plan): readonly Passing[] {
  const from = nodesPlace(plan.nodes, family);
  return outside(family, plan).flatMap((host) => {
    const ip = ofFamily(host.ips, family) as Ip;
    const asked = { family, from, to: place(host.name, ip), own: false, needed: true } as const;
    return [
      ...(host.software.some((one) => one.startsWith("nfs"))
        ? [{ ...asked, protocol: "tcp" as const, ports: [NFS], because: "volumes on NFS" }]
        : []),
      ...machinesMetered(plan)
        .filter((machine) => host.ips.includes(machine.ip))
        .map(({ job, port }) => ({
          ...asked,
          protocol: "tcp" as const,
          ports: [port],
          because: `numbers of ${job} for Prometheus`,
        })),
      ...(plan.lan.dns.includes(ip) ? names(asked, "names") : []),
      ...(plan.cluster.api.addresses.includes(ip)
        ? [{ ...asked, protocol: "tcp" as const, ports: [plan.cluster.api.port], because: "the Kubernetes API" }]
        : []),
    ];
  });
}

/** A resolver in another network sends questions about the domains on. */
function fromResolvers(family: Family, plan: Plan): readonly Passing[] {
  const server = toldServer(plan);
  if (server === undefined || familyOf(server) !== family) return [];
  const answering = place("the DNS server of the cluster", server);
  return outside(family, plan)
    .filter(({ ips }) => ips.some((ip) => plan.lan.dns.includes(ip)))
    .flatMap((host) =>
      names(
        { family, from: place(host.name, ofFamily(host.ips, family) as Ip), to: answering, own: false, needed: true },
        `questions about ${plan.domains.join(", ")}`,
      ),
    );
}

type Asked = Pick<Passing, "family" | "from" | "to" | "own" | "needed">;

const names = (asked: Asked, because: string): readonly Passing[] =>
  (["udp", "tcp"] as const).map((protocol) => ({ ...asked, protocol, ports: [53], because }));

/** Machines of the house that stand in another network and send something here. */
function fromMachines(family: Family, plan: Plan): readonly Passing[] {
  const far = outside(family, plan);
  return sendingsIn(plan).flatMap(({ machines, to, name, port, because }) => {
    const ip = ofFamily(to, family);
    if (ip === undefined) return [];
    return far
      .filter((host) => machines.includes(host))
      .map((host) => ({
        family,
        from: place(host.name, ofFamily(host.ips, family) as Ip),
        to: place(name, ip),
        protocol: "tcp",
        ports: [port],
        because,
        own: false,
        needed: true,
      }));
  });
}

/** What people in another network may want of this one. */
function fromOthers(family: Family, router: HouseRouter, plan: Plan): readonly Passing[] {
  const resolvers = plan.lan.hosts.filter(({ ips }) => ips.some((ip) => plan.lan.dns.includes(ip)));
  return plan.networks.flatMap((network) => {
    const cidr = ofFamily(network.cidrs, family);
    if (cidr === undefined) return [];
    const wish = { family, from: place(network.name, cidr.text), own: false, needed: false } as const;
    const api = plan.cluster.api.addresses.find((ip) => familyOf(ip) === family);
    return [
      ...plan.gateways.flatMap(({ object, addresses }) =>
        (ofFamily(addresses, family) === undefined ? [] : [ofFamily(addresses, family) as Ip]).map((ip) => ({
          ...wish,
          to: place(object, ip),
          protocol: "tcp" as const,
          ports: [80, 443],
          because: "apps",
        })),
      ),
      ...resolvers.flatMap(({ name, ips }) => {
        const ip = ofFamily(ips, family);
        return ip === undefined || contains(cidr, ip)
          ? []
          : names({ ...wish, to: place(name, ip), own: router.ips.includes(ip) }, "names, if DHCP hands it out");
      }),
      ...(api === undefined
        ? []
        : [
            {
              ...wish,
              to: place("the Kubernetes API", api),
              protocol: "tcp" as const,
              ports: [plan.cluster.api.port],
              because: "kubectl",
            },
          ]),
    ];
  });
}
