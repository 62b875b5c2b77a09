/** A homelab.yaml in the making: plain values as they will be written, by dotted path. */
import type { Catalog } from "../../src/model/component.ts";
import { isMap } from "../../src/model/unknown.ts";
import type { SpecPath } from "../../src/model/finding.ts";
import { propose } from "../../src/plan/propose.ts";
import { settle } from "../../src/plan/settle.ts";
import { parseSpec } from "../../src/spec/parse.ts";
import type { Spec } from "../../src/spec/spec.ts";

export type Draft = Readonly<Record<string, unknown>>;

export function valueAt(draft: Draft, path: SpecPath): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined), draft);
}

/** The text at the path; of a list for both IP families the first. Empty where there is none. */
export function textAt(draft: Draft, path: SpecPath): string {
  const [value] = [valueAt(draft, path)].flat();
  return typeof value === "string" ? value : "";
}

/** A copy with `value` at `path`. A bare provider on the way (`cni: cilium`) becomes its long form; what is there stays when it is to be there. */
export function withValue(draft: Draft, path: SpecPath, value: unknown): Draft {
  const [key = "", ...rest] = path.split(".");
  if (value === true && rest.length === 0 && isMap(draft[key])) return draft;
  if (rest.length === 0) return { ...draft, [key]: value };
  const inner = draft[key];
  const map = isMap(inner) ? inner : typeof inner === "string" ? { provider: inner } : {};
  return { ...draft, [key]: withValue(map, rest.join("."), value) };
}

/** What the draft leaves open, written down: ranges and components by default, addresses that are free. */
export function withProposals(draft: Draft, catalog: Catalog): Draft {
  const spec = specOf(draft, catalog);
  if (spec === undefined) return draft;
  return [...settle(spec, catalog), ...propose(spec)].reduce(
    (current, { path, value }) => withValue(current, path, value),
    draft,
  );
}

/** The draft as a spec, or undefined while something is missing or wrong. */
export function specOf(draft: Draft, catalog: Catalog): Spec | undefined {
  return parseSpec(draft, catalog).spec;
}
