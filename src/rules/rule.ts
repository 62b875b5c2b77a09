/** A rule: a check over the plan with its reason and source. `gen explain ID` prints all of it. */
import type { Finding, Severity } from "../model/finding.ts";
import type { Plan } from "../model/plan.ts";

export interface Found {
  /** The sentence, in the user's names and numbers. */
  readonly message: string;
  /** Keys that take part, the most telling first. */
  readonly paths: readonly string[];
  readonly fix: string;
}

export interface Rule {
  /** `LB-POOL-DHCP`: the area, then what. */
  readonly id: string;
  readonly severity: Severity;
  /** One line for lists. */
  readonly title: string;
  /** What happens if it stays. A full sentence or two. */
  readonly because: string;
  /** Where the reason comes from: specification, documentation, source. */
  readonly source: string;
  /** Rules whose finding on the same key makes this one noise. */
  readonly unless?: readonly string[];
  check(plan: Plan): Iterable<Found>;
}

export const toFinding = (rule: Rule, found: Found): Finding => ({
  id: rule.id,
  severity: rule.severity,
  message: found.message,
  paths: found.paths,
  consequence: rule.because,
  fix: found.fix,
});
