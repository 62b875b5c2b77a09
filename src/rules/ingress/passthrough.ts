import { noPassthrough } from "../../catalog/throughTunnel.ts";
import { passedOn } from "../../catalog/passthrough.ts";
import type { Rule } from "../rule.ts";

export const passthroughNames: Rule = {
  id: "GW-PASSTHROUGH",
  severity: "error",
  title: "a gateway hands on unopened what can reach it, each name once",
  because:
    "No resolver sends other names here, a tunnel opens every connection itself, and Kubernetes refuses a Gateway with two listeners for one name.",
  source: "homelab.yaml, domains; gateway-api v1.6.1, Gateway.spec.listeners",
  *check({ gateways, domains }) {
    for (const gateway of gateways) {
      const [names, path] = [passedOn(gateway), `ingress.gateways.${gateway.name}.passthrough`];
      const tunnel = names.length > 0 ? noPassthrough(gateway) : undefined;
      if (tunnel !== undefined)
        yield { message: `no connection stays unopened there: ${tunnel.because}`, paths: [path], fix: tunnel.instead };
      for (const [index, name] of names.entries()) {
        if (names.indexOf(name) < index)
          yield { message: `${name} stands twice in ${path}`, paths: [`${path}.${index}`], fix: "once" };
        else if (!domains.some((domain) => name === domain || name.endsWith(`.${domain}`)))
          yield {
            message: `${name} is not under ${domains.join(" or ")}, so nobody asks ${gateway.name} for it`,
            paths: [`${path}.${index}`],
            fix: `${name.split(".")[0]}.${domains[0]}, or add its domain to domains`,
          };
      }
    }
  },
};
