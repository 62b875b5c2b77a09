/** What the templates of Proxmox see. */
import { attachmentsAt } from "../../model/attachments.ts";
import type { CloudImage, MachineImage } from "../../model/machines.ts";
import type { Pin, View } from "../../model/unit.ts";
import type { Plan } from "../../model/plan.ts";
import { endpointOf, macAddressOf, userOf, virtualMachineOf } from "./machines.ts";
import { sizeText } from "../../fields/size.ts";

export const versionsView = (provider: Pin): View => ({ source: provider.source, version: provider.version });

export const scriptView = ({ nodes }: Plan, image: CloudImage): View => ({
  machines: nodes.map((node) => ({ name: node.name, user: userOf(node, image), ip: node.ip })),
});

export const docsView = (plan: Plan, image: MachineImage): View => {
  const machines = plan.nodes.map((node) => ({ node, own: virtualMachineOf(node) }));
  const used = (key: "host" | "bridge" | "storage" | "images"): string =>
    [...new Set(machines.map(({ own }) => own[key]))].join(", ");
  return {
    installer: image.kind === "installer",
    system: image.kind === "cloud-image" ? image.system : null,
    login: image.kind === "cloud-image" ? loginOf(plan, image) : null,
    passed: machines
      .filter(({ node, own }) => node.gpu !== undefined && own.mapping === undefined)
      .map(({ node }) => node.name),
    mapped: machines.flatMap(({ node, own: { host, mapping } }) =>
      mapping === undefined ? [] : [{ name: node.name, host, mapping }],
    ),
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
      mac: macAddressOf(node),
      cores,
      memory: sizeText(memory),
      disk: sizeText(disk),
    })),
  };
};

/** `debian@172.16.1.50`, as ssh takes it. */
const loginOf = ({ nodes: [first] }: Plan, image: CloudImage): string =>
  first === undefined ? "" : `${userOf(first, image)}@${first.ip}`;
