import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject, SecretNeed } from "../model/unit.ts";
import { FLUX_NAMESPACE } from "./flux-operator.ts";

const ID = "flux-alerts";
const ADDRESS = "alerts-address";

const options = z.strictObject({
  // Those of Flux's providers that are nothing but an address (Flux documentation, Provider).
  to: z.enum(["discord", "slack", "msteams", "rocket", "generic"]).describe("who is told"),
  severity: z
    .enum(["error", "info"])
    .default("error")
    .describe("whether only failures are told or every change")
    .meta({ because: "a message for everything that works is soon read by nobody" }),
});

type Options = z.output<typeof options>;

export const fluxAlerts: Component<Options> = {
  id: ID,
  slot: "notifications",
  provider: "alerts",
  title: "Alerts of Flux",
  summary: "tells a chat when something of the repository cannot be applied",
  options,
  units: (plan, chosen) => [
    {
      id: "flux-operator/alerts",
      component: ID,
      namespace: FLUX_NAMESPACE,
      objects: { "alerts.yaml": objects(plan, chosen) },
      secrets: [address(chosen)],
      view: {},
    },
  ],
  docs: {
    template: "components/flux-alerts/docs.md",
    view: (plan, { to, severity }) => ({ to, everything: severity === "info", namespaces: namespacesOf(plan) }),
  },
};

/** Where there are Kustomizations: beside the apps, and an Alert hears of a namespace only when it names it. */
function namespacesOf(plan: Plan): readonly string[] {
  const others = plan.chosen.filter(({ component }) => component.id !== ID);
  const used = others.flatMap((chosen) =>
    chosen.component.units(plan, chosen.options, chosen).map(({ namespace }) => namespace),
  );
  return [...new Set([FLUX_NAMESPACE, ...used])].sort();
}

const objects = (plan: Plan, { to, severity }: Options): readonly KubernetesObject[] => [
  {
    apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
    kind: "Provider",
    metadata: { name: "alerts" },
    spec: { type: to, secretRef: { name: ADDRESS } },
  },
  {
    apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
    kind: "Alert",
    metadata: { name: "alerts" },
    spec: {
      providerRef: { name: "alerts" },
      eventSeverity: severity,
      eventSources: namespacesOf(plan).flatMap((namespace) =>
        ["HelmRelease", "Kustomization"].map((kind) => ({ kind, name: "*", namespace })),
      ),
    },
  },
];

const address = ({ to }: Options): SecretNeed => ({
  name: ADDRESS,
  keys: [
    {
      key: "address",
      what: `address that takes messages for ${to === "generic" ? "your own service" : to}; who knows it can write there`,
      from: to === "generic" ? "the URL of your service" : `the settings of a channel at ${to}: incoming webhooks`,
    },
  ],
  because: "Flux sends its messages there",
});
