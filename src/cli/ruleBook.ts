/** Everything that has an id: rules over the plan, and audits of files, about which a plan alone has nothing to say. */
import { audits } from "../audit/index.ts";
import { rules } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import { auditsOnDisk } from "./commands/check/audits.ts";

export const ruleBook: readonly Rule[] = [
  ...rules,
  ...[...audits, ...auditsOnDisk].map((audit): Rule => ({ ...audit, check: () => [] })),
];
