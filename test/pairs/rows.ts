/** Rows and the pairs in them. */
import { ANY, isMet, valueOf, WITHOUT, type Pair, type Parameter, type Row, type Value } from "./parameter.ts";

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
            .filter((pair) => rowOf(pair, parameters) !== undefined),
        ),
      ),
  );
}

/** The row that says a pair and nothing else that it need not say; undefined where the two exclude each other. */
export function rowOf([name, value, other, otherValue]: Pair, parameters: readonly Parameter[]): Row | undefined {
  const row: Record<string, string> = {};
  const isTaken = (parameter: string, wanted: string): boolean => {
    if (row[parameter] !== undefined) return row[parameter] === wanted;
    row[parameter] = wanted;
    return needed(valueOf(parameters, parameter, wanted)).every(([need, values]) => {
      const given = row[need];
      if (given !== undefined) return values.includes(given) || (values.includes(ANY) && given !== WITHOUT);
      return isTaken(need, firstOf(need, values, parameters));
    });
  };
  if (!isTaken(name, value) || !isTaken(other, otherValue)) return undefined;
  const complete = completed(row, parameters);
  return complete[name] === value && complete[other] === otherValue ? complete : undefined;
}

const needed = ({ needs = {} }: Value) => Object.entries(needs);

function firstOf(name: string, wanted: readonly string[], parameters: readonly Parameter[]): string {
  const values = parameters.find((parameter) => parameter.name === name)?.values ?? [];
  const found = values.find((value) => wanted.includes(value.name) || (wanted.includes(ANY) && value.name !== WITHOUT));
  if (found === undefined) throw new Error(`${name} has no value among ${wanted.join(", ")}`);
  return found.name;
}

/** Without what lacks what it needs, and with the first value of everything else. */
export function completed(row: Row, parameters: readonly Parameter[]): Row {
  let current = row;
  for (;;) {
    const next = Object.fromEntries(
      parameters.flatMap(({ name, values }) => {
        const given = values.find((value) => value.name === current[name] && isMet(value, current));
        const chosen = given ?? values.find((value) => isMet(value, current));
        return chosen === undefined ? [] : [[name, chosen.name] as const];
      }),
    );
    if (parameters.every(({ name }) => next[name] === current[name])) return next;
    current = next;
  }
}
