/** Memory of machines, against what runs on them before any app is there. */
import { sizeText } from "../../fields/size.ts";
import { askedMemory, isShort, memoryOf, type MachineMemory } from "../../model/memory.ts";
import type { PlacedWorkload } from "../../model/workloads.ts";
import type { Rule } from "../rule.ts";

/** The largest by far are few. */
const NAMED = 3;

const largestOf = (machines: readonly MachineMemory[]): readonly PlacedWorkload[] =>
  [...new Set(machines.flatMap(({ fixed, shared }) => [...fixed, ...shared]))]
    .filter(({ memory }) => memory > 0)
    .toSorted((a, b) => b.memory - a.memory)
    .slice(0, NAMED);

const keyOf = ({ node: { name, made } }: MachineMemory): string =>
  `cluster.nodes.${name}${made === undefined ? "" : `.${made.key}`}.memory`;

const shortBy = (machine: MachineMemory): string => sizeText(askedMemory(machine) - (machine.has ?? 0));

function sentence(short: readonly MachineMemory[]): string {
  const [first] = short;
  if (first === undefined || short.length > 1)
    return `${short.length} machines have too little memory: ${short
      .map((machine) => `${machine.node.name} lacks ${shortBy(machine)}`)
      .join(", ")}`;
  const pods = sizeText(askedMemory(first) - first.system);
  return `${first.node.name} has ${sizeText(first.has ?? 0)} of memory: its distribution asks for ${sizeText(first.system)}, and pods there for ${pods}`;
}

export const memoryShort: Rule = {
  id: "MEMORY-SHORT",
  severity: "warning",
  title: "each machine has the memory that is asked of it",
  because:
    "Pods for which no machine has memory left wait for ever; where they run all the same, the system kills one after the other.",
  source:
    "Kubernetes documentation, Resource Management for Pods and Containers; of each distribution, its requirements of a machine",
  unless: ["PVE-SMALL"],
  *check(plan) {
    const short = memoryOf(plan).filter(isShort);
    if (short.length === 0) return;
    const largest = largestOf(short);
    const named = largest.map(({ name, memory }) => `${name} ${sizeText(memory)}`).join(", ");
    yield {
      message: `${sentence(short)}${named === "" ? "" : ` (${named})`}`,
      paths: [...short.map(keyOf), ...new Set(largest.flatMap(({ chosen }) => chosen.path ?? []))],
      fix: `more memory for ${short.map(({ node }) => node.name).join(", ")}, or fewer parts of the network`,
    };
  },
};
