/** `dns.zones`: whole names of the zones, and a record for every machine. */
import { contains, parseCidr, type Cidr } from "../model/address.ts";
import type { Hostname } from "../model/names.ts";
import type { DnsRecord, Host, Machine } from "../model/plan.ts";
import type { Zones } from "../model/zones.ts";
import type { Spec } from "../spec/spec.ts";

/** One word stands below the first domain. */
export function zonesOf({ zones, domains }: Pick<Spec, "zones" | "domains">): Zones {
  const whole = (zone: string | undefined): Hostname | undefined =>
    zone === undefined || zone.includes(".") ? (zone as Hostname | undefined) : (`${zone}.${domains[0]}` as Hostname);
  const [machines, services] = [whole(zones.machines), whole(zones.services)];
  return { ...(machines !== undefined && { machines }), ...(services !== undefined && { services }) };
}

// RFC 4291 §2.5.6: such an address means something only together with an interface.
const LINK_LOCAL = parseCidr("fe80::/10") as Cidr;

export function recordsOfZone({ machines }: Zones, all: readonly (Machine | Host)[]): readonly DnsRecord[] {
  if (machines === undefined) return [];
  return all.map(({ name, ips }) => {
    const found = ips.filter((ip) => !contains(LINK_LOCAL, ip));
    return {
      name: `${name}.${machines}` as Hostname,
      written: name,
      ip: found[0],
      ips: found,
      path: "dns.zones.machines",
      ofZone: true,
    };
  });
}
