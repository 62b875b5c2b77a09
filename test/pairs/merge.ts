/**
 * Fewer rows with the same pairs: later rows of a greedy array are there for one pair or two and
 * free in all else, so several of them can be one. Greedy again, from what is freest on, and the same every time.
 */
import type { Judge } from "./generate.ts";
import type { Parameter, Row } from "./parameter.ts";
import { completed } from "./rows.ts";

interface Held {
  readonly row: Row;
  /** Numbers of its pairs. */
  readonly pairs: readonly number[];
}

export function merged(rows: readonly Row[], parameters: readonly Parameter[], judge: Judge): readonly Row[] {
  const { pairsOf, valuesOf, size } = numbered(parameters);
  const needs = new Map(
    parameters.flatMap(({ name, values }) =>
      values.map((value): [string, readonly string[]] => [`${name} | ${value.name}`, Object.keys(value.needs ?? {})]),
    ),
  );

  /** Values, with those of the same row that they need, and so on. */
  function withNeeds(values: Row, row: Row): Row {
    const all: Record<string, string> = { ...values };
    const open = Object.entries(all);
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const name of needs.get(next.join(" | ")) ?? []) {
        const value = row[name];
        if (value === undefined || all[name] !== undefined) continue;
        all[name] = value;
        open.push([name, value]);
      }
    return all;
  }

  const counts = new Uint16Array(size);
  const hold = (row: Row): Held => ({ row, pairs: pairsOf(row) });
  const count = ({ pairs }: Held, by: 1 | -1): void => {
    for (const pair of pairs) counts[pair] = (counts[pair] ?? 0) + by;
  };
  let left = rows.map(hold);
  for (const one of left) count(one, 1);

  /** What a row is there for, and what that needs: so much of it has to stay. */
  const reasonFor = (held: Held, beside: Held): Row => {
    const shared = new Set(beside.pairs);
    const alone = held.pairs.filter((pair) => (counts[pair] ?? 0) === (shared.has(pair) ? 2 : 1));
    return withNeeds(valuesOf(alone), held.row);
  };

  /** `undefined` where something of either would be in no row. */
  function together(into: Held, other: Held): Row | undefined {
    const [kept, wanted] = [reasonFor(into, other), reasonFor(other, into)];
    if (Object.entries(wanted).some(([name, value]) => (kept[name] ?? value) !== value)) return undefined;
    const row = completed({ ...into.row, ...wanted }, parameters);
    return includes(row, { ...kept, ...wanted }) ? row : undefined;
  }

  const own = new Map(left.map((one) => [one, one.pairs.filter((pair) => counts[pair] === 1).length]));
  left.sort((one, other) => (own.get(one) ?? 0) - (own.get(other) ?? 0));
  for (let index = 0; index < left.length; index += 1)
    for (const other of left.slice(index + 1)) {
      const into = left[index] as Held;
      const row = together(into, other);
      if (row === undefined || judge(row).length > 0) continue;
      const both = hold(row);
      for (const one of [into, other]) count(one, -1);
      count(both, 1);
      left = left.map((one) => (one === into ? both : one)).filter((one) => one !== other);
    }
  return left.map(({ row }) => row);
}

const includes = (row: Row, part: Row): boolean => Object.entries(part).every(([name, value]) => row[name] === value);

/** Pairs as numbers: texts for each pair of each row that is tried would take minutes. */
function numbered(parameters: readonly Parameter[]) {
  const names = parameters.flatMap(({ name, values }) => values.map((value): [string, string] => [name, value.name]));
  const numbers = new Map(names.map(([name, value], index) => [`${name} | ${value}`, index]));
  const valuesIn = (row: Row): readonly number[] =>
    parameters.flatMap(({ name }) => {
      const value = row[name];
      return value === undefined ? [] : [numbers.get(`${name} | ${value}`) ?? 0];
    });
  return {
    size: names.length ** 2,
    pairsOf: (row: Row): readonly number[] => {
      const values = valuesIn(row);
      return values.flatMap((one, index) => values.slice(index + 1).map((other) => one * names.length + other));
    },
    valuesOf: (pairs: readonly number[]): Row =>
      Object.fromEntries(
        pairs.flatMap((pair) => [
          names[Math.floor(pair / names.length)] ?? ["", ""],
          names[pair % names.length] ?? ["", ""],
        ]),
      ),
  };
}
