/** Rows and the pairs in them. */
import { isMet, suffices, type Needs, type Pair, type Parameter, type Row, type Value } from "./parameter.ts";

export const keyOf = (pair: Pair): string => pair.join(" | ");

export function pairsIn(row: Row, parameters: readonly Parameter[]): readonly Pair[] {
  const names = parameters.map(({ name }) => name).filter((name) => row[name] !== undefined);
  return names.flatMap((name, index) =>
    names.slice(index + 1).map((other): Pair => [name, row[name] ?? "", other, row[other] ?? ""]),
  );
}

/** Every pair that has a row at all: what one value needs may be what the other excludes. */
export function pairsOf(parameters: readonly Parameter[]): readonly Pair[] {
  return parameters.flatMap((one, index) =>
    parameters
      .slice(index + 1)
      .flatMap((other) =>
        one.values.flatMap((value) =>
          other.values
            .map((otherValue): Pair => [one.name, value.name, other.name, otherValue.name])
            .filter((pair) => neededBy(pair, parameters) !== undefined),
        ),
      ),
  );
}

/** The row that says a pair and nothing else that it need not say; undefined where the two exclude each other. */
export function rowOf(pair: Pair, parameters: readonly Parameter[]): Row | undefined {
  const row = neededBy(pair, parameters);
  return row === undefined ? undefined : completed(row, parameters);
}

/** A pair and what its values need, and what that needs in turn. */
function neededBy([name, value, other, otherValue]: Pair, parameters: readonly Parameter[]): Row | undefined {
  const index = indexOf(parameters);
  return met(
    { [name]: value, [other]: otherValue },
    [...needsOf(name, value, index), ...needsOf(other, otherValue, index)],
    index,
  );
}

type Need = readonly [parameter: string, wanted: readonly string[]];
type Index = ReadonlyMap<string, ReadonlyMap<string, Value>>;

const indexes = new WeakMap<readonly Parameter[], Index>();

function indexOf(parameters: readonly Parameter[]): Index {
  const known = indexes.get(parameters);
  if (known !== undefined) return known;
  const made: Index = new Map(
    parameters.map(({ name, values }) => [name, new Map(values.map((value) => [value.name, value]))]),
  );
  indexes.set(parameters, made);
  return made;
}

const NOTHING: Needs = {};

const needsOf = (name: string, value: string, index: Index): readonly Need[] =>
  Object.entries(index.get(name)?.get(value)?.needs ?? NOTHING);

/** The first row, in the order of the values, that has all that is needed. */
function met(row: Row, open: readonly Need[], index: Index): Row | undefined {
  const [first, ...rest] = open;
  if (first === undefined) return row;
  const [name, wanted] = first;
  if (row[name] !== undefined) return suffices(row[name], wanted) ? met(row, rest, index) : undefined;
  const values = [...(index.get(name)?.keys() ?? [])].filter((value) => suffices(value, wanted));
  if (values.length === 0) throw new Error(`${name} has no value among ${wanted.join(", ")}`);
  for (const value of values) {
    // What several need is looked at together, before a value is tried.
    if (!rest.every(([other, others]) => other !== name || suffices(value, others))) continue;
    const found = met({ ...row, [name]: value }, [...rest, ...needsOf(name, value, index)], index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Without what lacks what it needs, and with the first value of everything else. */
export function completed(row: Row, parameters: readonly Parameter[]): Row {
  let current = row;
  for (;;) {
    const next: Record<string, string> = {};
    for (const { name, values } of parameters) {
      const soFar = { ...current, ...next };
      const given = values.find((value) => value.name === current[name]);
      const chosen = given !== undefined && isMet(given, soFar) ? given : values.find((value) => isMet(value, soFar));
      if (chosen !== undefined) next[name] = chosen.name;
    }
    if (parameters.every(({ name }) => next[name] === current[name])) return next;
    current = next;
  }
}
