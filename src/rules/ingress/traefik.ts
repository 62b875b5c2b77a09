/** Entrypoints of Traefik: what it listens on, by names that are ports of Services as well. */
import { entrypointNames, traefikGateways } from "../../catalog/traefikEntrypoints.ts";
import type { Rule } from "../rule.ts";

// RFC 6335 §5.1, as Kubernetes takes it for names of ports.
const LONGEST_PORT = 15;
const PORT = /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** Of the chart (traefik 41.3.0, values.yaml, ports). */
const TAKEN = ["traefik", "metrics"];

export const entrypointNamed: Rule = {
  id: "TRF-02",
  severity: "error",
  title: "entrypoints of Traefik have names that ports can have",
  because:
    "The chart cuts longer names off, and two that begin alike become one port, so a Service leads to another's.",
  source: "traefik 41.3.0, templates/_helpers.tpl, traefik.portname; RFC 6335 §5.1",
  *check(plan) {
    for (const gateway of traefikGateways(plan)) {
      const name = entrypointNames(gateway).find((one) => one.length > LONGEST_PORT || !PORT.test(one));
      if (name === undefined) continue;
      const wrong =
        name.length > LONGEST_PORT
          ? `has ${name.length} characters, and ${LONGEST_PORT} is the most`
          : "is no name of a port, which has a letter and no two dashes in a row";
      yield {
        message: `the entrypoint ${name} of the gateway ${gateway.name} ${wrong}`,
        paths: [`ingress.gateways.${gateway.name}`],
        fix: `ingress.gateways.${gateway.name}.entrypoints: [web239, websecure239]`,
      };
    }
  },
};

export const entrypointOnce: Rule = {
  id: "TRF-03",
  severity: "error",
  title: "every entrypoint of Traefik is one gateway's",
  because: "What an entrypoint hears leaves by one port of the pod; two gateways that share it answer for each other.",
  source: "traefik 41.3.0, values.yaml: ports, which are told apart by their names",
  *check(plan) {
    const owners = new Map<string, string>(TAKEN.map((name) => [name, "Traefik itself"]));
    for (const gateway of traefikGateways(plan))
      for (const name of entrypointNames(gateway)) {
        const owner = owners.get(name);
        owners.set(name, owner ?? `the gateway ${gateway.name}`);
        if (owner === undefined) continue;
        yield {
          message: `the entrypoint ${name} of the gateway ${gateway.name} is that of ${owner}`,
          paths: [`ingress.gateways.${gateway.name}`],
          fix: "a name that nothing else has",
        };
      }
  },
};
