/** Schemas of the kinds every cluster has. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { componentsFolder } from "../components.ts";
import type { Schema } from "./schema.ts";
import { strictDefinitions } from "./strict.ts";
import { packagedDefinitions } from "./typeDeclarations.ts";

export interface CoreSchemas {
  /** Where they come from, for messages. */
  readonly source: string;
  /** API groups they speak for; "" is the core group. */
  readonly groups: ReadonlySet<string>;
  /** A self-contained schema, or `undefined` when there is no such kind. */
  find(apiVersion: string, kind: string): Schema | undefined;
}

export const groupOf = (apiVersion: string): string =>
  apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Kinds a definition says it is the schema of. `DeleteOptions` and `WatchEvent`, which are no objects, name many. */
function kindsOf({ properties = {}, ...schema }: Schema): GroupVersionKind[] {
  const listed = schema["x-kubernetes-group-version-kind"] as readonly GroupVersionKind[] | undefined;
  if (listed !== undefined) return properties["metadata"] === undefined ? [] : [...listed];
  const literal = (name: string): string | undefined => properties[name]?.enum?.map(String)[0];
  const [apiVersion, kind] = [literal("apiVersion"), literal("kind")];
  if (apiVersion === undefined || kind === undefined) return [];
  return [{ group: groupOf(apiVersion), version: apiVersion.slice(apiVersion.indexOf("/") + 1), kind }];
}

export function coreSchemas(source: string, definitions: Readonly<Record<string, Schema>>): CoreSchemas {
  const byKind = new Map<string, string>();
  const groups = new Set<string>();
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of kindsOf(definition)) {
      byKind.set(`${group === "" ? version : `${group}/${version}`} ${kind}`, name);
      groups.add(group);
    }
  }
  const strictly = strictDefinitions(definitions);
  return {
    source,
    groups,
    find(apiVersion, kind) {
      const name = byKind.get(`${apiVersion} ${kind}`);
      const root = name === undefined ? undefined : strictly[name];
      if (root === undefined) return undefined;
      const required = [...new Set([...(root.required ?? []), "apiVersion", "kind", "metadata"])];
      return { ...root, required, definitions: reachable(root, strictly) };
    },
  };
}

/** Only what a kind refers to is compiled with it. */
function reachable(root: Schema, all: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const found: Record<string, Schema> = {};
  const visit = (schema: Schema): void => {
    for (const [, reference = ""] of JSON.stringify(schema).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) {
      const name = reference.replaceAll("~1", "/");
      const definition = all[name];
      if (definition === undefined) throw new Error(`no definition ${name}`);
      if (name in found) continue;
      found[name] = definition;
      visit(definition);
    }
  };
  visit(root);
  return found;
}

let loaded: CoreSchemas | undefined;

/** The definitions of HOMELAB_NET_COMPONENTS, otherwise those npm has. */
export function core(): CoreSchemas {
  if (loaded !== undefined) return loaded;
  const folder = componentsFolder();
  if (folder === undefined) return (loaded = coreSchemas("kubernetes-types", packagedDefinitions()));
  const text = readFileSync(join(folder, "kubernetes/openapi-v2-definitions.json"), "utf8");
  const { definitions } = JSON.parse(text) as { readonly definitions: Record<string, Schema> };
  return (loaded = coreSchemas("kubernetes/openapi-v2-definitions.json", definitions));
}
