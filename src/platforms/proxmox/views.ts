/** What the templates of Proxmox see. */
import { attachmentsAt } from "../../model/attachments.ts";
import type { Pin, View } from "../../model/unit.ts";
import type { Plan } from "../../model/plan.ts";
import { endpointOf, virtualMachineOf } from "./machines.ts";
import { sizeText } from "./size.ts";

export const versionsView = (provider: Pin): View => ({ source: provider.source, version: provider.version });

export const docsView = (plan: Plan): View => {
  const machines = plan.nodes.map((node) => ({ node, own: virtualMachineOf(node) }));
  const used = (key: "host" | "bridge" | "storage" | "images"): string =>
    [...new Set(machines.map(({ own }) => own[key]))].join(", ");
  return {
    endpoint: endpointOf(plan),
    hosts: used("host"),
    bridges: used("bridge"),
    storages: used("storage"),
    images: used("images"),
    cards: machines.flatMap(({ node }) =>
      (node.made?.cards ?? []).map(({ name, mac }, index) => ({
        machine: node.name,
        number: index + 1,
        mac,
        name,
        networks: attachmentsAt(node, plan)
          .filter(({ card }) => card === name)
          .map(({ network }) => network.name)
          .join(", "),
      })),
    ),
    tags: plan.nodes.some(
      (node) => node.options["vlan"] !== undefined || attachmentsAt(node, plan).some(({ network }) => network.tagged),
    ),
    machines: machines.map(({ node, own: { host, cores, memory, disk } }) => ({
      name: node.name,
      host,
      address: node.ip,
      mac: String(node.options["mac"]),
      cores,
      memory: sizeText(memory),
      disk: sizeText(disk),
    })),
  };
};
