/** How people get to Grafana. */
import { grafana } from "../../catalog/grafana.ts";
import { optionsOf } from "../../model/chosen.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

export const grafanaGateway: Rule = {
  id: "GRAFANA-GATEWAY",
  severity: "error",
  title: "Grafana is at a gateway there is",
  because: "A route without its gateway leads nowhere, and nobody is told.",
  source: "gateways of homelab.yaml",
  *check(plan) {
    const name = optionsOf(plan, grafana)?.gateway;
    const names = plan.gateways.map((gateway) => gateway.name);
    if (name === undefined || names.includes(name)) return;
    const near = suggest(name, names);
    yield {
      message: `Grafana is to be at the gateway ${name}, which does not exist`,
      paths: ["observability.grafana.gateway"],
      fix: near === undefined ? `one of ${names.join(", ") || "the gateways you add first"}` : `did you mean ${near}?`,
    };
  },
};
