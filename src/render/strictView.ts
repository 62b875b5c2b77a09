/**
 * A view that throws where Handlebars would stay silent: `{{#if typo}}` is false to Handlebars, also in its strict
 * mode. Null and false are values; a key that is absent or `undefined` is a mistake.
 */
import type { ViewValue } from "../model/unit.ts";

const raw = Symbol("raw");
const path = Symbol("path");

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

export function strictView(value: ViewValue, at = ""): unknown {
  if (!isContainer(value)) return value;
  const missing = (key: string): never => {
    throw new Error(`the view has no ${at}${key}`);
  };
  // A copy, because a proxy of a frozen object may not answer with anything but the object's own values.
  return new Proxy<object>(Array.isArray(value) ? [...value] : { ...value }, {
    has: (target, key) => Object.hasOwn(target, key) || (typeof key === "string" && missing(key)),
    get(target, key) {
      if (key === raw) return value;
      if (key === path) return at.slice(0, -1);
      const item: unknown = Reflect.get(target, key);
      if (typeof key !== "string" || (Array.isArray(target) && !/^\d+$/.test(key))) return item;
      if (!Object.hasOwn(target, key) || item === undefined) missing(key);
      return strictView(item as ViewValue, `${at}${key}.`);
    },
  });
}

/** The value behind a strict view. */
export const rawValue = (value: unknown): unknown => (isContainer(value) ? (value as { [raw]?: unknown })[raw] : value);

/** Where a list or map of the view stands in it. */
export const pathOf = (value: unknown): string =>
  isContainer(value) ? String((value as { [path]?: unknown })[path]) : "";
