/** What is in the image beside Talos, and the id Image Factory knows it by. */
import type { MadeMachines } from "../../model/machines.ts";
import { nodeNeeds } from "../../model/nodeNeeds.ts";
import type { Gpu, NodeTraits, Plan } from "../../model/plan.ts";
import { sha256 } from "./sha256.ts";

export interface Schematic {
  readonly id: string;
  /** Sorted: another order would be another id for the same image. */
  readonly extensions: readonly string[];
  /** What a board needs to start, from the repository of its makers. */
  readonly overlay?: Overlay | undefined;
  /** Which of Talos' images, by where they find what they need at the first start. */
  readonly image: "metal" | "nocloud";
}

const AGENTS: Readonly<Record<MadeMachines["guestAgent"], string>> = { qemu: "siderolabs/qemu-guest-agent" };

/** Of the installer, and of an image to start from: `metal-installer-secureboot` (Image Factory, README, Secure Boot). */
export const signedSuffix = ({ cluster }: Pick<Plan, "cluster">): string =>
  cluster.traits.startsSigned ? "-secureboot" : "";

export type Overlay = { readonly image: string; readonly name: string };

/** siderolabs/sbc-raspberrypi 0.2.0: the first is made for all boards up to the fourth. */
const OVERLAYS: Readonly<Record<NonNullable<NodeTraits["board"]>, Overlay>> = {
  pi4: { image: "siderolabs/sbc-raspberrypi", name: "rpi_generic" },
  pi5: { image: "siderolabs/sbc-raspberrypi", name: "rpi_5" },
};

/**
 * Drivers and firmware of graphics cards, and what gives containers one (siderolabs/extensions v1.13.9, Makefile; Talos 1.13
 * documentation, NVIDIA GPU (OSS drivers), AMD GPU Support). Cards of Intel are driven by the first or the second.
 */
const DRIVERS: Readonly<Record<Gpu, readonly string[]>> = {
  nvidia: ["siderolabs/nvidia-container-toolkit-production", "siderolabs/nvidia-open-gpu-kernel-modules-production"],
  intel: ["siderolabs/i915", "siderolabs/xe"],
  amd: ["siderolabs/amd-ucode", "siderolabs/amdgpu"],
};

/** `gpu`: of the machines with a card of this maker; of those without one when absent. */
export function schematicOf(plan: Plan, machines: MadeMachines | undefined, gpu?: Gpu): Schematic {
  const wanted = (plan.cluster.options["extensions"] ?? []) as readonly string[];
  const agent = machines === undefined ? [] : [AGENTS[machines.guestAgent]];
  const drivers = gpu === undefined ? [] : DRIVERS[gpu];
  const extensions = [...new Set([...agent, ...wanted, ...drivers, ...nodeNeeds(plan).extensions])].sort();
  // One image for all machines (NODE-IMAGE).
  const board = plan.nodes[0]?.traits.board;
  const overlay = board && OVERLAYS[board];
  return {
    id: sha256(canonical(extensions, overlay)),
    extensions,
    overlay,
    image: machines?.configDrive ? "nocloud" : "metal",
  };
}

/** Makers of cards, each once, as the nodes have them. */
export const makersOf = ({ nodes }: Pick<Plan, "nodes">): readonly Gpu[] => [
  ...new Set(nodes.flatMap(({ gpu }) => gpu ?? [])),
];

/** Where it is told: `talos/schematic-nvidia.yaml`. */
export const schematicFile = (gpu?: Gpu): string => `talos/schematic${gpu === undefined ? "" : `-${gpu}`}.yaml`;

/** The form Image Factory hashes: its own structure, printed with four spaces (image-factory, pkg/schematic). */
function canonical(extensions: readonly string[], overlay: Overlay | undefined): string {
  const head = overlay === undefined ? "" : `overlay:\n    image: ${overlay.image}\n    name: ${overlay.name}\n`;
  if (extensions.length === 0) return `${head}customization: {}\n`;
  const items = extensions.map((extension) => `            - ${extension}\n`).join("");
  return `${head}customization:\n    systemExtensions:\n        officialExtensions:\n${items}`;
}
