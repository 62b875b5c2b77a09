/** Amounts as workloads ask for them. */
import { asList, at } from "../../src/model/unknown.ts";

export interface Requests {
  /** Thousandths of a core. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
}

/** Pods of one workload. */
export interface Workload extends Requests {
  readonly name: string;
  readonly pods: number;
  /** On how many nodes its pods have to be, because they refuse to share one. */
  readonly nodesNeeded: number;
  /** Nodes that may run it. */
  readonly nodes: number;
}

/** `250m`, `1`, `0.5`. */
export function millicores(text: unknown): number {
  if (text === undefined) return 0;
  const written = String(text);
  return written.endsWith("m") ? Number(written.slice(0, -1)) : Number(written) * 1000;
}

const UNITS: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, k: 1e3 / 2 ** 20, M: 1e6 / 2 ** 20 };

/** `128Mi`, `1Gi`, bytes. */
export function mebibytes(text: unknown): number {
  if (text === undefined) return 0;
  const [, number = "0", unit] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|k|M)?$/.exec(String(text)) ?? [];
  return unit === undefined ? Number(number) / 2 ** 20 : Number(number) * (UNITS[unit] ?? Number.NaN);
}

export const requestsOf = (containers: unknown): Requests =>
  asList(containers).reduce<Requests>(
    (sum, container) => ({
      cpu: sum.cpu + millicores(at(container, "resources", "requests", "cpu")),
      memory: sum.memory + mebibytes(at(container, "resources", "requests", "memory")),
    }),
    { cpu: 0, memory: 0 },
  );
