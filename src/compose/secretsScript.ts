/** bootstrap/secrets.sh: asks for the Secrets that units declare and gives them to the cluster. Absent where there are none. */
import { apiUrl } from "../model/apiUrl.ts";
import type { Catalog } from "../model/component.ts";
import { at } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { Unit, View } from "../model/unit.ts";
import { createTree } from "../tree/tree.ts";

export function secretsScript(plan: Plan, units: readonly Unit[], { templates }: Catalog): Tree {
  const secrets = secretsOf(units);
  if (secrets.length === 0) return createTree([]);
  const content = templates.render("repository/bootstrap/secrets.sh", { endpoint: apiUrl(plan), secrets });
  return createTree([
    [at(plan, "bootstrap/secrets.sh"), { content, kept: "managed", executable: true, by: "secrets" }],
  ]);
}

/** One Secret may serve several units of a namespace; it is asked for once. */
export function secretsOf(units: readonly Unit[]): readonly View[] {
  const secrets = new Map<string, View>();
  for (const { namespace, secrets: own = [] } of units) {
    for (const { name, keys, because, type } of own) {
      secrets.set(`${namespace}/${name}`, {
        namespace,
        name,
        because,
        type: type ?? "Opaque",
        keys: keys.map((key) => ({ ...key, variable: variableOf(name, key.key) })),
      });
    }
  }
  return [...secrets.values()];
}

/** `cloudflare-dns`, `api-token` → `CLOUDFLARE_DNS_API_TOKEN`. */
const variableOf = (name: string, key: string): string => `${name}_${key}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
