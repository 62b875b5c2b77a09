import type { Pin, PinId } from "../model/unit.ts";
import { gpuPlugin } from "./gpuPlugin.ts";

/** As deployments/gpu_plugin/base of intel/intel-device-plugins-for-kubernetes 0.36, which an operator is not needed for. */
export const intelGpuPlugin = (pins: ReadonlyMap<PinId, Pin>) =>
  gpuPlugin({
    maker: "intel",
    id: "intel-gpu-plugin",
    title: "Device plugin of Intel",
    summary: "counts graphics cards of Intel and hands them to pods; one small pod on each node that has one",
    image: "intel-gpu-plugin-image",
    memory: 45,
    pins,
  });
