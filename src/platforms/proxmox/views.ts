/** What the templates of Proxmox see. */
import type { Pin, View } from "../../model/component.ts";
import type { Plan } from "../../model/plan.ts";
import { endpointOf, virtualMachineOf } from "./machines.ts";
import { sizeText } from "./size.ts";

export const versionsView = (provider: Pin): View => ({ source: provider.source, version: provider.version });

export const docsView = (plan: Plan): View => ({
  endpoint: endpointOf(plan),
  hosts: [...new Set(plan.nodes.map((node) => virtualMachineOf(node).host))].join(", "),
  storages: [...new Set(plan.nodes.flatMap((node) => [virtualMachineOf(node).storage, virtualMachineOf(node).images]))],
  bridges: [...new Set(plan.nodes.map((node) => virtualMachineOf(node).bridge))],
  machines: plan.nodes.map((node) => {
    const { host, cores, memory, disk } = virtualMachineOf(node);
    return {
      name: node.name,
      host,
      address: node.ip,
      mac: String(node.options["mac"]),
      cores,
      memory: sizeText(memory),
      disk: sizeText(disk),
    };
  }),
});
