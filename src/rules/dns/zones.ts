/** `dns.zones`: where machines and apps have their names. */
import { isUnder } from "../../model/names.ts";
import { ZONES } from "../../model/zones.ts";
import type { Rule } from "../rule.ts";

export const zoneOurs: Rule = {
  id: "DNS-ZONE-DOMAIN",
  severity: "error",
  title: "a zone is below one of the domains",
  because:
    "The resolver of the LAN asks the cluster for its own domains and no others; and a domain itself has names of every sort.",
  source: "k8s-gateway documentation: authoritative for its zones",
  *check({ zones, domains }) {
    for (const key of ZONES) {
      const zone = zones[key];
      if (zone === undefined || domains.some((domain) => zone !== domain && isUnder(zone, domain))) continue;
      yield {
        message: domains.includes(zone)
          ? `${zone} is a whole domain, and a zone is a part of one`
          : `${zone} is not below ${domains.join(" or ")}`,
        paths: [`dns.zones.${key}`, "domains"],
        fix: `dns.zones.${key}: ${key === "machines" ? "nodes" : "services"}, which stands below ${domains[0]}; or add its domain to domains`,
      };
    }
  },
};

export const zonesApart: Rule = {
  id: "DNS-ZONE-TWICE",
  severity: "error",
  title: "machines and apps have zones of their own",
  because: "An app that is called like a machine would never be found: the name of the machine is answered first.",
  source: "CoreDNS 1.14.2, zdirectives.go: the plugin hosts stands before k8s_gateway",
  *check({ zones }) {
    if (zones.machines === undefined || zones.machines !== zones.services) return;
    yield {
      message: `${zones.machines} is the zone of machines and of apps`,
      paths: ["dns.zones.machines", "dns.zones.services"],
      fix: "a name for each, such as nodes and services",
    };
  },
};
