/** Whether machines have the memory that is asked of them. All sizes in MiB. */
import type { Node, Plan } from "./plan.ts";
import { nodesOf, workloadsIn, type PlacedWorkload } from "./workloads.ts";

export interface MachineMemory {
  readonly node: Node;
  /** Undefined where nobody says. */
  readonly has: number | undefined;
  /** The distribution, as its documentation asks for it. */
  readonly system: number;
  /** Pods that are on each machine of its sort. */
  readonly fixed: readonly PlacedWorkload[];
  /** Pods that could be elsewhere as well, and are here where a scheduler shares them out. */
  readonly shared: readonly PlacedWorkload[];
}

const has = ({ made, options }: Node): number | undefined => made?.memory ?? (options["memory"] as number | undefined);

const sum = (workloads: readonly PlacedWorkload[]): number => workloads.reduce((all, { memory }) => all + memory, 0);

export const fixedMemory = ({ fixed }: MachineMemory): number => sum(fixed);
export const sharedMemory = ({ shared }: MachineMemory): number => sum(shared);
export const askedMemory = (one: MachineMemory): number => one.system + fixedMemory(one) + sharedMemory(one);

/** Of pods alone, on all machines. */
export const totalMemory = (machines: readonly MachineMemory[]): number =>
  machines.reduce((all, machine) => all + fixedMemory(machine) + sharedMemory(machine), 0);

/** What is known to be too much. */
export const isShort = (one: MachineMemory): boolean => one.has !== undefined && askedMemory(one) > one.has;

/** Pods of all in use, or `of` some. */
export function memoryOf(plan: Plan, of = plan.chosen): readonly MachineMemory[] {
  const workloads = workloadsIn(plan, of);
  const start = plan.nodes.map((node) => ({
    node,
    has: has(node),
    system: plan.cluster.traits.least[node.role].memory,
    fixed: workloads.filter((one) => one.pods === "each" && nodesOf(one, plan).includes(node)),
    shared: [],
  }));
  // The largest first: what is small finds a place between the others.
  const pods = workloads
    .flatMap((one) => (one.pods === "each" ? [] : Array.from({ length: one.pods }, () => one)))
    .toSorted((a, b) => b.memory - a.memory);
  return pods.reduce<readonly MachineMemory[]>((machines, pod) => placed(pod, machines, plan), start);
}

/**
 * Where it fits, apart from others of its own, on the emptiest machine (Kubernetes documentation, Scheduler Configuration:
 * NodeResourcesFit, PodTopologySpread).
 */
function placed(pod: PlacedWorkload, machines: readonly MachineMemory[], plan: Plan): readonly MachineMemory[] {
  const largest = Math.max(...machines.map((machine) => machine.has ?? 0));
  const filled = (machine: MachineMemory): number => askedMemory(machine) / ((machine.has ?? largest) || 1);
  const crowded = (machine: MachineMemory): number =>
    Number(machine.has !== undefined && askedMemory(machine) + pod.memory > machine.has);
  const twins = ({ shared }: MachineMemory): number => shared.filter(({ name }) => name === pod.name).length;
  const [first] = machines
    .filter(({ node }) => nodesOf(pod, plan).includes(node))
    .toSorted((a, b) => crowded(a) - crowded(b) || twins(a) - twins(b) || filled(a) - filled(b));
  return machines.map((machine) => (machine === first ? { ...machine, shared: [...machine.shared, pod] } : machine));
}
