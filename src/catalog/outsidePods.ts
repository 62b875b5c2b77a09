import type { Plan } from "../model/plan.ts";

/** Whether requests come through a gateway that has no pods: who lets all pods in has to let it in by what it is. */
export const fromOutsidePods = (plan: Plan): boolean =>
  plan.chosen.some(({ component }) => component.gateways?.dataPlane(plan).includes("ingress"));
