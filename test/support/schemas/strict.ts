/**
 * From a schema as Kubernetes publishes it to one that refuses what the API server refuses with strict field
 * validation, for a JSON Schema validator.
 *
 * - An object with fields takes no others, unless it says `x-kubernetes-preserve-unknown-fields`.
 * - `allOf`, `anyOf`, `oneOf`, `not` only restrict values (structural schemas): their branches stay open.
 * - Rules in CEL (`x-kubernetes-validations`) need the server and are not checked here.
 */
import { fromFormat, intOrString, quantity, time } from "./format.ts";
import { objectMeta } from "./metadata.ts";
import { fromGo } from "./pattern.ts";
import { mapValues, type Schema } from "./schema.ts";

/** `structure`: declares fields. `restriction`: a branch that narrows what the structure declares. */
type Position = "structure" | "restriction";

const LIMITS = [
  "enum",
  "maxItems",
  "maxLength",
  "maxProperties",
  "minItems",
  "minLength",
  "minProperties",
  "multipleOf",
  "uniqueItems",
];
const AS_THEY_ARE = new Set([...LIMITS, "$ref", "propertyNames", "required", "type", "x-kubernetes-list-map-keys"]);
const WITHOUT_MEANING_HERE = new Set(["default", "description", "example", "externalDocs", "title"]);

/** Throws for a keyword it does not know, so that none is ignored by accident. */
export function strict(schema: Schema, position: Position = "structure"): Schema {
  const result: Record<string, unknown> = {};
  const also: Schema[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (AS_THEY_ARE.has(keyword)) result[keyword] = value;
    else if (WITHOUT_MEANING_HERE.has(keyword) || keyword.startsWith("x-kubernetes-")) continue;
    else if (!(keyword in translators)) throw new Error(`schema keyword ${keyword} is not known`);
  }
  for (const translate of Object.values(translators)) Object.assign(result, translate(schema, position, also));
  if (schema["x-kubernetes-int-or-string"] === true) Object.assign(result, intOrString);
  if (schema["x-kubernetes-list-type"] === "set") result["uniqueItems"] = true;
  if (schema["x-kubernetes-embedded-resource"] === true) result["properties"] = embedded(result["properties"]);
  if (position === "structure" && closes(schema)) result["additionalProperties"] = false;
  if (also.length > 0) result["allOf"] = [...((result["allOf"] as Schema[] | undefined) ?? []), ...also];
  return schema.nullable === true ? orNull(result) : result;
}

type Translator = (schema: Schema, position: Position, also: Schema[]) => Record<string, unknown> | undefined;

const branches =
  (name: "allOf" | "anyOf" | "oneOf"): Translator =>
  (schema) =>
    schema[name] && { [name]: schema[name].map((branch) => strict(branch, "restriction")) };

/** Also the list of keywords that are understood. */
const translators: Readonly<Record<string, Translator>> = {
  properties: ({ properties }, position) =>
    properties && { properties: mapValues(properties, (field) => strict(field, position)) },
  items: ({ items }, position) => items && { items: strict(items, position) },
  additionalProperties: ({ additionalProperties: rest }, position) =>
    rest === undefined
      ? undefined
      : { additionalProperties: typeof rest === "boolean" ? rest : strict(rest, position) },
  allOf: branches("allOf"),
  anyOf: branches("anyOf"),
  oneOf: branches("oneOf"),
  not: ({ not }) => not && { not: strict(not, "restriction") },
  pattern: ({ pattern }) => (pattern === undefined ? undefined : { pattern: fromGo(pattern) }),
  format: ({ format, type }, _, also) => {
    const rule = format === undefined ? undefined : fromFormat(format, type);
    if (rule !== undefined) also.push(rule);
    return undefined;
  },
  nullable: () => undefined,
  minimum: ({ minimum }) => limit("minimum", minimum),
  maximum: ({ maximum }) => limit("maximum", maximum),
  // OpenAPI 3.0 has them as booleans beside the limit, JSON Schema as the limit itself.
  exclusiveMinimum: ({ exclusiveMinimum, minimum }) =>
    exclusiveMinimum === true ? limit("exclusiveMinimum", minimum) : undefined,
  exclusiveMaximum: ({ exclusiveMaximum, maximum }) =>
    exclusiveMaximum === true ? limit("exclusiveMaximum", maximum) : undefined,
};

const limit = (keyword: string, value: number | undefined): Record<string, unknown> | undefined =>
  value === undefined ? undefined : { [keyword]: value };

function closes({ type, properties, additionalProperties, ...schema }: Schema): boolean {
  if (schema["x-kubernetes-preserve-unknown-fields"] === true || additionalProperties !== undefined) return false;
  // An object without fields is emptied on the way in, so nothing may be in it.
  return type === "object" || properties !== undefined;
}

const embedded = (properties: unknown): Record<string, Schema> => ({
  ...(properties as Record<string, Schema> | undefined),
  apiVersion: { type: "string" },
  kind: { type: "string" },
  metadata: objectMeta,
});

const orNull = (schema: Schema): Schema => ({ anyOf: [{ type: "null" }, schema] });

/** The whole of a custom resource: its own schema with the fields every object has. */
export function strictResource(schema: Schema): Schema {
  const { metadata, ...fields } = schema.properties ?? {};
  const own = metadata === undefined ? {} : strict(metadata, "restriction");
  const result = strict({
    ...schema,
    properties: { ...fields, apiVersion: { type: "string" }, kind: { type: "string" } },
  });
  return {
    ...result,
    properties: { ...result.properties, metadata: { allOf: [objectMeta, own] } },
    required: [...new Set([...(schema.required ?? []), "apiVersion", "kind", "metadata"])],
  };
}

const open: Schema = { type: "object" };

// Types that are more than the definitions say: a Quantity is no mere string, a RawExtension takes any fields.
const KNOWN_TYPES: Readonly<Record<string, Schema>> = {
  FieldsV1: open,
  IntOrString: intOrString,
  MicroTime: time,
  ObjectMeta: objectMeta,
  Patch: open,
  Quantity: quantity,
  RawExtension: open,
  Time: time,
};

/** Core definitions, keyed by a name whose last dotted part is the type. */
export const strictDefinitions = (definitions: Readonly<Record<string, Schema>>): Record<string, Schema> =>
  mapValues(definitions, (schema, name) => KNOWN_TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? strict(schema));
