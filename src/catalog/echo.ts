import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { parseHostname, type Hostname } from "../model/names.ts";
import { appDomain } from "../model/zones.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import { anywhere } from "../model/workloads.ts";
import { schemeOf } from "./gatewayCertificates.ts";

const NAME = "echo";
const NAMESPACE = "default";
const PORT = 8080;

/** The first app: answers every request with what it received, which shows that name, gateway and route work. */
export const echo = (pins: ReadonlyMap<PinId, Pin>): Component<Record<string, never>> => ({
  id: NAME,
  title: "echo",
  summary: "a first app that answers with the request it got; remove it when you have others",
  options: z.strictObject({}),
  needed: (plan) => plan.gateways.length > 0,
  units: (plan) => {
    const image = pinOf(pins, "http-https-echo");
    return [
      {
        id: NAME,
        component: NAME,
        namespace: NAMESPACE,
        release: { name: NAME, chart: "app-template", values: "components/echo/values.yaml" },
        routes: [
          {
            name: NAME,
            namespace: NAMESPACE,
            host: hostOf(plan),
            service: NAME,
            port: PORT,
            gateways: defaultGateways(plan),
          },
        ],
        seeded: true,
        view: { repository: image.source, tag: image.version, port: PORT },
      },
    ];
  },
  flows: () => [
    {
      unit: NAME,
      namespace: NAMESPACE,
      name: NAME,
      to: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
      from: ["gateway"],
      ports: [{ port: PORT, protocol: "TCP" }],
      because: "requests that come through a gateway",
    },
  ],
  begins: () => [],
  workloads: () => [anywhere(NAME, 32)],
  pins: ["app-template", "http-https-echo"],
  docs: {
    template: "components/echo/docs.md",
    view: (plan) => ({ url: `${schemeOf(plan)}://${hostOf(plan)}`, gateways: defaultGateways(plan) }),
  },
});

function hostOf(plan: Plan): Hostname {
  const host = parseHostname(`${NAME}.${appDomain(plan)}`);
  if (host === undefined) throw new Error(`no host name: ${NAME} under ${appDomain(plan)}`);
  return host;
}

const defaultGateways = (plan: Plan): readonly string[] =>
  plan.gateways.filter(({ isDefault }) => isDefault).map(({ name }) => name);
