import { domainsIssuedBy, issuedCertificates, issuerFor, issuersOf } from "../../catalog/gatewayCertificates.ts";
import type { Chosen } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

const pathOf = ({ path }: Chosen): string => path ?? "certificates";

export const oneIssuer: Rule = {
  id: "TLS-ONE-ISSUER",
  severity: "error",
  title: "all names of a certificate have one authority",
  because:
    "A gateway that shows one certificate for every name has it from one authority, which certifies all of them or none.",
  source: "cert-manager v1.21.1, CertificateSpec: issuerRef is one; RFC 8555 §7.4, an order fails as a whole",
  *check(plan) {
    for (const { domains } of issuedCertificates(plan)) {
      const [first, second] = [...new Set(domains.flatMap((domain) => issuerFor(domain, plan) ?? []))];
      if (first === undefined || second === undefined) continue;
      const shown = domains.map((domain) => `${domain} has ${issuerFor(domain, plan)?.component.title ?? "nobody"}`);
      yield {
        message: `one certificate for all domains cannot come from two authorities: ${shown.join(", ")}`,
        paths: [pathOf(first), pathOf(second), "ingress.provider"],
        fix: `take ${pathOf(first)} out: ${second.component.title} certifies every domain; or a provider that tells certificates apart, such as envoy-gateway`,
      };
    }
  },
};

export const issuerUsed: Rule = {
  id: "TLS-ISSUER-IDLE",
  severity: "error",
  title: "every authority certifies something",
  because: "Each domain has one authority, the first that can; one that is left without looks as if it were in use.",
  source: "cert-manager v1.21.1, CertificateSpec: issuerRef is one",
  *check(plan) {
    for (const idle of issuersOf(plan)) {
      if (domainsIssuedBy(idle.component.id, plan).length > 0 || idle.component.issues?.besides?.(idle.options))
        continue;
      const others = issuersOf(plan).filter((one) => one !== idle);
      const names = others.map(({ component }) => component.title).join(" and ");
      yield {
        message: `${idle.component.title} certifies nothing: ${names} has ${plan.domains.join(" and ")}`,
        paths: [pathOf(idle), ...others.map(pathOf)],
        fix: "take out the one you do not want",
      };
    }
  },
};
