/** Who tells the house the names of the network. */
import { isChosen } from "../model/chosen.ts";
import type { Plan } from "../model/plan.ts";
import { lanPublishers } from "./publishing.ts";

/** Whether somebody reads records that stand beside routes. */
export const readsRecords = (plan: Pick<Plan, "chosen">): boolean =>
  isChosen(plan, "k8s-gateway") || lanPublishers(plan).length > 0;
