/** Units in order: by what they carry, and by what is filled in later and no composition sees. */
import { keptSecrets, keepsSecretsBeside } from "../model/keptSecrets.ts";
import type { Plan } from "../model/plan.ts";
import type { OrderedUnit, Unit, UnitId } from "../model/unit.ts";
import { orderUnits, type Needs } from "../plan/order.ts";

/** What is early is known by the order alone, and what is early has its Secrets from bootstrap: hence twice. */
export function inOrder(
  units: readonly Unit[],
  needs: Needs,
  early: readonly UnitId[],
  plan: Plan,
): readonly OrderedUnit[] {
  const ordered = orderUnits(units, needs, early);
  const { kind, after = [] } = keptSecrets(plan) ?? {};
  const waiting = new Set(ordered.filter((unit) => keepsSecretsBeside(unit, plan)).map(({ id }) => id));
  if (kind === undefined || waiting.size === 0) return ordered;
  const withSecrets = [...waiting].map((id) => [id, new Set([...(needs.get(id) ?? []), kind])] as const);
  return orderUnits(
    units.map((unit) => (waiting.has(unit.id) ? { ...unit, after: [...(unit.after ?? []), ...after] } : unit)),
    new Map([...needs, ...withSecrets]),
    early,
  );
}
