import { issuerFor } from "../../catalog/gatewayCertificates.ts";
import { letsEncrypt } from "../../catalog/letsencrypt.ts";
import { publishers } from "../../catalog/publishing.ts";
import { optionsOf } from "../../model/chosen.ts";
import { privateSuffix } from "../../model/privateDomain.ts";
import type { Rule } from "../rule.ts";

const PATH = "certificates.letsencrypt";

export const publicDomain: Rule = {
  id: "TLS-04",
  severity: "error",
  title: "Let's Encrypt can look the domain up",
  because: "A public authority only certifies names of the public DNS; it refuses this one every time.",
  source: "CA/Browser Forum Baseline Requirements §4.2.2, internal names; RFC 8375; RFC 6762",
  *check(plan) {
    for (const [index, domain] of plan.domains.entries()) {
      const suffix = privateSuffix(domain);
      if (suffix === undefined || issuerFor(domain, plan)?.component.id !== letsEncrypt.id) continue;
      yield {
        message: `${domain} is not on the internet: nobody can own a name under ${suffix}`,
        paths: [`domains.${index}`, PATH],
        fix: "certificates: { internal-ca: true }, an authority of your own; or a domain of your own",
      };
    }
  },
};

// Cloudflare's API takes no changes of zones under these (cert-manager documentation, DNS01, Cloudflare).
const REFUSED = ["cf", "ga", "gq", "ml", "tk"];

export const editableZone: Rule = {
  id: "TLS-15",
  severity: "error",
  title: "the DNS host lets programs change the zone",
  because: "Cloudflare refuses changes by its API to domains of the free top-level domains.",
  source: "cert-manager documentation, ACME DNS01, Cloudflare: Limitations",
  *check(plan) {
    const solver = optionsOf(plan, letsEncrypt)?.solver === "cloudflare" ? [`${PATH}.solver`] : [];
    const records = publishers(plan).flatMap(({ component, path }) =>
      component.provider === "cloudflare" && path !== undefined ? [path] : [],
    );
    if (solver.length + records.length === 0) return;
    for (const [index, domain] of plan.domains.entries()) {
      const last = domain.split(".").at(-1) ?? "";
      if (!REFUSED.includes(last)) continue;
      yield {
        message: `Cloudflare's API changes no record of ${domain}, as of no domain under .${last}`,
        paths: [`domains.${index}`, ...solver, ...records],
        fix: "a domain of another top-level domain",
      };
    }
  },
};
