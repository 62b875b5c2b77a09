import type { NodeLife } from "../../model/machines.ts";
import { namesOf } from "../linux/machines.ts";

export const life: NodeLife = {
  joins: (nodes) => [`\`just vms\` makes ${namesOf(nodes, " and ")}, after it has shown what it does: docs/proxmox.md`],
  leaves: (nodes) => [
    `\`just vms\` deletes the VM${nodes.length === 1 ? "" : "s"} of ${namesOf(nodes, " and ")} with ${nodes.length === 1 ? "its disk" : "their disks"}, after it has shown what it does`,
  ],
};
