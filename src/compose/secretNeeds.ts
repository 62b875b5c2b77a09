/** The Secrets that units declare, each once, with the variables their values can come from. */
import type { OrderedUnit, SecretNeed } from "../model/unit.ts";

export interface NeededSecret extends SecretNeed {
  readonly namespace: string;
  /** The first that needs it: its file lies in the folder of that one. */
  readonly unit: OrderedUnit;
  /** Somebody needs it before the engine reads the repository, or before any other can be read. */
  readonly early: boolean;
  readonly keys: readonly NeededKey[];
}

export type NeededKey = SecretNeed["keys"][number] & { readonly variable: string };

/** One Secret may serve several units of a namespace; it is asked for once. */
export function secretNeeds(units: readonly OrderedUnit[]): readonly NeededSecret[] {
  const needs = new Map<string, NeededSecret>();
  for (const unit of units) {
    for (const need of unit.secrets ?? []) {
      const id = `${unit.namespace}/${need.name}`;
      const known = needs.get(id);
      needs.set(id, {
        ...need,
        namespace: unit.namespace,
        unit: known?.unit ?? unit,
        early: unit.early || need.first === true || known?.early === true,
        keys: need.keys.map((key) => ({ ...key, variable: variableOf(need.name, key.key) })),
      });
    }
  }
  return [...needs.values()];
}

/** `cloudflare-dns`, `api-token` → `CLOUDFLARE_DNS_API_TOKEN`. */
const variableOf = (name: string, key: string): string => `${name}_${key}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
