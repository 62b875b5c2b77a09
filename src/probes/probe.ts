/** A probe: what it asks the world outside, and what it makes of the answers. Both pure; asking is somebody else's. */
import { toFinding as fileFinding, type Audit } from "../audit/audit.ts";
import type { Finding, SpecPath } from "../model/finding.ts";
import type { Answers, Question } from "./question.ts";

export const AREAS = ["tools", "cluster", "addresses", "resolvers", "domains", "machine", "time"] as const;
export type Area = (typeof AREAS)[number];

export interface Probe {
  readonly area: Area;
  readonly questions: readonly Question[];
  judge(answers: Answers): readonly Verdict[];
}

/** `unknown` is neither good nor bad: nobody could tell, for this reason. */
export type Verdict =
  | { readonly is: "fine"; readonly says: string }
  | { readonly is: "unknown"; readonly says: string; readonly because: string }
  | { readonly is: "wrong"; readonly finding: Finding };

export const fine = (says: string): Verdict => ({ is: "fine", says });
export const unknown = (says: string, because: string): Verdict => ({ is: "unknown", says, because });

export interface FoundOutside {
  /** The sentence, in the user's names and numbers. */
  readonly message: string;
  /** Keys of homelab.yaml that say otherwise. */
  readonly paths?: readonly SpecPath[];
  readonly fix: string;
}

export const wrong = (audit: Audit, { message, paths = [], fix }: FoundOutside): Verdict => {
  const { places: _none, ...finding } = fileFinding(audit, { message, places: [], fix });
  return { is: "wrong", finding: { ...finding, paths } };
};
