/** The engine and the platforms a plan names. The schema has checked the names. */
import type { Catalog, Component, Engine } from "../model/component.ts";
import type { Platform } from "../model/platform.ts";
import { isChosen } from "../model/chosen.ts";
import { hostPins } from "../model/hostRole.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import type { Pin, PinId } from "../model/unit.ts";

/** Programs that the repository is worked with whatever is in use. */
const TOOLS: readonly PinId[] = ["kubeconform"];

export function engineOf(plan: Plan, catalog: Catalog): Engine {
  const engine = catalog.engines.find(({ id }) => id === plan.engine);
  if (engine === undefined) throw new Error(`no engine called ${plan.engine}`);
  return engine;
}

/** The distribution first, then the hardware under it. */
export function platformsOf(plan: Plan, catalog: Catalog): readonly Platform[] {
  return [plan.cluster.distribution, plan.cluster.hardware].map((id) => {
    const platform = catalog.platforms.find((candidate) => candidate.id === id);
    if (platform === undefined) throw new Error(`no platform called ${id}`);
    return platform;
  });
}

/** Each component in use once, however often it is used. */
export const componentsOf = (plan: Plan, catalog: Catalog): readonly Component[] =>
  catalog.components.filter(({ id }) => isChosen(plan, id));

/** Programs that the platforms, the engine and the components in use are worked with. */
export function toolsOf(plan: Plan, catalog: Catalog): readonly Pin[] {
  const owners = [...platformsOf(plan, catalog), engineOf(plan, catalog), ...componentsOf(plan, catalog)];
  const ids = [...new Set([...owners.flatMap(({ pins = [] }) => pins), ...hostPins(plan), ...TOOLS])];
  return ids.map((id) => pinOf(catalog.pins, id)).filter(({ kind }) => kind === "tool");
}
