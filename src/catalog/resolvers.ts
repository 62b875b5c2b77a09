/**
 * Resolvers of home networks, and how each is told to send questions about a domain to another server. The steps are
 * templates below repository/resolvers, by id.
 */
import type { Ip } from "../model/address.ts";
import type { Host, Plan } from "../model/plan.ts";

export interface Resolver {
  readonly id: string;
  readonly title: string;
  /** Other spellings of `software` in homelab.yaml. */
  readonly also: readonly string[];
}

export const RESOLVERS: readonly Resolver[] = [
  { id: "adguard-home", title: "AdGuard Home", also: ["adguard", "adguardhome"] },
  { id: "technitium", title: "Technitium DNS Server", also: ["technitium-dns"] },
  { id: "pihole", title: "Pi-hole 6", also: ["pi-hole"] },
  { id: "unifi", title: "UniFi", also: ["udm", "unifi-network"] },
  { id: "opnsense", title: "OPNsense, Unbound", also: [] },
  { id: "unbound", title: "Unbound", also: [] },
  { id: "dnsmasq", title: "dnsmasq", also: [] },
  { id: "blocky", title: "blocky", also: [] },
  { id: "mikrotik", title: "MikroTik RouterOS 7", also: ["routeros"] },
  { id: "pfsense", title: "pfSense, DNS Resolver", also: [] },
  { id: "vyos", title: "VyOS", also: [] },
];

/** A machine of the LAN that runs one of them, or nobody's. */
export interface Told {
  readonly resolver: Resolver;
  readonly host?: Host;
}

/** The machines of homelab.yaml, those the nodes ask first; where none is known, every resolver there is a page for. */
export function resolversToTell({ lan }: Plan): readonly Told[] {
  const known = lan.hosts.flatMap((host) => {
    const resolver = RESOLVERS.find((candidate) => host.software.some((software) => runsResolver(software, candidate)));
    return resolver === undefined ? [] : [{ resolver, host }];
  });
  const asked = ({ host }: { host: Host }): number =>
    lan.dns.includes(host.ip) ? lan.dns.indexOf(host.ip as Ip) : lan.dns.length;
  return known.length === 0 ? RESOLVERS.map((resolver) => ({ resolver })) : known.sort((a, b) => asked(a) - asked(b));
}

export const runsResolver = (software: string, { id, also }: Resolver): boolean =>
  [id, ...also].includes(software.toLowerCase().replaceAll(" ", "-"));
