/** One key taken out of a homelab.yaml that people keep. */
import type { Catalog } from "../model/component.ts";
import { read } from "../yaml/read.ts";
import { removeKey } from "../yaml/splice.ts";
import { choicesOf } from "./choices.ts";
import { metaOf } from "./meta.ts";
import { specSchema } from "./schema.ts";
import { isScalar, schemaAt, valueAt } from "./shape.ts";

/**
 * The text without the key at `path`, every other line as it is; undefined when no such key stands there. The key that a
 * short form stands for goes with the short form. Whether the rest is still a network, loading says. Throws UserError
 * when the text is not readable (see src/yaml/splice.ts).
 */
export function unsetInSpec(text: string, file: string, path: string, catalog: Catalog): string | undefined {
  const { value: spec } = read(text, file, { aliases: "refuse" });
  const keys = path.split(".");
  const [above, last] = [keys.slice(0, -1), keys.at(-1)];
  if (valueAt(spec, keys) !== undefined) return removeKey(text, file, keys).text;
  if (above.length === 0 || !isScalar(valueAt(spec, above))) return undefined;
  const schema = schemaAt(specSchema(catalog, choicesOf(spec, catalog)), spec, above);
  return schema !== undefined && metaOf(schema).short === last ? removeKey(text, file, above).text : undefined;
}
