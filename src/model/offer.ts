/** What `create` asks about components that a network can be without, and about the few options people decide early. */
import type { Plan } from "./plan.ts";

/** A component that is offered at a question; one without is chosen in homelab.yaml. */
export interface Offer {
  /** Why it is proposed in the network so far. Nothing is, when absent. */
  proposed?(plan: Plan): string | undefined;
  /** Options it is chosen with, where they follow from the network so far. */
  with?(plan: Plan): Readonly<Record<string, unknown>> | undefined;
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

/** Asked where the component stands: an option that nothing can stand in for. */
export interface NeededOption {
  readonly key: string;
  readonly flag: string;
  /** `NAME,…`, for help. */
  readonly value: string;
  readonly label: string;
  readonly summary: string;
  /** It is a list, and what is typed are its items. */
  readonly list?: true;
}

/** Asked where an answer was given that it belongs to. */
export interface AnsweredOption extends NeededOption {
  /** It has a default, which an empty answer leaves. */
  readonly optional?: true;
  /** What rules look at while it is not known. */
  readonly standIn?: string;
}

export interface OptionAnswer {
  readonly value: string;
  readonly title: string;
  readonly summary: string;
  /** Values by option. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What has to be known then; answers that ask the same by one flag ask it in the same words. */
  readonly asks?: readonly AnsweredOption[];
}
