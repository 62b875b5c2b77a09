/**
 * Makes a covering array: each pair is in a row that the rules accept, or is forbidden by a rule. Greedy, and the same
 * every time: a pair that is not covered begins a row, and every other parameter takes the value that covers most.
 */
import type { Pair, Parameter, Row } from "./parameter.ts";
import { completed, keyOf, pairsIn, pairsOf, rowOf } from "./rows.ts";

export interface Forbidden {
  readonly pair: Pair;
  /** The one rule that refuses it, whatever the rest of the network is. */
  readonly rule: string;
}

export interface CoveringArray {
  readonly rows: readonly Row[];
  readonly forbidden: readonly Forbidden[];
}

/** Ids of the rules that refuse a row. */
export type Judge = (row: Row) => readonly string[];

export function coveringArray(parameters: readonly Parameter[], judge: Judge): CoveringArray {
  const forbidden: Forbidden[] = [];
  const witnesses = new Map<string, { readonly pair: Pair; readonly row: Row }>();
  for (const pair of pairsOf(parameters)) {
    const found = witness(pair, parameters, judge);
    if (typeof found === "string") forbidden.push({ pair, rule: found });
    else witnesses.set(keyOf(pair), { pair, row: found });
  }
  const rows: Row[] = [];
  const open = new Set(witnesses.keys());
  for (const [key, { pair, row }] of witnesses) {
    if (!open.has(key)) continue;
    const full = widened(row, pair, open, parameters, judge);
    rows.push(full);
    for (const covered of pairsIn(full, parameters)) open.delete(keyOf(covered));
  }
  return { rows, forbidden };
}

/** An accepted row with the pair, or the id of the rule against it. */
function witness(pair: Pair, parameters: readonly Parameter[], judge: Judge): Row | string {
  const row = rowOf(pair, parameters);
  if (row === undefined) throw new Error(`no row has ${keyOf(pair)}`);
  const best = mended(row, pair, parameters, judge);
  const [rule, ...others] = judge(best);
  if (others.length > 0) throw new Error(`${keyOf(pair)} is refused by ${[rule, ...others].join(", ")} together`);
  return rule ?? best;
}

/**
 * What refuses a row may be a value of something else: parameters change one after the other for as long as fewer rules
 * refuse it.
 */
export function mended(row: Row, pair: Pair, parameters: readonly Parameter[], judge: Judge): Row {
  let [best, refusing] = [row, judge(row).length];
  for (let found = true; found && refusing > 0;) {
    found = false;
    for (const other of alternatives(best, pair, parameters)) {
      const count = judge(other).length;
      if (count >= refusing) continue;
      [best, refusing, found] = [other, count, true];
      break;
    }
  }
  return best;
}

function* alternatives(row: Row, pair: Pair, parameters: readonly Parameter[]): Generator<Row> {
  for (const { name, values } of parameters)
    for (const { name: value } of values) {
      if (row[name] === value) continue;
      const other = completed({ ...row, [name]: value }, parameters);
      if (other[name] === value && has(other, pair)) yield other;
    }
}

const has = (row: Row, [name, value, other, otherValue]: Pair): boolean =>
  row[name] === value && row[other] === otherValue;

function widened(row: Row, pair: Pair, open: ReadonlySet<string>, parameters: readonly Parameter[], judge: Judge): Row {
  const gain = (candidate: Row): number => pairsIn(candidate, parameters).filter((one) => open.has(keyOf(one))).length;
  let current = row;
  for (const { name, values } of parameters) {
    const candidates = values
      .map((value) => completed({ ...current, [name]: value.name }, parameters))
      .filter((candidate) => has(candidate, pair))
      .map((candidate) => ({ candidate, gain: gain(candidate) }))
      .filter((one) => one.gain > gain(current))
      .sort((a, b) => b.gain - a.gain);
    current = candidates.find(({ candidate }) => judge(candidate).length === 0)?.candidate ?? current;
  }
  return current;
}
