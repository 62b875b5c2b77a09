/** What is worth waking up for, and where it is said what to do. */
import { at } from "./layout.ts";
import type { Plan } from "./plan.ts";
import type { SecretNeed } from "./unit.ts";

/** A line of docs/alarms.md and a rule of Prometheus. */
export interface Alarm {
  /** `CertificateEnds`: a heading of the fragment `alarms` of whoever says it. */
  readonly name: string;
  /** Whatever this finds, in the language of Prometheus, is what is wrong. */
  readonly expr: string;
  /** How long that may be. */
  readonly for: string;
  readonly severity: "warning" | "critical";
  /** One sentence; labels of what was found as Prometheus fills them in. */
  readonly summary: string;
}

/** Who is told of alarms, at an address that only the owner knows. */
export interface Listener {
  /** The address, as a Secret has it. */
  readonly address: SecretNeed["keys"][number];
  /** It is a service of the internet, asked by https. Absent: it may be anywhere, also in the house. */
  readonly outside?: true;
  /** What is sent there with a text in it. Absent: all there is to know, in the form of the sender. */
  message?(text: string): Readonly<Record<string, unknown>>;
}

export const listenerIn = (plan: Plan): Listener | undefined => {
  for (const { component, options } of plan.chosen) {
    const listener = component.listens?.(plan, options);
    if (listener !== undefined) return listener;
  }
  return undefined;
};

export const ALARMS_PAGE = "docs/alarms.md";

/** Of all in use, or `of` some, in the order of the catalog. */
export const alarmsIn = (plan: Plan, of = plan.chosen): readonly Alarm[] =>
  of.flatMap((chosen) => chosen.component.alarms?.(plan, chosen.options, chosen) ?? []);

/** As hosts of Git repositories call a heading. */
export const pageOf = ({ name }: Alarm, plan: Pick<Plan, "root">): string =>
  `${at(plan, ALARMS_PAGE)}#${name.toLowerCase()}`;
