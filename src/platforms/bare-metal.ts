import { memoryOption } from "./memoryOption.ts";
import type { Platform } from "../model/platform.ts";

/** Machines, real or virtual, that somebody starts or installs as the distribution wants them. Nothing is emitted for them. */
export const bareMetal: Platform = {
  id: "bare-metal",
  role: "hardware",
  title: "Machines you start yourself",
  summary: "real machines or VMs that you start or install yourself; their hardware stays your affair",
  proposed: "it takes any machine",
  clusterOptions: {},
  nodeOptions: { memory: memoryOption },
  files: () => new Map(),
  early: () => [],
};
