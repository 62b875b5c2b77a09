/** What the cluster stands on, as data: distributions and hardware. */
import type { z } from "zod";
import type { Catalog } from "./component.ts";
import type { PlatformDocs } from "./docs.ts";
import type { Expectation } from "./expectation.ts";
import type { HostRole } from "./hostRole.ts";
import type { MachineImage, MachineQuestion, MadeMachines, NodeLife } from "./machines.ts";
import type { Machine, NodeTraits, Plan } from "./plan.ts";
import type { Traits } from "./traits.ts";
import type { Tree } from "./tree.ts";
import type { OrderedUnit, PinId, UnitId } from "./unit.ts";

/** A distribution of Kubernetes or the hardware under it: node configuration and the way to a running API. */
export interface Platform {
  readonly id: string;
  readonly role: "distribution" | "hardware";
  readonly title: string;
  readonly summary: string;
  /** Versions in its files and programs it needs, so that Renovate moves them together. */
  readonly pins?: readonly PinId[];
  /** For distributions: a pin for each minor version of Kubernetes it installs, the newest first. */
  readonly kubernetes?: readonly PinId[];
  /** For distributions: what their machines start from where the repository makes them. Absent: it makes none. */
  readonly machineImage?: MachineImage;
  /** What its scripts leave in the repository, which git ignores, and where its programs look for it. */
  readonly workstation?: {
    readonly ignored: readonly string[];
    /** Variable → file, from the root of the repository. */
    readonly environment: Readonly<Record<string, string>>;
  };
  /** Keys it adds to `cluster`, and to each node (and `cluster.nodeDefaults`). */
  readonly clusterOptions: z.ZodRawShape;
  readonly nodeOptions: z.ZodRawShape;
  /** Asked about the machines where it is chosen. */
  readonly questions?: readonly MachineQuestion[];
  /** Offered first among its role, for this reason. */
  readonly proposed?: string;
  /** For hardware that the repository makes. */
  readonly machines?: MadeMachines;
  /** For distributions: what others have to know of it. */
  traits?(api: Plan["cluster"]["api"], options: Plan["cluster"]["options"]): Traits;
  /** For hardware: a page among its files, below docs/, about what its machines need first. */
  readonly page?: string;
  /** For hardware: what it is known to be, or nothing for a node of which it is not known. */
  nodeTraits?(options: Machine["options"]): Partial<NodeTraits>;
  /** What it takes for a machine to join and to leave. Absent for hardware: a machine is there, and stays. */
  readonly life?: NodeLife;
  readonly docs?: PlatformDocs;
  /** What its machines are known by, and what else it needs that only reality can tell; `gen doctor` looks. */
  expects?(plan: Plan): readonly Expectation[];
  /** For distributions: what Ansible keeps on their machines once they are members. */
  hostRoles?(plan: Plan): readonly HostRole[];
  files(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): Tree;
  /** Units that must run before an engine can on this platform, beside those that are early everywhere. */
  early(plan: Plan): readonly UnitId[];
}

/** Distributions that this hardware makes machines for; undefined where somebody else makes them. */
export const distributionsOf = (
  { machines }: Pick<Platform, "machines">,
  platforms: readonly Platform[],
): readonly string[] | undefined =>
  machines &&
  platforms
    .filter(({ machineImage }) => machineImage !== undefined && machines.starts.includes(machineImage.kind))
    .map(({ id }) => id);
