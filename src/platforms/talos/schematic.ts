/** What is in the image beside Talos, and the id Image Factory knows it by. */
import type { MadeMachines } from "../../model/machines.ts";
import type { Plan } from "../../model/plan.ts";
import { sha256 } from "./sha256.ts";

export interface Schematic {
  readonly id: string;
  /** Sorted: another order would be another id for the same image. */
  readonly extensions: readonly string[];
  /** Which of Talos' images, by where they find what they need at the first start. */
  readonly image: "metal" | "nocloud";
}

const AGENTS: Readonly<Record<MadeMachines["guestAgent"], string>> = { qemu: "siderolabs/qemu-guest-agent" };

export function schematicOf(plan: Plan, machines: MadeMachines | undefined): Schematic {
  const wanted = (plan.cluster.options["extensions"] ?? []) as readonly string[];
  const agent = machines === undefined ? [] : [AGENTS[machines.guestAgent]];
  const extensions = [...new Set([...agent, ...wanted])].sort();
  return { id: sha256(canonical(extensions)), extensions, image: machines?.configDrive ? "nocloud" : "metal" };
}

/** The form Image Factory hashes: its own structure, printed with four spaces (image-factory, pkg/schematic). */
function canonical(extensions: readonly string[]): string {
  if (extensions.length === 0) return "customization: {}\n";
  const items = extensions.map((extension) => `            - ${extension}\n`).join("");
  return `customization:\n    systemExtensions:\n        officialExtensions:\n${items}`;
}
