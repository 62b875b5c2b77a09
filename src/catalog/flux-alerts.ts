import { z } from "zod";
import type { Component } from "../model/component.ts";
import { unitFolder } from "../model/layout.ts";
import { repoPath } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject, SecretNeed } from "../model/unit.ts";
import { FLUX_NAMESPACE } from "./flux-operator.ts";

const ID = "flux-alerts";
const UNIT = { id: "flux-operator/alerts", namespace: FLUX_NAMESPACE } as const;
const FILE = "alerts.yaml";
const NAME = "alerts";
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
      ...UNIT,
      component: ID,
      objects: { [FILE]: objects(plan, chosen) },
      secrets: [address(chosen)],
      view: {},
    },
  ],
  mentions: (namespace, plan) =>
    sourcesIn(namespace).map((item) => ({
      file: repoPath(unitFolder(UNIT, plan), FILE),
      object: { kind: "Alert", name: NAME },
      list: ["spec", "eventSources"],
      item,
      by: "namespace",
    })),
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

const sourcesIn = (namespace: string) =>
  ["HelmRelease", "Kustomization"].map((kind) => ({ kind, name: "*", namespace }));

const objects = (plan: Plan, { to, severity }: Options): readonly KubernetesObject[] => [
  {
    apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
    kind: "Provider",
    metadata: { name: NAME },
    spec: { type: to, secretRef: { name: ADDRESS } },
  },
  {
    apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
    kind: "Alert",
    metadata: { name: NAME },
    spec: {
      providerRef: { name: NAME },
      eventSeverity: severity,
      eventSources: namespacesOf(plan).flatMap(sourcesIn),
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
