/**
 * Makes a covering array: each pair is in a row that the rules accept, or is forbidden by a rule. Greedy, and the same
 * every time: a pair that is not covered begins a row, and every other parameter takes the value that covers most. What
 * an array had before and is still true stays, and its rows take values of a parameter that is new, so that an option
 * more is a few rows more (Lei and Tai 1998: grow to the side, then down). What is left over is put together in the end.
 */
import type { Pair, Parameter, Row } from "./parameter.ts";
import { merged } from "./merge.ts";
import { completed, keyOf, pairsIn, pairsOf, rowOf } from "./rows.ts";
import { uncovered, type Uncovered } from "./uncovered.ts";

export interface Forbidden {
  readonly pair: Pair;
  /** The one rule that refuses it, whatever the rest of the network is. */
  readonly rule: string;
  /** What the network has beside the pair, so that no other rule refuses it. */
  readonly with: Row;
}

export interface CoveringArray {
  readonly rows: readonly Row[];
  readonly forbidden: readonly Forbidden[];
}

export interface Made extends CoveringArray {
  /** Pairs that several rules refuse together, whatever else is tried: a parameter lacks what it needs. */
  readonly unclear: readonly string[];
}

/** Ids of the rules that refuse a row. */
export type Judge = (row: Row) => readonly string[];

export function coveringArray(parameters: readonly Parameter[], judged: Judge, before: CoveringArray): Made {
  const judge = remembered(judged);
  const pairs = pairsOf(parameters);
  const open = uncovered(pairs, parameters);
  const rows: Row[] = [];
  for (const known of before.rows) {
    const row = completed(known, parameters);
    if (judge(row).length > 0) continue;
    const full = widened(row, (other) => includes(other, known), open, parameters, judge);
    rows.push(full);
    open.cover(full);
  }
  const forbidden = before.forbidden.filter((one) => open.has(one.pair) && isStillRefused(one, parameters, judge));
  const known = new Set(forbidden.map(({ pair }) => keyOf(pair)));
  const unclear: string[] = [];
  const take = (row: Row, pair: Pair): void => {
    const full = widened(row, (other) => has(other, pair), open, parameters, judge);
    rows.push(full);
    open.cover(full);
  };
  // First what needs no mending: it brings most of the rest along.
  for (const pair of pairs) {
    const start = open.has(pair) ? rowOf(pair, parameters) : undefined;
    if (start !== undefined && judge(start).length === 0) take(start, pair);
  }
  for (const pair of pairs) {
    const start = open.has(pair) ? rowOf(pair, parameters) : undefined;
    if (start === undefined || known.has(keyOf(pair))) continue;
    const row = mended(start, pair, parameters, judge);
    const [rule, ...others] = judge(row);
    if (rule === undefined) take(row, pair);
    else if (others.length === 0) forbidden.push({ pair, rule, with: difference(start, row) });
    else unclear.push(`${keyOf(pair)} is refused by ${[rule, ...others].join(", ")} together`);
  }
  const few = fewest(merged(fewest(rows, parameters), parameters, judge), parameters);
  // Put together they may have a pair that no mending found a network for.
  for (const row of few) open.cover(row);
  return {
    rows: few,
    forbidden: forbidden.filter(({ pair }) => open.has(pair)),
    unclear,
  };
}

/** Later rows have pairs for which an earlier one was made: the richest first, those that bring nothing more are left out. */
function fewest(rows: readonly Row[], parameters: readonly Parameter[]): readonly Row[] {
  const pairs = new Map(rows.flatMap((row) => pairsIn(row, parameters).map((pair) => [keyOf(pair), pair])));
  const open = uncovered([...pairs.values()], parameters);
  const taken: Row[] = [];
  for (let left = [...rows]; left.length > 0;) {
    const gains = left.map((row) => ({ row, gain: open.gain(row) })).filter(({ gain }) => gain > 0);
    const best = gains.reduce((one, other) => (other.gain > one.gain ? other : one), { row: {}, gain: 0 });
    if (best.gain > 0) taken.push(best.row);
    open.cover(best.row);
    left = gains.map(({ row }) => row).filter((row) => row !== best.row);
  }
  return taken;
}

/** The row of a pair that only its rule refuses. */
export const refusedRow = (one: Forbidden, parameters: readonly Parameter[]): Row =>
  completed({ ...rowOf(one.pair, parameters), ...one.with }, parameters);

function isStillRefused(one: Forbidden, parameters: readonly Parameter[], judge: Judge): boolean {
  const row = refusedRow(one, parameters);
  const found = judge(row);
  return has(row, one.pair) && found.length === 1 && found[0] === one.rule;
}

const difference = (from: Row, to: Row): Row =>
  Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name] !== value));

function remembered(judge: Judge): Judge {
  const known = new Map<string, readonly string[]>();
  return (row) => {
    const key = JSON.stringify(row);
    const found = known.get(key) ?? judge(row);
    known.set(key, found);
    return found;
  };
}

/**
 * What refuses a row may be a value of something else: parameters change one after the other for as long as fewer rules
 * refuse it.
 */
function mended(row: Row, pair: Pair, parameters: readonly Parameter[], judge: Judge): Row {
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

const includes = (row: Row, part: Row): boolean => Object.entries(part).every(([name, value]) => row[name] === value);

type Keeps = (row: Row) => boolean;

/** `keeps`: what the row is there for. */
function widened(row: Row, keeps: Keeps, open: Uncovered, parameters: readonly Parameter[], judge: Judge): Row {
  let current = row;
  for (let before = -1; open.gain(current) > before;) {
    before = open.gain(current);
    current = widenedOnce(current, keeps, open, parameters, judge);
  }
  return current;
}

function widenedOnce(row: Row, keeps: Keeps, open: Uncovered, parameters: readonly Parameter[], judge: Judge): Row {
  let current = row;
  for (const { name, values } of parameters) {
    const gained = open.gain(current);
    const candidates = values
      .filter((value) => value.name !== current[name])
      .map((value) => completed({ ...current, [name]: value.name }, parameters))
      .filter(keeps)
      .map((candidate) => ({ candidate, gain: open.gain(candidate) }))
      .filter(({ gain }) => gain > gained)
      .sort((a, b) => b.gain - a.gain);
    current = candidates.find(({ candidate }) => judge(candidate).length === 0)?.candidate ?? current;
  }
  return current;
}
