/** Machines of Talos that come and go (Talos 1.13 documentation, Scale up and Scale down a Talos cluster). */
import type { NodeLife } from "../../model/machines.ts";
import type { Node } from "../../model/plan.ts";
import { drain, isControlPlane, namesOf } from "../linux/machines.ts";

const bootOf = ({ name, ip }: Node): string =>
  `boot ${name} from the image of Talos: docs/bootstrap.md. It waits for its configuration at ${ip}`;

export const life: NodeLife = {
  joins: (nodes) => [
    ...nodes.filter(({ made }) => made === undefined).map(bootOf),
    `\`ONLY=${namesOf(nodes)} bootstrap/talos.sh config apply\` configures ${namesOf(nodes, " and ")}, and no other machine`,
  ],
  // A reset leaves etcd first, and erases the disks last.
  leaves: (nodes, plan) => {
    const other = plan.nodes.find((node) => isControlPlane(node) && !nodes.includes(node))?.ip ?? "";
    return nodes.map(
      ({ name, ip }) =>
        `\`${drain(name)} && talosctl reset --endpoints ${other} --nodes ${ip} && kubectl delete node ${name}\`: it leaves the cluster, its disks are erased and it switches itself off`,
    );
  },
};
