/** homelab.yaml as the user accepted it, and the JSON Schema their editor checks it with. */
import type { Catalog } from "../model/component.ts";
import { at } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import { jsonSchema } from "../spec/jsonSchema.ts";
import { createTree } from "../tree/tree.ts";
import type { Extras } from "./extras.ts";

export function specFiles(plan: Plan, catalog: Catalog, { specText }: Extras): Tree {
  return createTree([
    [at(plan, "homelab.yaml"), { content: specText, kept: "seeded", by: "spec" }],
    [at(plan, ".homelab-net/schema.json"), { content: schemaText(catalog), kept: "managed", by: "spec" }],
  ]);
}

// As jsonSchema keeps it: writing it out takes longer than most pages.
const texts = new WeakMap<Catalog, string>();

function schemaText(catalog: Catalog): string {
  const text = texts.get(catalog) ?? `${JSON.stringify(jsonSchema(catalog), null, 2)}\n`;
  texts.set(catalog, text);
  return text;
}
