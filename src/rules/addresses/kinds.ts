import { contains, covers, overlaps, parseCidr, type Cidr, type Ip } from "../../model/address.ts";
import type { Plan } from "../../model/plan.ts";
import { toldIn } from "../../model/told.ts";
import type { Rule } from "../rule.ts";
import { isOthers, networksOf, verb } from "./networks.ts";

const networks = (...texts: readonly string[]): readonly Cidr[] => texts.map((text) => parseCidr(text) as Cidr);

const SPECIAL = [
  // IANA IPv4 Special-Purpose Address Registry: this network, loopback, link-local, multicast, reserved.
  ...networks("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"),
  // The IPv6 one: none and loopback, NAT64, discard, benchmarks, 6to4, documentation, link-local, multicast.
  ...networks("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "2002::/16"),
  ...networks("2001:db8::/32", "3fff::/20", "fe80::/10", "ff00::/8"),
];
// RFC 1918 and, for those behind a provider's NAT, RFC 6598.
const PRIVATE = networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");
// What IANA lets registries give out (RFC 4291 §2.4): a provider delegates a part of it to a house.
const GLOBAL = parseCidr("2000::/3") as Cidr;

const ordinary = ({ family }: Pick<Cidr, "family">): string =>
  family === 6 ? "a network of fd00::/8" : "a network of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";

export const ordinaryNetworks: Rule = {
  id: "NET-KIND",
  severity: "error",
  title: "LAN, other networks, pods, services and what routers are told are ordinary networks",
  because:
    "Systems treat loopback, link-local, multicast, documentation and reserved addresses by rules of their own and do not route them.",
  source: "RFC 6890; IANA IPv4 and IPv6 Special-Purpose Address Registries",
  *check(plan) {
    for (const network of networksOf(plan)) {
      const { what, path, cidr } = network;
      const special = SPECIAL.find((range) => overlaps(range, cidr));
      if (special === undefined) continue;
      yield {
        message: `${what} (${cidr.text}) ${verb(network, "lie", "lies")} in ${special.text}, which is set apart`,
        paths: [path],
        fix: ordinary(cidr),
      };
    }
    for (const { what, path, range } of toldIn(plan)) {
      const special = SPECIAL.find((set) => overlaps(set, range));
      if (special === undefined) continue;
      yield {
        message: `${what} (${range.text}) lies in ${special.text}, which is set apart, and routers are told the way to it`,
        paths: [path],
        fix: `of ${ordinary(range)}`,
      };
    }
  },
};

export const privateNetworks: Rule = {
  id: "NET-PUBLIC",
  severity: "warning",
  title: "LAN, pods and services are private networks",
  because: "Whoever has these addresses on the internet cannot be reached from this network any more.",
  source: "RFC 1918, RFC 6598",
  unless: ["NET-KIND", "NET-OVERLAP", "NET-SERVICES-SIZE"],
  *check(plan) {
    // Other networks may well be public: a site at the other end of a VPN.
    for (const network of networksOf(plan).filter((one) => !isOthers(one) && one.cidr.family === 4)) {
      const { what, path, cidr } = network;
      const inside = PRIVATE.some((range) => covers(range, cidr));
      if (!inside)
        yield {
          message: `${what} (${cidr.text}) ${verb(network, "are", "has")} public addresses`,
          paths: [path],
          fix: ordinary(cidr),
        };
    }
  },
};

export const lastingPrefix: Rule = {
  id: "NET-PREFIX",
  severity: "warning",
  title: "LAN, pods and services do not depend on a prefix of your provider",
  because:
    "Most providers delegate another prefix after a while or after a restart of the router. Every address here would then be somebody else's, and pods and Services cannot change theirs.",
  source: "RFC 4193 §1: local addresses are independent of any provider; RFC 8978 on renumbering at the edge",
  unless: ["NET-KIND", "NET-OVERLAP"],
  *check(plan) {
    for (const network of networksOf(plan).filter((one) => !isOthers(one))) {
      const { what, path, cidr } = network;
      if (!covers(GLOBAL, cidr)) continue;
      yield {
        message: `${what} (${cidr.text}) ${verb(network, "have", "has")} addresses of a prefix that a provider gives`,
        paths: [path],
        fix: "a network of fd00::/8 beside it, which routers can announce too; a prefix that is yours for good: a silence with that reason",
      };
    }
  },
};

/** Of the house, or of a network that nobody on the internet reaches. */
export const isAtHome = (ip: Ip, plan: Plan): boolean =>
  [...PRIVATE, ...LOCAL].some((range) => contains(range, ip)) ||
  networksOf(plan).some(({ cidr }) => contains(cidr, ip));

/** An IPv6 address that no provider routes. */
export const isLocal = (ip: Ip): boolean => LOCAL.some((range) => contains(range, ip));

// RFC 4193.
const LOCAL = networks("fc00::/7");
