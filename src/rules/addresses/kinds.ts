import { overlaps, parseCidr, type Cidr } from "../../model/address.ts";
import type { Rule } from "../rule.ts";
import { networksOf, verb } from "./networks.ts";

const networks = (...texts: readonly string[]): readonly Cidr[] => texts.map((text) => parseCidr(text) as Cidr);

// IANA IPv4 Special-Purpose Address Registry: this network, loopback, link-local, multicast, reserved.
const SPECIAL = networks("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4");
// RFC 1918 and, for those behind a provider's NAT, RFC 6598.
const PRIVATE = networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

export const ordinaryNetworks: Rule = {
  id: "NET-KIND",
  severity: "error",
  title: "LAN, other networks, pods and services are ordinary networks",
  because:
    "Systems treat loopback, link-local, multicast and reserved addresses by rules of their own and do not route them.",
  source: "RFC 6890; IANA IPv4 Special-Purpose Address Registry",
  *check(plan) {
    for (const network of networksOf(plan)) {
      const { what, path, cidr } = network;
      const special = SPECIAL.find((range) => overlaps(range, cidr));
      if (special === undefined) continue;
      yield {
        message: `${what} (${cidr.text}) ${verb(network, "lie", "lies")} in ${special.text}, which is set apart`,
        paths: [path],
        fix: "a network of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
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
    for (const network of networksOf(plan).filter(({ kind }) => kind !== "other")) {
      const { what, path, cidr } = network;
      const inside = PRIVATE.some((range) => range.first <= cidr.first && cidr.last <= range.last);
      if (!inside)
        yield {
          message: `${what} (${cidr.text}) ${verb(network, "are", "has")} public addresses`,
          paths: [path],
          fix: "a network of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        };
    }
  },
};
