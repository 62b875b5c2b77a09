/** An audit: something that can be wrong in the files of a repository, with its reason and source, as rules have them. */
import type { Finding, Place } from "../model/finding.ts";
import type { Rule } from "../rules/rule.ts";

/** Told apart from a rule by where it looks: at files that people edit, not at the plan. */
export type Audit = Pick<Rule, "id" | "severity" | "title" | "because" | "source">;

export interface FoundInFiles {
  /** The sentence, in the user's names and numbers. */
  readonly message: string;
  /** The most telling first. */
  readonly places: readonly Place[];
  readonly fix: string;
}

export const toFinding = ({ id, severity, because }: Audit, { message, places, fix }: FoundInFiles): Finding => ({
  id,
  severity,
  message,
  paths: [],
  places,
  consequence: because,
  fix,
});
