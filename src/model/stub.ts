/** Domains that are not asked for where everything else is. */
import type { Plan } from "./plan.ts";

export interface Stub {
  /** `ragas.cc`, `consul`. */
  readonly domains: readonly string[];
  /** `172.16.1.60`, `10.4.0.11:8600`, `[fd00::11]:8600`: the first that answers is asked. */
  readonly servers: readonly string[];
}

/** Of all that is in use; none where every name is found through the resolvers of the nodes. */
export const stubsOf = (plan: Plan): readonly Stub[] =>
  plan.chosen.flatMap(({ component, options }) => component.answers?.(plan, options) ?? []);
