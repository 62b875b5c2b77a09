/** Schema → validator, kept on disk: the larger custom resources take a second or more to compile. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { _, Ajv, stringify, type ErrorObject, type KeywordCxt } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { cacheFolder, writeWhole } from "../paths.ts";
import type { Schema } from "./schema.ts";

export type Validate = ((value: unknown) => boolean) & { readonly errors?: readonly ErrorObject[] | null };

const require = createRequire(import.meta.url);
const sha256 = (...texts: readonly string[]): string =>
  texts.reduce((hash, text) => hash.update(text), createHash("sha256")).digest("hex");

// What was compiled by other code than this must not be taken for what this would compile.
const HERE = import.meta.dirname;
const thisCode = sha256(
  ...readdirSync(HERE)
    .toSorted()
    .map((file) => readFileSync(join(HERE, file), "utf8")),
);
const ready = new Map<string, Validate>();

/**
 * `key` stands for everything the schema is made of; the schema itself is asked for only when nothing is kept.
 * No schema, no validator.
 */
export function compiled(key: string, schema: () => Schema | undefined): Validate | undefined {
  const name = sha256(thisCode, key);
  const known = ready.get(name);
  if (known !== undefined) return known;
  const file = join(cacheFolder("schemas"), `${name}.cjs`);
  if (!existsSync(file)) {
    const source = schema();
    if (source === undefined) return undefined;
    writeWhole(file, code(source));
  }
  const validate = require(file) as Validate;
  ready.set(name, validate);
  return validate;
}

function code(schema: Schema): string {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, code: { source: true } });
  // Lists with keys hold each key once: the server merges by them.
  ajv.addKeyword({
    keyword: "x-kubernetes-list-map-keys",
    type: "array",
    schemaType: "array",
    error: { message: ({ schema: keys }) => `two entries with the same ${(keys as string[]).join(" and ")}` },
    code(context: KeywordCxt) {
      const { data, schema: keys } = context;
      const keyOf = _`JSON.stringify(${stringify(keys)}.map((key) => entry?.[key]))`;
      context.fail(_`new Set(${data}.map((entry) => ${keyOf})).size < ${data}.length`);
    },
  });
  return standaloneCode.default(ajv, ajv.compile(schema));
}
