/** Graphics cards, and the machines they are in. */
import { RESOURCES } from "../../model/gpu.ts";
import type { Rule } from "../rule.ts";

/** NVIDIA's plugin is made for arm64 too (NVIDIA/k8s-device-plugin, README). */
const ON_AMD64: readonly string[] = ["intel", "amd"];

export const cardInPlace: Rule = {
  id: "NODE-GPU",
  severity: "error",
  title: "graphics cards are in machines that can drive them",
  because:
    "Boards have no driver for such a card, and the device plugins of Intel and AMD are made for amd64: the node would be kept for pods that never find a card there.",
  source:
    "raspberrypi/linux, bcm2711_defconfig; intel/intel-device-plugins-for-kubernetes 0.36, deployments/gpu_plugin; ROCm/k8s-device-plugin, k8s-ds-amdgpu-dp.yaml: kubernetes.io/arch amd64",
  *check({ nodes }) {
    for (const { name, gpu, traits } of nodes) {
      if (gpu === undefined) continue;
      const board = traits.board !== undefined;
      if (!board && (traits.arch === "amd64" || !ON_AMD64.includes(gpu))) continue;
      yield {
        message: board
          ? `${name} has gpu: ${gpu}, and is a Raspberry Pi`
          : `${name} has gpu: ${gpu}, its arch is ${traits.arch}, and nothing counts ${RESOURCES[gpu]} there`,
        paths: [`cluster.nodes.${name}.gpu`],
        fix: board ? `leave gpu out, or cluster.nodes.${name}.hardware: bare-metal` : "leave gpu out, or arch: amd64",
      };
    }
  },
};
