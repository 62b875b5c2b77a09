/** Gateways whose address nobody can tell by looking at their routes: those carry a record beside them. */
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { ComponentId } from "../model/unit.ts";

/** Components whose routes may have a record beside them. */
export const isRecording = (id: ComponentId, { chosen }: Pick<Plan, "chosen">): boolean =>
  chosen.some(({ component }) => component.id === id && component.gateways?.needsRecord !== undefined);

export const needsRecord = (gateway: Gateway, plan: Plan): boolean =>
  plan.chosen
    .find(({ component }) => component.id === gateway.component)
    ?.component.gateways?.needsRecord?.(gateway, plan) === true;
