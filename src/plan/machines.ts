/** The nodes, with what follows from the hardware where the repository makes it: its disk, its card. */
import { extraCards } from "../model/attachments.ts";
import type { Catalog } from "../model/component.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Node } from "../model/plan.ts";
import type { Default, Spec } from "../spec/spec.ts";

interface Machines {
  readonly nodes: readonly Omit<Node, "runsPods">[];
  /** What the nodes got that the spec does not say. */
  readonly defaults: readonly (readonly [SpecPath, Default])[];
}

export function machinesOf({ nodes, cluster, networks }: Spec, { platforms }: Catalog): Machines {
  const made = platforms.find(({ id }) => id === cluster.hardware)?.machines;
  if (made === undefined) return { nodes, defaults: [] };
  const followed = nodes.map((node) => ({
    node,
    entries: Object.entries(made.options(node)).filter(([key]) => node.options[key] === undefined),
  }));
  return {
    nodes: followed.map(({ node, entries }) => ({
      ...node,
      made: made.made(node, extraCards(node, { networks })),
      options: { ...node.options, ...Object.fromEntries(entries) },
    })),
    defaults: followed.flatMap(({ node, entries }) =>
      entries.map(([key, value]) => [`cluster.nodes.${node.name}.${key}`, { value, because: made.because }] as const),
    ),
  };
}
