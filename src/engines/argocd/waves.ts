/**
 * The derived order as sync waves. Argo CD applies the Applications of one wave when those of the wave before are healthy
 * and in sync, so a step that cannot become ready holds up every later wave, also of what does not need it. Each step
 * therefore comes as late as those who wait for it allow: what nothing waits for is in the last wave and holds up nobody.
 */
import type { Plan } from "../../model/plan.ts";
import type { OrderedUnit, UnitId } from "../../model/unit.ts";

/** AppProjects: an Application in a project that is not there yet is refused. */
export const PROJECTS_WAVE = -100;
/** Before whatever lies in them. */
export const NAMESPACES_WAVE = -90;
/** After all that this network is made of. */
const APPS_WAVE = 1;

const WAVE = "argocd.argoproj.io/sync-wave";

/** Values of annotations are text, and so a number would be refused by the API server. */
export const inWave = (wave: number): Readonly<Record<string, string>> => ({ [WAVE]: String(wave) });

/** Somebody's who uses the network: no step of it waits for that. */
export const isOfUser = (unit: OrderedUnit, { chosen }: Plan): boolean =>
  unit.seeded === true || !chosen.some(({ component }) => component.id === unit.component);

/** Zero for what nothing waits for, one less for each step of the longest chain that does. */
export function waveOf(unit: OrderedUnit, units: readonly OrderedUnit[], plan: Plan): number {
  if (isOfUser(unit, plan)) return APPS_WAVE;
  const waiting = new Map<UnitId, UnitId[]>();
  for (const { id, dependsOn } of units.filter((other) => !isOfUser(other, plan)))
    for (const before of dependsOn) waiting.set(before, [...(waiting.get(before) ?? []), id]);
  const known = new Map<UnitId, number>();
  const height = (id: UnitId): number => {
    const found = known.get(id) ?? Math.max(-1, ...(waiting.get(id) ?? []).map(height)) + 1;
    known.set(id, found);
    return found;
  };
  const found = height(unit.id);
  return found === 0 ? 0 : -found;
}
