/** What comes with a controller that nobody looks after any more. */
import { INGRESS_NGINX, longestName } from "../../catalog/ingress-nginx.ts";
import { chosenIn } from "../../model/chosen.ts";
import type { Rule } from "../rule.ts";

export const retiredController: Rule = {
  id: "NGX-01",
  severity: "warning",
  title: "somebody looks after what carries requests",
  because:
    "Its makers ended in March 2026: holes that are found since then stay open, in what stands between the network and the apps.",
  source: "kubernetes.io, Ingress NGINX Retirement: What You Need to Know (2025-11-11)",
  *check(plan) {
    for (const { component, path = "ingress" } of chosenIn(plan, "ingress")) {
      if (component.id !== INGRESS_NGINX) continue;
      yield {
        message: `${component.title} is retired, and nothing follows its last release`,
        paths: [`${path}.provider`],
        fix: `another provider, gateway by gateway (docs/components.md, ${component.title}); or silence: { NGX-01: … } with your reason`,
      };
    }
  },
};

// Kubernetes documentation, Object Names and IDs: a label has at most 63 characters.
const LONGEST_LABEL = 63;

export const shortName: Rule = {
  id: "NGX-NAME",
  severity: "error",
  title: "the objects of a gateway have names that Kubernetes takes",
  because:
    "The chart cuts off what is longer, and Services of one gateway get one name; a release of more than 53 characters Helm refuses.",
  source: "ingress-nginx 4.15.1, templates/_helpers.tpl; Helm documentation, release names",
  *check({ gateways }) {
    for (const { name, component } of gateways) {
      const tooLong = longestName(name).length - LONGEST_LABEL;
      if (component !== INGRESS_NGINX || tooLong <= 0) continue;
      yield {
        message: `${longestName(name)}, a Service of the gateway ${name}, has ${longestName(name).length} characters, and ${LONGEST_LABEL} is the most`,
        paths: [`ingress.gateways.${name}`],
        fix: `a name of at most ${name.length - tooLong} characters`,
      };
    }
  },
};
