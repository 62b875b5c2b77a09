/** What each address family has. Values go to the stack of their family, in whatever order they are written. */
import { covers, fromNumber, parseCidr, type Cidr, type Family, type Ip } from "../model/address.ts";
import { familyIn, pathIn, type PerFamily } from "../model/families.ts";
import type { Placed, Stack } from "../model/plan.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Spec } from "../spec/spec.ts";
import { familiesOf, routersOf } from "./sections.ts";

export function stacksOf(spec: Spec): readonly [Stack, ...Stack[]] {
  const [first, ...others] = familiesOf(spec);
  return [stackOf(first, spec), ...others.map((family) => stackOf(family, spec))];
}

const stackOf = (family: Family, spec: Spec): Stack => ({
  family,
  lan: placedIn(family, "lan.cidr", spec.lan.cidr),
  router: placedIn(family, "lan.gateway", routersOf(spec)),
  pods: placedIn(family, "cluster.pods", spec.cluster.pods),
  services: placedIn(family, "cluster.services", spec.cluster.services),
});

function placedIn<Value extends Ip | Cidr>(
  family: Family,
  path: SpecPath,
  values: PerFamily<Value>,
): Placed<Value> | undefined {
  const index = values.findIndex((value) => familyIn(value) === family);
  const value = values[index];
  return value === undefined ? undefined : { value, path: pathIn(path, values, index) };
}

const network = (text: string): Cidr => parseCidr(text) as Cidr;

// RFC 4193: fd00::/8 is for everybody's own use.
const UNIQUE_LOCAL = network("fd00::/8");

/** Where a LAN has a prefix of a provider, or none: numbers that look like the usual IPv4 ranges, private like these. */
const ELSEWHERE = network("fd00:10::/48");

interface Inside {
  readonly pods: Cidr;
  readonly services: Cidr;
}

/**
 * Ranges inside the cluster for IPv6, the best first. Beside the LAN in its own /48 where that is a private one, so that
 * two houses that chose different prefixes never meet. A /56 has a /64 for 256 nodes; the API server takes at most 20
 * bits of Services (see src/rules/addresses/ranges.ts).
 */
export function insideIpv6(lan: Cidr): readonly [Inside, ...Inside[]] {
  const isOwn = covers(UNIQUE_LOCAL, lan) && lan.prefix >= SITE;
  return isOwn ? [insideSite(network(`${siteOf(lan)}/${SITE}`)), insideSite(ELSEWHERE)] : [insideSite(ELSEWHERE)];
}

const SITE = 48;

const siteOf = (lan: Cidr): Ip => fromNumber((lan.first >> 80n) << 80n, 6);

function insideSite(site: Cidr): Inside {
  const at = (subnet: bigint): Ip => fromNumber(site.first + (subnet << 64n), 6);
  return { pods: network(`${at(0x4200n)}/56`), services: network(`${at(0x4300n)}/112`) };
}
