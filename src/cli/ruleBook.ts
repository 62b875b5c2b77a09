/** Everything that has an id: rules over the plan, and audits of files, about which a plan alone has nothing to say. */
import { audits } from "../audit/index.ts";
import { rules } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import { drifts } from "./commands/check/drift.ts";
import { programAudits } from "./commands/check/programs/programs.ts";

export const ruleBook: readonly Rule[] = [
  ...rules,
  ...[...audits, ...programAudits, ...drifts].map((audit): Rule => ({ ...audit, check: () => [] })),
];
