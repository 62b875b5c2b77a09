/** The nodes, with what follows from the hardware where the repository makes it: its disk, its card. */
import { extraCards } from "../model/attachments.ts";
import type { Catalog } from "../model/component.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Architecture, Gpu, Machine, Node } from "../model/plan.ts";
import type { Platform } from "../model/platform.ts";
import type { Default, Spec } from "../spec/spec.ts";

/** Most machines are of the first architecture; what somebody wrote is stronger than what the hardware is known to be. */
function knownOf({ options }: Machine, hardware: Platform | undefined): Pick<Node, "traits" | "gpu"> {
  const traits = { arch: "amd64", ...hardware?.nodeTraits?.(options) } as const;
  const arch = (options["arch"] ?? traits.arch) as Architecture;
  return { traits: { ...traits, arch }, gpu: options["gpu"] as Gpu | undefined };
}

interface Machines {
  readonly nodes: readonly Omit<Node, "runsPods">[];
  /** What the nodes got that the spec does not say. */
  readonly defaults: readonly (readonly [SpecPath, Default])[];
}

export function machinesOf({ nodes, cluster, networks }: Spec, { platforms }: Catalog): Machines {
  const hardware = platforms.find(({ id }) => id === cluster.hardware);
  const made = hardware?.machines;
  const image = platforms.find(({ id }) => id === cluster.distribution)?.machineImage;
  const known = nodes.map((node) => ({ ...node, ...knownOf(node, hardware) }));
  // A rule refuses the hardware that does not start machines of the distribution.
  if (made === undefined || image === undefined || !made.starts.includes(image.kind))
    return { nodes: known, defaults: [] };
  const followed = known.map((node) => ({
    node,
    entries: Object.entries(made.options(node, image)).filter(([key]) => node.options[key] === undefined),
  }));
  return {
    nodes: followed.map(({ node, entries }) => {
      const whole = { ...node, options: { ...node.options, ...Object.fromEntries(entries) } };
      return { ...whole, made: made.made(whole, extraCards(whole, { networks }), image) };
    }),
    defaults: followed.flatMap(({ node, entries }) =>
      entries.map(([key, value]) => [`cluster.nodes.${node.name}.${key}`, { value, because: made.because }] as const),
    ),
  };
}
