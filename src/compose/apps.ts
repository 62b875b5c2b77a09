import type { App } from "../model/component.ts";
import { appOf } from "../model/layout.ts";
import type { OrderedUnit } from "../model/unit.ts";

/** Units by app, in order of installation. */
export function appsOf(units: readonly OrderedUnit[]): readonly App[] {
  const apps = new Map<string, OrderedUnit[]>();
  for (const unit of units) {
    const key = `${unit.namespace}/${appOf(unit)}`;
    apps.set(key, [...(apps.get(key) ?? []), unit]);
  }
  return [...apps].map(([key, own]) => {
    const [namespace = "", name = ""] = key.split("/");
    return { namespace, name, units: own };
  });
}
