import { TRAEFIK } from "../../catalog/traefikEntrypoints.ts";
import { isChosen } from "../../model/chosen.ts";
import type { Rule } from "../rule.ts";

/** The objects of a gateway are called as it is, in the namespace of its controller. */
export const ownName: Rule = {
  id: "GW-NAME",
  severity: "error",
  title: "no gateway is called like its controller",
  because: "Both have a Deployment and a Service of that name in one namespace, and each would overwrite the other's.",
  source: "envoyproxy/gateway v1.9.0, deploy type GatewayNamespace: objects are named as the Gateway",
  *check(plan) {
    for (const { name, service, component } of plan.gateways) {
      // The Service of Traefik's release is a gateway.
      if (isChosen(plan, service) && component !== TRAEFIK)
        yield {
          message: `the gateway ${name} becomes ${service}, which is the name of its controller`,
          paths: [`ingress.gateways.${name}`],
          fix: "another name, such as internal",
        };
    }
  },
};

export const oneDefault: Rule = {
  id: "GW-DEFAULT",
  severity: "error",
  title: "one gateway is the default",
  because:
    "A route that names no gateway goes to the default one; with none or two of them nobody can tell where it went.",
  source: "the order of this program: `gen add-route` without --gateway",
  *check({ gateways }) {
    const defaults = gateways.filter(({ isDefault }) => isDefault);
    if (defaults.length === 1 || gateways.length === 0) return;
    yield {
      message:
        defaults.length === 0
          ? `none of the gateways ${gateways.map(({ name }) => name).join(", ")} is the default`
          : `${defaults.map(({ name }) => name).join(" and ")} are both the default gateway`,
      paths:
        defaults.length === 0 ? ["ingress.gateways"] : defaults.map(({ name }) => `ingress.gateways.${name}.default`),
      fix: "default: true on exactly one",
    };
  },
};
