/** homelab.yaml, read: the border between a text of the user and everything that may rely on it. */
import type { Catalog } from "../model/component.ts";
import type { Finding } from "../model/finding.ts";
import { read, type Reading } from "../yaml/read.ts";
import { misreadNames } from "./misreadNames.ts";
import { parseSpec } from "./parse.ts";
import { inFileOrder, placedFinding, placedProblem, sourceOf } from "./place.ts";
import type { Loaded } from "./spec.ts";

export type { Loaded } from "./spec.ts";

/**
 * Text → spec, with all that is wrong with the text at once, in its order. `file` is the name findings carry. A text
 * that is no YAML yields only what the YAML reader says. Never throws for what the user wrote.
 */
export function loadSpec(text: string, file: string, catalog: Catalog): Loaded {
  const reading = read(text, file, { aliases: "refuse" });
  // A thing that holds itself has no end to look at; that aliases are refused is among the problems.
  if (reading.value === undefined || holdsItself(reading.value))
    return { spec: undefined, findings: placeFindings(reading.problems, reading), reading };
  const { spec, problems } = parseSpec(reading.value, catalog, sourceOf(reading));
  const found = [...misreadNames(reading), ...problems].map((problem) => placedProblem(problem, reading));
  const findings = inFileOrder([...placeFindings(reading.problems, reading), ...found]);
  return { spec: findings.some(({ severity }) => severity === "error") ? undefined : spec, findings, reading };
}

function holdsItself(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (above.includes(value)) return true;
  return Object.values(value).some((item) => holdsItself(item, [...above, value]));
}

/** Findings of rules with the places of their paths; what has places keeps them. */
export const placeFindings = (findings: readonly Finding[], reading: Reading): readonly Finding[] =>
  findings.map((finding) => placedFinding(finding, reading));
