import type { Platform } from "../model/platform.ts";

/** Machines, real or virtual, that somebody starts from the image of the distribution. Nothing is emitted for them. */
export const bareMetal: Platform = {
  id: "bare-metal",
  role: "hardware",
  title: "Machines you start yourself",
  summary: "real machines or VMs that you boot from the image; their hardware stays your affair",
  proposed: "it takes any machine that starts from an image",
  clusterOptions: {},
  nodeOptions: {},
  files: () => new Map(),
  early: () => [],
};
