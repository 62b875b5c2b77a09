/** Numbers about what runs: who answers with them, and who asks. */
import type { Plan } from "./plan.ts";
import type { Flow, Pods, UnitId } from "./unit.ts";

/** Pods that answer with numbers, in the words of Prometheus. */
export interface Metered {
  /** The unit whose folder carries the policy. */
  readonly unit: UnitId;
  readonly namespace: string;
  /** What they are called where numbers are looked at: `cert-manager`. */
  readonly name: string;
  /** Labels of the pods. */
  readonly pods: Readonly<Record<string, string>>;
  /** A port that a container of theirs lists. */
  readonly port: number;
  /** `/metrics` when absent. */
  readonly path?: string;
  /** They are in the network of their node, where no policy stands before them. */
  readonly onNode?: true;
}

/** Who asks; none where nobody looks at numbers. */
export const collectorsOf = (plan: Pick<Plan, "chosen">): readonly Pods[] =>
  plan.chosen.flatMap(({ component }) => component.collects ?? []);

/** Whether anybody asks: charts are told to answer then. */
export const isMetered = (plan: Pick<Plan, "chosen">): boolean => collectorsOf(plan).length > 0;

/** Everybody who answers, in the order of the catalog; nobody where nobody asks. */
export const meteredIn = (plan: Plan): readonly Metered[] =>
  isMetered(plan)
    ? plan.chosen.flatMap((chosen) => chosen.component.metrics?.(plan, chosen.options, chosen) ?? [])
    : [];

/** What lets those who ask in. */
export const metricFlows = (plan: Plan): readonly Flow[] =>
  meteredIn(plan)
    .filter(({ onNode }) => onNode !== true)
    .map(({ unit, namespace, name, pods, port }) => ({
      unit,
      namespace,
      name: `${name}-metrics`,
      to: pods,
      from: collectorsOf(plan),
      ports: [{ port, protocol: "TCP" }],
      because: "Prometheus asks for its numbers",
    }));
