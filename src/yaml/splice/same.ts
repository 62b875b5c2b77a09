/** Equality and copies of plain values, as YAML knows them: maps without order, `undefined` keys absent. */
import { entriesOf, isScalar } from "../print.ts";

export type Plain = Readonly<Record<string, unknown>>;

export const isPlainMap = (value: unknown): value is Plain =>
  !isScalar(value) && !Array.isArray(value) && typeof value === "object";

export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isPlainMap(a) || !isPlainMap(b)) return Object.is(a, b);
  const [left, right] = [entriesOf(a), entriesOf(b)];
  return left.length === right.length && left.every(([key, item]) => Object.hasOwn(b, key) && same(item, b[key]));
}

/** The same value with `value` at `path`; `undefined` takes the key or item out. Maps that are missing are made. */
export function withValue(base: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(base)) {
    const inner = withValue(base[Number(key)], rest, value);
    return inner === undefined ? base.toSpliced(Number(key), 1) : base.with(Number(key), inner);
  }
  const map = isPlainMap(base) ? base : {};
  const inner = withValue(Object.hasOwn(map, key) ? map[key] : undefined, rest, value);
  return Object.fromEntries([...entriesOf(map).filter(([name]) => name !== key), [key, inner]]);
}
