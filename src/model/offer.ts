/** What `create` asks about components that a network can be without, and about the few options people decide early. */
import type { Plan } from "./plan.ts";

/** A component that is offered at a question; one without is chosen in homelab.yaml. */
export interface Offer {
  /** Why it is proposed in the network so far. Nothing is, when absent. */
  proposed?(plan: Plan): string | undefined;
}

/** Asked where the component stands: one answer that settles some of its options. */
export interface OptionQuestion {
  readonly flag: string;
  readonly label: string;
  readonly summary: string;
  /** The first is what its options are without a word, for this reason. */
  readonly answers: readonly [OptionAnswer, ...OptionAnswer[]];
  readonly because: string;
}

/** Asked where the component stands: an option, a list of names, that nothing can stand in for. */
export interface NeededOption {
  readonly key: string;
  readonly flag: string;
  /** `NAME,…`, for help. */
  readonly value: string;
  readonly label: string;
  readonly summary: string;
}

export interface OptionAnswer {
  readonly value: string;
  readonly title: string;
  readonly summary: string;
  /** Values by option. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A cluster that the internet reaches has its domain where records can be written by a program. */
export const proposedWhenPublic =
  (because: string) =>
  ({ gateways }: Plan): string | undefined =>
    gateways.some((gateway) => gateway.public !== undefined) ? because : undefined;
