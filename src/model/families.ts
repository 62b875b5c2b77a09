/** Values of which a network has one, or one for each address family. */
import { familyOf, type Family, type Ip } from "./address.ts";

/** In the order they are written: the first is of the family that Kubernetes lists first. */
export type PerFamily<Value> = readonly [Value, ...Value[]];

type OfFamily = Ip | { readonly family: Family };

export const familyIn = (value: OfFamily): Family => (typeof value === "string" ? familyOf(value) : value.family);

export const ofFamily = <Value extends OfFamily>(values: readonly Value[], family: Family): Value | undefined =>
  values.find((value) => familyIn(value) === family);

export const familyName = (family: Family): string => `IPv${family}`;

/** `172.16.1.61 and fd00:1::61`. */
export const both = (values: readonly (string | { readonly text: string })[]): string =>
  values.map((value) => (typeof value === "string" ? value : value.text)).join(" and ");

/** Where a value stands: a list has places of its own. */
export const pathIn = (path: string, values: readonly unknown[], index: number): string =>
  values.length > 1 ? `${path}.${index}` : path;

/** How a network has its families: one alone, or both, the one Kubernetes lists first in front. */
export type FamiliesInUse = "IPv4 alone" | "IPv6 alone" | "IPv4 before IPv6" | "IPv6 before IPv4";

export function familiesText(families: readonly Family[]): FamiliesInUse {
  if (families.length > 1) return families[0] === 4 ? "IPv4 before IPv6" : "IPv6 before IPv4";
  return families[0] === 4 ? "IPv4 alone" : "IPv6 alone";
}

/** What something does not work with, and what to do then. What is not in it works. */
export type Lacks = Readonly<
  Partial<Record<FamiliesInUse, { readonly because: string; readonly source: string; readonly fix: string }>>
>;
