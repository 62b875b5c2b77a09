/** What docs/memory.md says: a line for each machine, and one for each part that asks for memory. */
import { sizeText } from "../../fields/size.ts";
import {
  askedMemory,
  fixedMemory,
  isShort,
  memoryOf,
  sharedMemory,
  totalMemory,
  type MachineMemory,
} from "../../model/memory.ts";
import type { Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";
import { nodesOf, workloadsIn, type PlacedWorkload } from "../../model/workloads.ts";

const SEEING = "observability";

export function memoryView(plan: Plan): View {
  const machines = memoryOf(plan);
  const workloads = workloadsIn(plan);
  const without = plan.chosen.filter(({ slot }) => slot !== SEEING);
  return {
    machines: machines.map(machineView),
    unknown: machines.some(({ has }) => has === undefined),
    short: machines.filter(isShort).map(({ node }) => node.name),
    parts: workloads.filter(({ memory }) => memory > 0).map((one) => partView(one, plan)),
    silent: [...new Set(workloads.filter(({ memory }) => memory === 0).map(({ name }) => name))],
    total: sizeText(totalMemory(machines)),
    without: without.length === plan.chosen.length ? null : sizeText(totalMemory(memoryOf(plan, without))),
  };
}

function machineView(machine: MachineMemory): View {
  const { node, has, system } = machine;
  return {
    name: node.name,
    has: has === undefined ? "not said" : sizeText(has),
    system: sizeText(system),
    fixed: sizeText(fixedMemory(machine)),
    shared: sizeText(sharedMemory(machine)),
    left: has === undefined ? "" : leftText(has - askedMemory(machine)),
  };
}

const leftText = (left: number): string => (left < 0 ? `${sizeText(-left)} too little` : sizeText(left));

function partView(one: PlacedWorkload, plan: Plan): View {
  const pods = one.pods === "each" ? nodesOf(one, plan).length : one.pods;
  return {
    part: one.chosen.component.title,
    name: one.name,
    pods: one.pods === "each" ? `${pods}, one a machine` : pods,
    memory: sizeText(one.memory),
    sum: sizeText(pods * one.memory),
  };
}
