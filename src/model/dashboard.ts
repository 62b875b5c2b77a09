/** Pictures of numbers, as data: who has numbers says what of them is worth a look, and who shows pictures draws it. */
import { isMetered } from "./metrics.ts";
import type { Plan } from "./plan.ts";

/** What numbers are, in the words of Grafana (grafana/grafana, packages/grafana-data, valueFormats). */
export type NumberUnit = "short" | "reqps" | "ops" | "s" | "bytes" | "percentunit" | "bool_yes_no";

export interface Picture {
  readonly title: string;
  /** `lines` over time, or what is so `now`, a number for each. */
  readonly as: "lines" | "now";
  readonly unit: NumberUnit;
  /** In the language of Prometheus, and what each of the lines it finds is called: `{{pool}}`. */
  readonly queries: readonly { readonly expr: string; readonly legend: string }[];
}

export interface Dashboard {
  /** `cert-manager`: of its file and of its address. */
  readonly id: string;
  readonly title: string;
  /** Side by side. */
  readonly rows: readonly (readonly Picture[])[];
}

type Line = readonly [expr: string, legend: string];

const picture =
  (as: Picture["as"]) =>
  (title: string, unit: NumberUnit, ...queries: readonly Line[]): Picture => ({
    title,
    as,
    unit,
    queries: queries.map(([expr, legend]) => ({ expr, legend })),
  });

export const lines = picture("lines");
export const now = picture("now");

/** Of all in use, or `of` some; each once, whoever shares it. Nobody draws what nobody asks for. */
export function dashboardsIn(plan: Plan, of = plan.chosen): readonly Dashboard[] {
  if (!isMetered(plan)) return [];
  const all = of.flatMap((chosen) => chosen.component.dashboards?.(plan, chosen.options, chosen) ?? []);
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
