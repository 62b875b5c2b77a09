import type { Pin, PinId } from "../model/unit.ts";
import { gpuPlugin } from "./gpuPlugin.ts";

/** As its chart has it (ROCm/k8s-device-plugin, helm/amd-gpu 0.21.0), without what labels nodes: homelab.yaml knows them. */
export const amdGpuPlugin = (pins: ReadonlyMap<PinId, Pin>) =>
  gpuPlugin({
    maker: "amd",
    id: "amd-gpu-plugin",
    title: "Device plugin of AMD",
    summary: "counts graphics cards of AMD and hands them to pods; one small pod on each node that has one",
    image: "amd-gpu-plugin-image",
    memory: 32,
    pins,
  });
