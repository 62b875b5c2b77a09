/** Which kinds of objects an Application needs, and which it installs. */
import type { Plan } from "../../model/plan.ts";
import { objectNameOf } from "../../model/layout.ts";
import { at } from "../../model/unknown.ts";
import type { Unit } from "../../model/unit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import type { KubernetesObject } from "../objects.ts";
import { isOfPin } from "../releases.ts";
import { sameUrl } from "../repository.ts";
import { asText } from "../values.ts";
import { broughtBy, type Application } from "./applications.ts";
import { chartOf } from "./releases.ts";

export type Installs = (object: KubernetesObject) => boolean;

export const neededBy = (application: Application, cluster: Cluster): readonly Instance[] =>
  broughtBy(application, cluster).filter(({ object }) => object.group !== "");

/** Definitions that stand in files, and what the plan knows of the charts and manifests it fetches. */
export function installers(cluster: Cluster): (application: Application) => Installs {
  const { plan } = cluster;
  const units = plan.chosen.flatMap((chosen) =>
    // What is installed at bootstrap is there before Argo CD begins.
    chosen.component.units(plan, chosen.options, chosen).filter(({ early }) => early !== true),
  );
  return (application) => {
    const kinds = new Set([
      ...definitions(application, cluster),
      ...units.flatMap((unit) => fetched(unit, application, plan)),
    ]);
    return ({ group, kind }) => kinds.has(`${group}/${kind}`) || kinds.has(`${group}/*`);
  };
}

const definitions = (application: Application, cluster: Cluster): readonly string[] =>
  broughtBy(application, cluster).flatMap(({ object }) =>
    object.kind === "CustomResourceDefinition"
      ? [
          `${asText(at(object.value, "spec", "group")) ?? ""}/${asText(at(object.value, "spec", "names", "kind")) ?? ""}`,
        ]
      : [],
  );

const fetched = (unit: Unit, application: Application, plan: Plan): readonly string[] => [
  ...(isRelease(unit, application, plan) ? (unit.release?.installs ?? []) : []),
  ...(isRemote(unit, application, plan) ? (unit.remote?.installs ?? []) : []),
  ...(objectNameOf(unit) === application.name ? (unit.installs ?? []) : []),
];

function isRelease({ release }: Unit, { sources }: Application, { pins }: Plan): boolean {
  const pin = release === undefined ? undefined : pins.get(release.chart);
  return pin !== undefined && sources.some((source) => isOfPin(chartOf(source), pin));
}

function isRemote({ remote }: Unit, { sources }: Application, { pins }: Plan): boolean {
  const pin = remote === undefined ? undefined : pins.get(remote.pin);
  return (
    pin !== undefined &&
    sources.some(({ repoURL, path }) => repoURL !== undefined && sameUrl(repoURL, pin.source) && path === remote?.path)
  );
}
