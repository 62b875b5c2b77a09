/** Names inside the house: one who answers for them, and who that is. */
import { addressIn } from "../../catalog/lanServer.ts";
import { lanPublishers } from "../../catalog/publishing.ts";
import { chosenIn, isChosen } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import { isAtHome } from "../addresses/kinds.ts";
import type { Rule } from "../rule.ts";

const SPLIT = "dns.split";
const NONE = "no-split-dns";

const answers = (plan: Plan): boolean => chosenIn(plan, "split-dns").some(({ component }) => component.id !== NONE);

export const oneSource: Rule = {
  id: "PUB-LAN-SPLIT",
  severity: "error",
  title: "a name in the house comes from one place",
  because:
    "The resolver would forward the whole domain to the cluster and have records of its own for the same names: which one it answers with depends on the resolver.",
  source: "RFC 1034 section 4.2.1: a zone has one authority",
  *check(plan) {
    const [dns] = chosenIn(plan, "split-dns");
    if (dns === undefined || !answers(plan)) return;
    for (const { component, path = "dns.publish" } of lanPublishers(plan))
      yield {
        message: `${dns.component.title} answers for ${plan.domains.join(" and ")} in the house, and ${component.title} writes the same names into its DNS server`,
        paths: [path, SPLIT],
        fix: `${SPLIT}: none, or take ${path} out`,
      };
  },
};

export const somebodyAnswers: Rule = {
  id: "DNS-NOBODY",
  severity: "warning",
  title: "somebody tells the house the names of the network",
  because: "Apps run and nobody finds them by name until you write each name into your resolver by hand.",
  source: "the order of this program: dns.split, or a publisher that writes into a DNS server of the house",
  *check(plan) {
    if (!isChosen(plan, NONE) || lanPublishers(plan).length > 0) return;
    yield {
      message: `nobody answers for ${plan.domains.join(" and ")} in the house`,
      paths: [SPLIT, ...(plan.records.length > 0 ? ["dns.records"] : [])],
      fix: `${SPLIT}: k8s-gateway, or dns.publish with unifi, adguard-home, pihole, mikrotik or rfc2136`,
    };
  },
};

export const writtenAtHome: Rule = {
  id: "PUB-LAN-SERVER",
  severity: "error",
  title: "names of the house are written to a server of the house",
  because: "Everybody who asks that server learns the names of your apps and the addresses of your LAN.",
  source: "RFC 1918 section 5: private addresses do not belong in DNS outside",
  *check(plan) {
    for (const { component, options, path } of lanPublishers(plan)) {
      const server = component.publishes?.server?.(options) ?? "";
      const ip = addressIn(server);
      if (ip === undefined || isAtHome(ip, plan)) continue;
      yield {
        message: `${component.title} writes names of the house to ${server}, which is on the internet`,
        paths: [path ?? "dns.publish"],
        fix: "the address of the server in your LAN",
      };
    }
  },
};
