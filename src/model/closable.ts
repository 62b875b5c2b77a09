/** Namespaces that stay open, and those with parts of the network that may be closed. */
import { isBuiltInNamespace } from "./layout.ts";
import type { Chosen, Plan } from "./plan.ts";

/** Who is in the way of closing a namespace, as a clause; undefined where nobody is. */
export function keptOpenBy(namespace: string, plan: Plan): string | undefined {
  if (namespace === "kube-system") return "names, the pod network and other parts of the cluster run there";
  if (namespace !== "default" && isBuiltInNamespace(namespace)) return "it is Kubernetes' own";
  const there = plan.chosen
    .filter((chosen) => runsIn(namespace, chosen, plan))
    .map(({ component }) => component)
    .filter(({ begins }) => begins === undefined);
  const [first, ...others] = [...new Set(there.map(({ title }) => title))];
  if (first === undefined) return undefined;
  const engine = there.find((component) => component.engine !== undefined);
  if (engine !== undefined) return `${engine.title} runs there, which would have to open it again`;
  const podNetwork = there.find((component) => component.podNetwork !== undefined);
  if (podNetwork !== undefined) return `${podNetwork.title} runs there, which carries what every pod says`;
  return others.length === 0
    ? `nobody has written down what ${first} needs, which runs there`
    : `nobody has written down what ${listed([first, ...others])} need, which run there`;
}

const listed = (titles: readonly string[]): string => `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;

const runsIn = (namespace: string, chosen: Chosen, plan: Plan): boolean =>
  chosen.component.runsIn?.includes(namespace) === true ||
  chosen.component.units(plan, chosen.options, chosen).some((unit) => isIn(unit, namespace));

const isIn = (unit: { readonly namespace: string; readonly guest?: true }, namespace: string): boolean =>
  unit.namespace === namespace && unit.guest !== true;

/** Namespaces that parts of the network run in and that may be closed, with the titles of those. */
export function closable(plan: Plan): ReadonlyMap<string, readonly string[]> {
  const titles = new Map<string, readonly string[]>();
  for (const chosen of plan.chosen) {
    const { component, options } = chosen;
    for (const unit of component.units(plan, options, chosen)) {
      const { namespace } = unit;
      if (unit.guest === true || keptOpenBy(namespace, plan) !== undefined) continue;
      titles.set(namespace, [...new Set([...(titles.get(namespace) ?? []), component.title])]);
    }
  }
  return titles;
}
