/** As much of kubectl's JSONPath as the guide uses: a range over items with or without a filter, fields, texts. */
import { at } from "../../../src/model/unknown.ts";
import type { LiveObject } from "./objects.ts";

const keysOf = (path: string): readonly string[] =>
  path
    .replace(/^@?\./, "")
    .split(/(?<!\\)\./)
    .map((key) => key.replaceAll("\\.", "."));

/** As the API shows it. */
const shown = ({ kind, name, namespace, labels, annotations, finalizers, spec }: LiveObject) => ({
  kind,
  metadata: {
    name,
    namespace,
    labels,
    annotations,
    ...(finalizers.length > 0 && { finalizers }),
  },
  ...(spec["data"] !== undefined && { data: spec["data"] }),
  status: { replicas: spec["replicas"] },
});

export function jsonpath(template: string, objects: readonly LiveObject[], isOne: boolean): string {
  const [, filter, inner] = /^\{range \.items\[(?:\*|\?\((.*)\))\]\}(.*)\{end\}$/s.exec(template) ?? [];
  const items = objects.map(shown);
  if (inner === undefined && !isOne) throw new Error(`no range in ${template}`);
  const wanted = filter === undefined ? items : items.filter((item) => at(item, ...keysOf(filter)) !== undefined);
  return wanted.map((item) => fill(inner ?? template, item)).join("");
}

const fill = (template: string, item: unknown): string =>
  template.replace(/\{("(?:[^"\\]|\\.)*"|[^}]*)\}/g, (_, token: string) =>
    token.startsWith('"') ? String(JSON.parse(token)) : String(at(item, ...keysOf(token)) ?? ""),
  );
