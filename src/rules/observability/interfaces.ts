/** How people get to what shows the network. */
import { cilium } from "../../catalog/cilium.ts";
import { grafana } from "../../catalog/grafana.ts";
import { gatewayOf, hubble } from "../../catalog/hubble.ts";
import { optionsOf } from "../../model/chosen.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

export const shownAtGateway: Rule = {
  id: "SHOWN-GATEWAY",
  severity: "error",
  title: "what shows the network is at a gateway there is",
  because: "A route without its gateway leads nowhere, and nobody is told.",
  source: "gateways of homelab.yaml",
  *check(plan) {
    const names = plan.gateways.map((gateway) => gateway.name);
    for (const component of [grafana, hubble]) {
      const name = (optionsOf(plan, component) as { readonly gateway?: string } | undefined)?.gateway;
      if (name === undefined || names.some((known) => known === name)) continue;
      const near = suggest(name, names);
      yield {
        message: `${component.title} is to be at the gateway ${name}, which does not exist`,
        paths: [`observability.${component.id}.gateway`],
        fix:
          near === undefined ? `one of ${names.join(", ") || "the gateways you add first"}` : `did you mean ${near}?`,
      };
    }
  },
};

export const hubbleAtHome: Rule = {
  id: "HUBBLE-PUBLIC",
  severity: "error",
  title: "Hubble is shown in the house alone",
  because: "It asks for no password: whoever finds it sees every connection of the cluster.",
  source: "Cilium documentation 1.20, Service Map & Hubble UI",
  *check(plan) {
    const options = optionsOf(plan, hubble);
    if (options === undefined) return;
    for (const name of gatewayOf(plan, options)) {
      const gateway = plan.gateways.find((candidate) => candidate.name === name);
      if (gateway?.public === undefined) continue;
      yield {
        message: `the gateway ${name}, which leads to Hubble, is reached from the internet`,
        paths: [
          options.gateway === undefined ? "observability.hubble" : "observability.hubble.gateway",
          `ingress.gateways.${name}.public`,
        ],
        fix: "observability.hubble.gateway: one that only the LAN reaches",
      };
    }
  },
};

export const hubbleRuns: Rule = {
  id: "HUBBLE-OFF",
  severity: "error",
  title: "Hubble is shown where it runs",
  because: "The route would lead to a Service that is not there.",
  source: "cilium 1.20.0, values: hubble.enabled",
  *check(plan) {
    if (optionsOf(plan, hubble) === undefined || optionsOf(plan, cilium)?.hubble !== false) return;
    yield {
      message: "Hubble is to be shown, and cni.hubble says that it does not run",
      paths: ["observability.hubble", "cni.hubble"],
      fix: "leave one of the two out",
    };
  },
};
