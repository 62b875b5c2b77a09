/**
 * Keys of a values file against what the chart says about itself: its values.yaml, comments included, and its
 * values.schema.json. For where the chart is not at hand to be rendered.
 */
import { isMap, isScalar, LineCounter, parseDocument, type Pair, type YAMLMap } from "yaml";

export interface ChartValues {
  /** Text of the chart's values.yaml. */
  readonly values: string;
  readonly schema?: ValuesSchema;
  /** Charts inside it, by the key that carries their values. */
  readonly subcharts?: Readonly<Record<string, ChartValues>>;
  /** Paths below which the chart takes any key although its own map is not empty: environment variables, free configuration. */
  readonly free?: readonly string[];
}

/** The part of a JSON schema that tells which keys there are. */
export interface ValuesSchema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, ValuesSchema>>;
  readonly patternProperties?: Readonly<Record<string, ValuesSchema>>;
  readonly additionalProperties?: boolean | ValuesSchema;
  readonly allOf?: readonly ValuesSchema[];
  readonly anyOf?: readonly ValuesSchema[];
  readonly oneOf?: readonly ValuesSchema[];
  readonly [keyword: string]: unknown;
}

export interface UnknownKey {
  /** `hubble.relay.enabeld`. */
  readonly path: string;
  /** Line in the values file, from 1. */
  readonly line: number;
}

/**
 * Keys the chart does not know. A map that is empty in the chart (`nodeSelector: {}`), a list and a null take
 * anything, and so does what the schema leaves open on purpose. A key that the chart's values.yaml only shows in
 * a comment is known.
 */
export function unknownValueKeys(text: string, chart: ChartValues): UnknownKey[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = document.errors;
  if (problem !== undefined) throw problem;
  const found: UnknownKey[] = [];
  const report = (path: readonly string[], { key }: Pair): void => {
    const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    found.push({ path: path.join("."), line: lines.linePos(offset).line });
  };
  if (isMap(document.contents)) compare(document.contents, [topLevel(chart)], [], report);
  return found;
}

/** What a chart says about one map of its values. */
interface Level {
  /** The chart's own map; `"open"` when it takes anything; `undefined` when only the schema knows it. */
  readonly defaults: YAMLMap | "open" | undefined;
  /** Where this map is in the chart. */
  readonly path: readonly string[];
  /** Keys in comments beside those of the map. */
  readonly commented: ReadonlySet<string>;
  readonly schemas: readonly ValuesSchema[];
  readonly chart: ChartValues;
}

const read = new Map<string, YAMLMap | undefined>();

/** Charts' own values are long and asked for again and again. */
function mapIn(values: string): YAMLMap | undefined {
  if (!read.has(values)) {
    const { contents, errors } = parseDocument(values, { uniqueKeys: false });
    if (errors[0] !== undefined) throw errors[0];
    read.set(values, isMap(contents) ? contents : undefined);
  }
  return read.get(values);
}

function topLevel(chart: ChartValues): Level {
  return {
    defaults: mapIn(chart.values),
    path: [],
    commented: commentedKeys(chart.values, undefined),
    schemas: resolve(chart.schema, chart.schema),
    chart,
  };
}

/** A key is known when any of the charts that read this map knows it. */
function compare(
  map: YAMLMap,
  levels: readonly Level[],
  path: readonly string[],
  report: (path: readonly string[], pair: Pair) => void,
): void {
  if (levels.some(({ defaults }) => defaults === "open")) return;
  for (const pair of map.items) {
    const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
    const here = [...path, key];
    // Helm hands `global` to every chart.
    if (path.length === 0 && key === "global") continue;
    const below = levels.flatMap((each) => step(each, key));
    if (below.length === 0) report(here, pair);
    else if (isMap(pair.value)) compare(pair.value, below, here, report);
  }
}

// What `helm create` puts into every chart: two keys its helpers read even where values.yaml does not show them,
// and requests and limits, which go to the container as they are.
const OF_EVERY_CHART = new Set(["nameOverride", "fullnameOverride"]);
const PASSED_ON = "resources";

/** Nothing when there is no such key. With a chart inside, its map beside the chart's own. */
function step(level: Level, key: string): Level[] {
  const { chart, commented, defaults } = level;
  const path = [...level.path, key];
  const inner = level.path.length === 0 ? chart.subcharts?.[key] : undefined;
  const subchart = inner === undefined ? [] : [topLevel(inner)];
  const fields = level.schemas.flatMap((schema) => fieldOf(schema, key, chart.schema));
  const schemas = fields.filter((schema) => schema !== true);
  const below: Level = {
    defaults: schemas.some(declares) ? undefined : "open",
    path,
    commented: new Set(),
    schemas,
    chart,
  };
  const pair = isMap(defaults)
    ? defaults.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
    : undefined;
  const free = chart.free?.includes(path.join(".")) === true || (key === PASSED_ON && pair !== undefined);
  if (free || (level.path.length === 0 && OF_EVERY_CHART.has(key))) return [{ ...below, defaults: "open" }];
  if (pair !== undefined && isMap(pair.value) && pair.value.items.length > 0) {
    const offset = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
    return [{ ...below, defaults: pair.value, commented: commentedKeys(chart.values, offset) }, ...subchart];
  }
  // What the chart has as a scalar, a list, a null or {} takes a map of anything, unless the schema says more.
  // With a chart inside, the outer one only passes it on.
  if (subchart.length > 0) return subchart;
  return pair !== undefined || fields.length > 0 || commented.has(key) ? [below] : [];
}

/** Whether a schema tells which keys there are. */
const declares = ({ properties, patternProperties, additionalProperties }: ValuesSchema): boolean =>
  properties !== undefined ||
  patternProperties !== undefined ||
  additionalProperties === false ||
  typeof additionalProperties === "object";

/** Schemas of a field; `true` where the schema says that any field will do. */
function fieldOf(schema: ValuesSchema, key: string, root: ValuesSchema | undefined): (ValuesSchema | true)[] {
  const { properties = {}, patternProperties = {}, additionalProperties: rest } = schema;
  if (Object.hasOwn(properties, key)) return resolve(properties[key], root);
  const pattern = Object.keys(patternProperties).find((expression) => new RegExp(expression).test(key));
  if (pattern !== undefined) return resolve(patternProperties[pattern], root);
  if (rest === true) return [true];
  return typeof rest === "object" ? [true, ...resolve(rest, root)] : [];
}

/** The schema and all it is made of, references within the file followed. */
function resolve(schema: ValuesSchema | undefined, root: ValuesSchema | undefined, depth = 0): ValuesSchema[] {
  if (schema === undefined || depth > 20) return [];
  const target = schema.$ref?.startsWith("#/") ? at(root, schema.$ref.slice(2).split("/")) : undefined;
  const parts = [target, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [schema, ...parts.flatMap((part) => resolve(part, root, depth + 1))];
}

const at = (root: unknown, path: readonly string[]): ValuesSchema | undefined =>
  path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key.replaceAll("~1", "/")],
    root,
  ) as ValuesSchema | undefined;

/**
 * Keys that stand in comments of a block: charts show optional settings that way. The block is that of the key
 * at `offset`, or the whole text.
 */
function commentedKeys(text: string, offset: number | undefined): Set<string> {
  const start = offset === undefined ? 0 : text.indexOf("\n", offset) + 1;
  const indent = offset === undefined ? -1 : offset - (text.lastIndexOf("\n", offset - 1) + 1);
  const keys = new Set<string>();
  for (const line of text.slice(start).split("\n")) {
    const [, space = "", comment] = /^(\s*)(#+)?/.exec(line) ?? [];
    if (comment === undefined && line.trim() !== "" && space.length <= indent) break;
    const [, key] = /^\s*#+\s*(?:@param\s+)?["']?([\w./-]+)["']?:(\s|$)/.exec(line) ?? [];
    if (key !== undefined) keys.add(key);
  }
  return keys;
}
