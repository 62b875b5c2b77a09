/** Alerts of Flux: a Provider that knows the address, an Alert that names what it hears of. */
import { unitFolder } from "../model/layout.ts";
import { repoPath } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Mention } from "../model/registration.ts";
import type { Unit } from "../model/unit.ts";
import type { AlertOptions } from "./alerts.ts";
import { FLUX_NAMESPACE } from "./flux-operator.ts";

const UNIT = { id: "flux-operator/alerts", namespace: FLUX_NAMESPACE } as const;
const FILE = "alerts.yaml";
const NAME = "alerts";

/** Where there are Kustomizations: beside the apps, and an Alert hears of a namespace only when it names it. */
export function namespacesOf(plan: Plan): readonly string[] {
  const others = plan.chosen.filter(({ component }) => component.ofAll !== true);
  const used = others.flatMap((chosen) =>
    chosen.component.units(plan, chosen.options, chosen).map(({ namespace }) => namespace),
  );
  return [...new Set([FLUX_NAMESPACE, ...used])].sort();
}

const sourcesIn = (namespace: string) =>
  ["HelmRelease", "Kustomization"].map((kind) => ({ kind, name: "*", namespace }));

export const fluxMentions = (namespace: string, plan: Plan): readonly Mention[] =>
  sourcesIn(namespace).map((item) => ({
    file: repoPath(unitFolder(UNIT, plan), FILE),
    object: { kind: "Alert", name: NAME },
    list: ["spec", "eventSources"],
    item,
    by: "namespace",
  }));

export const fluxAlerts = (
  namespaces: readonly string[],
  { to, severity }: AlertOptions,
): Pick<Unit, "id" | "namespace" | "objects"> => ({
  ...UNIT,
  objects: {
    [FILE]: [
      {
        apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
        kind: "Provider",
        metadata: { name: NAME },
        spec: { type: to, secretRef: { name: "alerts-address" } },
      },
      {
        apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
        kind: "Alert",
        metadata: { name: NAME },
        spec: {
          providerRef: { name: NAME },
          eventSeverity: severity,
          eventSources: namespaces.flatMap(sourcesIn),
        },
      },
    ],
  },
});
