/**
 * Everything that has an id: rules over the plan, audits of files and ailments of reality, about
 * which a plan alone has nothing to say.
 */
import { audits } from "../audit/index.ts";
import { ailments } from "../probes/index.ts";
import { rules } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import { auditsOnDisk } from "./commands/check/audits.ts";

export const ruleBook: readonly Rule[] = [
  ...rules,
  ...[...audits, ...auditsOnDisk, ...ailments].map((audit): Rule => ({ ...audit, check: () => [] })),
];
