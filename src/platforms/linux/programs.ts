/** What components need of a Linux that somebody else installed, as scripts that log in to it bring it. */
import { nodeNeeds } from "../../model/nodeNeeds.ts";
import type { Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";

/** `nfs-common:mount.nfs:`, as the scripts take it apart. */
export const programsView = (plan: Plan): View => ({
  programs: nodeNeeds(plan)
    .packages.map(({ name, program, service = "" }) => `${name}:${program}:${service}`)
    .join(" "),
});

/** The step of a script before others, where there is anything for it to do. */
export const programsStep = (plan: Plan): string => (nodeNeeds(plan).packages.length > 0 ? " programs" : "");
