/** Ports that the router forwards: to one gateway, from an address that somebody outside reaches. */
import { publishersOf } from "../../catalog/publishing.ts";
import { DYNAMIC_DNS, fixedAddresses, forwarded, homeName, isNamePublished } from "../../catalog/port-forward.ts";
import { dynamicHosts } from "../../catalog/dynamicHosts.ts";
import { familyOf } from "../../model/address.ts";
import { chosenIn } from "../../model/chosen.ts";
import { pathIn } from "../../model/families.ts";
import type { Gateway } from "../../model/gateway.ts";
import { isAtHome, isLocal } from "../addresses/kinds.ts";
import { privateSuffix } from "../../model/privateDomain.ts";
import type { Rule } from "../rule.ts";

const HOSTS = dynamicHosts.map(({ id }) => id).join(", ");

const pathOf = ({ name }: Gateway): string => `ingress.gateways.${name}.public`;
const fixedPath = (gateway: Gateway, index: number): string =>
  pathIn(`ingress.gateways.${gateway.name}.publicAddress`, fixedAddresses(gateway), index);

export const onePortForward: Rule = {
  id: "FWD-ONE",
  severity: "error",
  title: "the ports of the house lead to one gateway",
  because: "A router has one public address with one port 443, and forwards it to one address.",
  source: "RFC 2663 section 4.1.2: a port of the external address is bound to one address inside",
  *check(plan) {
    const all = forwarded(plan);
    if (all.length < 2) return;
    yield {
      message: `ports are forwarded to ${all.map(({ name }) => name).join(" and ")}`,
      paths: all.map(pathOf),
      fix: "public on one of them; its routes may go to other gateways as well",
    };
  },
};

export const forwardedFamily: Rule = {
  id: "FWD-FAMILY",
  severity: "error",
  title: "a router has an IPv4 address to forward ports to",
  because: "Routers forward ports of IPv4. An address of IPv6 is reached as it is, or not at all.",
  source: "RFC 4864 section 4.2: IPv6 needs no translation, a firewall decides; RFC 3022",
  *check(plan) {
    for (const gateway of forwarded(plan)) {
      const fixed = fixedAddresses(gateway);
      const isWanted = fixed.length === 0 || fixed.some((ip) => familyOf(ip) === 4);
      if (!isWanted || gateway.addresses.some((ip) => familyOf(ip) === 4)) continue;
      yield {
        message: `ports are forwarded to ${gateway.name}, which has no IPv4 address`,
        paths: [pathOf(gateway), `ingress.gateways.${gateway.name}.address`],
        fix: `an IPv4 address for it as well, or its own public IPv6 address as publicAddress`,
      };
    }
  },
};

export const publicAddressPublic: Rule = {
  id: "FWD-ADDRESS",
  severity: "error",
  title: "the public address is one that the internet reaches",
  because:
    "Nobody outside gets to such an address. Where the router has no other, the provider shares a public one among many houses, and no port of it can be forwarded.",
  source: "RFC 1918 section 3; RFC 6598 section 1; RFC 4193 section 1",
  *check(plan) {
    for (const gateway of forwarded(plan))
      for (const [index, ip] of fixedAddresses(gateway).entries()) {
        if (familyOf(ip) === 4 ? !isAtHome(ip, plan) : !isLocal(ip)) continue;
        yield {
          message: `${ip} is no address of the internet`,
          paths: [fixedPath(gateway, index)],
          fix: "what `dig @208.67.222.222 +short myip.opendns.com` prints at home, or public: cloudflare-tunnel where the provider gives you none",
        };
      }
  },
};

export const ownIpv6: Rule = {
  id: "FWD-IPV6",
  severity: "error",
  title: "a public IPv6 address is the gateway's own",
  because: "No router translates addresses of IPv6 on the way, so requests end at somebody else.",
  source: "RFC 4864 section 4.2",
  unless: ["FWD-ADDRESS"],
  *check(plan) {
    for (const gateway of forwarded(plan))
      for (const [index, ip] of fixedAddresses(gateway).entries()) {
        if (familyOf(ip) === 4 || gateway.addresses.includes(ip)) continue;
        yield {
          message: `${ip} is not the address of ${gateway.name}`,
          paths: [fixedPath(gateway, index), `ingress.gateways.${gateway.name}.address`],
          fix: `the same address in both places, from a pool of the network that the provider delegates`,
        };
      }
  },
};

export const forwardedDomain: Rule = {
  id: "FWD-DOMAIN",
  severity: "error",
  title: "a domain that the internet reaches is on the internet",
  because: "Nobody outside can look its names up.",
  source: "RFC 6761; RFC 8375",
  unless: ["TLS-04"],
  *check(plan) {
    const [gateway] = forwarded(plan);
    const [domain] = plan.domains;
    const suffix = domain === undefined ? undefined : privateSuffix(domain);
    if (gateway === undefined || domain === undefined || suffix === undefined) return;
    yield {
      message: `${homeName(plan)} cannot lead to the house: nobody can own a name under ${suffix}`,
      paths: ["domains.0", pathOf(gateway)],
      fix: "a domain of your own",
    };
  },
};

export const houseKept: Rule = {
  id: "FWD-RECORD",
  severity: "warning",
  title: "somebody keeps the record of the house",
  because: "Every public name leads to it, and so to nobody, or to whoever has your former address.",
  source: "RFC 1034 section 3.6.2: a CNAME is as good as what it leads to",
  unless: ["FWD-DOMAIN"],
  *check(plan) {
    const [gateway] = forwarded(plan);
    if (gateway === undefined || chosenIn(plan, DYNAMIC_DNS).length > 0) return;
    const isFixed = fixedAddresses(gateway).length > 0;
    if (isFixed && isNamePublished(gateway, plan)) return;
    yield {
      message: `nobody writes the record of ${homeName(plan)}`,
      paths: [pathOf(gateway), isFixed ? "dns.publish" : "dns.dynamic"],
      fix: isFixed
        ? `dns.publish: { cloudflare: { gateways: [${gateway.name}] } }, or a record by hand`
        : `dns.dynamic with one of ${HOSTS}; publicAddress where it never changes; or the router's own dynamic DNS`,
    };
  },
};

export const forwardedRecords: Rule = {
  id: "FWD-NAMES",
  severity: "warning",
  title: "names that are reached from outside get their records",
  because: "The port is open and no name leads to it until somebody writes its record by hand.",
  source: "docs/port-forward.md of the repository",
  unless: ["FWD-RECORD", "FWD-DOMAIN"],
  *check(plan) {
    for (const gateway of forwarded(plan)) {
      if (publishersOf(gateway, plan).length > 0) continue;
      yield {
        message: `nobody publishes the names of ${gateway.name}`,
        paths: [pathOf(gateway), "dns.publish"],
        fix: `dns.publish: { cloudflare: { gateways: [${gateway.name}] } }, or CNAMEs to ${homeName(plan)} by hand`,
      };
    }
  },
};
