/**
 * The way from one engine to the other for a cluster that runs, in the words of its network. The order is that of what
 * deletes: the engine that leaves is stopped before it can read files that are not for it, and is gone without having
 * cleaned up. Sources, at the versions of the pins:
 * - kustomize-controller v1.9.4, kustomization_controller.go: `prune` deletes what left the files, `finalize` all of the
 *   inventory, but for what is annotated; not where it is suspended.
 * - helm-controller v1.6.3, helmrelease_controller.go, reconcileDelete: a HelmRelease that is deleted uninstalls its release.
 * - flux-operator v0.58.1, fluxinstance_controller.go: applies its Deployments again each hour, replicas among them;
 *   fluxinstance_uninstaller.go goes the same way as here: Deployments, finalizers, definitions.
 * - Argo CD v3.5.1, appcontroller.go: `finalizeApplicationDeletion` deletes what an Application with a finalizer tracks;
 *   `canProcessApp` passes over one that is to be skipped; `autoSync` with selfHeal takes back what was scaled by hand.
 */
import type { Catalog, Engine } from "../../model/component.ts";
import { keepsEarlySecrets } from "../../model/keptSecrets.ts";
import type { Plan } from "../../model/plan.ts";
import type { TemplateId, Unit, View } from "../../model/unit.ts";
import { secretNeeds, type NeededSecret } from "../secretNeeds.ts";
import { reflow } from "./reflow.ts";

export interface HandOver {
  readonly was: Engine;
  readonly now: Engine;
  /** What is to be done by hand. */
  readonly left: readonly View[];
  /** Something of the user's is in the namespace of the engine that leaves. */
  readonly keepsNamespace: boolean;
}

export const handOverTemplates = (was: string, now: string): readonly TemplateId[] => [
  "engines/hand-over/begin.md",
  `engines/${was}/hand-over/stop.md`,
  "engines/hand-over/push.md",
  `engines/${now}/hand-over/arrived.md`,
  `engines/${was}/hand-over/remove.md`,
];

export function handOverPage(handOver: HandOver, plan: Plan, catalog: Catalog): string {
  const view = handOverView(handOver, plan, catalog);
  const texts = handOverTemplates(handOver.was.id, handOver.now.id).map((id) => catalog.templates.render(id, view));
  return reflow(texts.map((text) => text.trimStart()).join("\n"));
}

export const handOverView = ({ was, now, left, keepsNamespace }: HandOver, plan: Plan, catalog: Catalog): View => ({
  from: was.title,
  to: now.title,
  name: plan.name,
  left,
  // What stands encrypted in the repository is given to the cluster from there.
  kept: keepsEarlySecrets(plan),
  secrets: keepsEarlySecrets(plan) ? [] : accessOf({ was, now }, plan, catalog),
  keepsNamespace,
});

/** Keys of what the one reads the repository with, and what the script of the other asks for the same by. */
function accessOf({ was, now }: Pick<HandOver, "was" | "now">, plan: Plan, catalog: Catalog): readonly View[] {
  const [old, anew] = [secretsOfEngine(was, plan, catalog), secretsOfEngine(now, plan, catalog)];
  return anew.map(({ name: secret, keys }) => ({
    secret,
    keys: keys.flatMap(({ what, variable }) =>
      old.flatMap(({ namespace, name, keys: others }) =>
        others
          .filter((other) => other.what === what)
          .map(({ key }) => ({ namespace, name, path: `{.data.${key}}`, variable })),
      ),
    ),
  }));
}

/** With its own options as they are when nothing is said: none of them is about the repository. */
function secretsOfEngine({ id }: Engine, plan: Plan, { components }: Catalog): readonly NeededSecret[] {
  const units = components
    .filter(({ engine }) => engine === id)
    .flatMap((component): readonly Unit[] => {
      const options: unknown = component.options.parse({});
      return component.units(plan, options, { component, options, shared: {}, path: "gitops" });
    });
  return secretNeeds(units.map((unit) => ({ ...unit, early: unit.early === true, dependsOn: [] })));
}
