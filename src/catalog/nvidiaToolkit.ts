/** What containers get a card of NVIDIA with, on machines with a Linux of their own: packages of NVIDIA, told to the runtime. */
import type { Catalog } from "../model/component.ts";
import { nodesWithCards } from "../model/gpu.ts";
import type { HostRole } from "../model/hostRole.ts";
import { at } from "../model/layout.ts";
import { sshUserOf } from "../model/namedMachines.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { View } from "../model/unit.ts";
import { createTree } from "../tree/tree.ts";

const TEMPLATES = "components/nvidia-device-plugin";

interface ToolkitMachine {
  readonly name: string;
  readonly ip: string;
  readonly user: string;
  readonly service: string;
}

/** None where the image of the machine has it, or where nothing is written for machines. */
function machinesOf(plan: Plan): readonly ToolkitMachine[] {
  const { containerService } = plan.cluster.traits;
  if (containerService === undefined) return [];
  return nodesWithCards(plan, "nvidia").map((node) => ({
    name: node.name,
    ip: node.ip,
    user: sshUserOf(node) ?? "",
    service: containerService[node.role],
  }));
}

export const toolkitView = (plan: Plan): View => ({
  inImage: plan.cluster.traits.ownsMachine,
  script: machinesOf(plan).length > 0,
});

export function toolkitFiles(plan: Plan, _: unknown, __: Chosen, { templates }: Catalog): Tree {
  const machines = machinesOf(plan);
  if (machines.length === 0) return createTree([]);
  const told = !plan.cluster.traits.findsRuntimes;
  const by = "component nvidia-device-plugin";
  const view = { machines: machines.map((machine) => ({ ...machine })), told };
  return createTree([
    [
      at(plan, "bootstrap/nvidia.sh"),
      { content: templates.render(`${TEMPLATES}/nvidia.sh`, view), kept: "managed", executable: true, by },
    ],
    ...(told
      ? [
          [
            at(plan, "bootstrap/nvidia.toml"),
            { content: templates.render(`${TEMPLATES}/nvidia.toml`, {}), kept: "managed", by } as const,
          ] as const,
        ]
      : []),
  ]);
}

export const toolkitRole = (plan: Plan): readonly HostRole[] => [
  {
    id: "nvidia_toolkit",
    title: "What gives containers a card of NVIDIA",
    templates: `${TEMPLATES}/role`,
    machines: machinesOf(plan).map(({ name, service }) => ({
      name: name as HostRole["machines"][number]["name"],
      variables: { nvidia_toolkit_service: service },
    })),
    variables: { nvidia_toolkit_told: !plan.cluster.traits.findsRuntimes },
    inTurn: true,
  },
];
