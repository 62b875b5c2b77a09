/** Pairs that no row has yet, counted by number: texts for each pair of each row that is tried would take minutes. */
import type { Pair, Parameter, Row } from "./parameter.ts";

export interface Uncovered {
  has(pair: Pair): boolean;
  /** How many of them a row has. */
  gain(row: Row): number;
  cover(row: Row): void;
}

export function uncovered(pairs: readonly Pair[], parameters: readonly Parameter[]): Uncovered {
  const numbers = new Map<string, number>();
  for (const { name, values } of parameters)
    for (const value of values) numbers.set(`${name} | ${value.name}`, numbers.size);
  const numberOf = (name: string, value: string): number => numbers.get(`${name} | ${value}`) ?? 0;
  const place = (one: number, other: number): number => one * numbers.size + other;
  const placeOf = ([name, value, other, otherValue]: Pair): number =>
    place(numberOf(name, value), numberOf(other, otherValue));

  const open = new Uint8Array(numbers.size ** 2);
  for (const pair of pairs) open[placeOf(pair)] = 1;

  function* placesIn(row: Row): Generator<number> {
    const values = parameters.flatMap(({ name }) => {
      const value = row[name];
      return value === undefined ? [] : [numberOf(name, value)];
    });
    for (const [index, one] of values.entries())
      for (let next = index + 1; next < values.length; next += 1) yield place(one, values[next] ?? 0);
  }

  return {
    has: (pair) => open[placeOf(pair)] === 1,
    gain(row) {
      let count = 0;
      for (const at of placesIn(row)) count += open[at] ?? 0;
      return count;
    },
    cover(row) {
      for (const at of placesIn(row)) open[at] = 0;
    },
  };
}
