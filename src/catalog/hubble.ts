import { z } from "zod";
import { hostnameField, labelField } from "../fields/fields.ts";
import type { Component } from "../model/component.ts";
import { parseHostname, type Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow } from "../model/unit.ts";
import { appDomain } from "../model/zones.ts";
import { schemeOf } from "./gatewayCertificates.ts";

const ID = "hubble";
const NAMESPACE = "kube-system";
/** Of the chart (cilium 1.20.0, templates/hubble-ui). */
const UI = "hubble-ui";

const options = z.strictObject({
  gateway: labelField()
    .optional()
    .describe("gateway that leads to its web interface, which asks for no password; the default one when absent")
    .meta({ kind: "the name of a gateway", example: "internal" }),
  host: hostnameField()
    .optional()
    .describe("name it answers to; hubble under the domain of apps when absent")
    .meta({ example: "hubble.ragas.cc" }),
});

export type HubbleOptions = z.output<typeof options>;

/** The pod network has it; here is how people get to see it. */
export const hubble: Component<HubbleOptions> = {
  id: ID,
  slot: "observability",
  title: "Hubble",
  summary: "the web interface of Cilium's flows and dropped packets at a name of yours; no pod of its own",
  options,
  partOf: "cilium",
  units: (plan, chosen) => {
    const gateways = gatewayOf(plan, chosen);
    if (gateways.length === 0) return [];
    const route = { name: UI, namespace: NAMESPACE, host: hostOf(plan, chosen), gateways };
    return [
      {
        id: ID,
        component: ID,
        namespace: NAMESPACE,
        routes: [{ ...route, service: UI, port: 80 }],
        after: ["cilium"],
        view: {},
      },
    ];
  },
  flows: (plan, chosen) => (gatewayOf(plan, chosen).length === 0 ? [] : [requests]),
  docs: {
    template: `components/${ID}/docs.md`,
    view: (plan, chosen) => ({
      url: gatewayOf(plan, chosen).length === 0 ? null : `${schemeOf(plan)}://${hostOf(plan, chosen)}`,
      namespace: NAMESPACE,
      service: UI,
    }),
  },
};

/** The one it names, which rules look at, or the default one. */
export const gatewayOf = ({ gateways }: Plan, { gateway }: HubbleOptions): readonly string[] =>
  gateways
    .filter(({ name, isDefault }) => (gateway === undefined ? isDefault : name === gateway))
    .map(({ name }) => name);

function hostOf(plan: Plan, { host }: HubbleOptions): Hostname {
  const found = host ?? parseHostname(`${ID}.${appDomain(plan)}`);
  if (found === undefined) throw new Error(`no host name: ${ID} under ${appDomain(plan)}`);
  return found;
}

const requests: Flow = {
  unit: ID,
  namespace: NAMESPACE,
  name: UI,
  to: { "app.kubernetes.io/name": UI, "app.kubernetes.io/part-of": "cilium" },
  from: ["gateway"],
  ports: [{ port: 8081, protocol: "TCP" }],
  because: "requests of browsers",
};
