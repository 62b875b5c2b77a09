/** All rules, the most fundamental first: findings appear in this order. */
import { doubts } from "./doubts.ts";
import { ofMachines } from "./ofMachines.ts";
import { ofServices } from "./ofServices.ts";
import type { Rule } from "./rule.ts";

export const rules: readonly Rule[] = [...ofMachines, ...ofServices, ...doubts];
