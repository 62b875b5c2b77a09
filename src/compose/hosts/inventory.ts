/** ansible/inventory.yaml: machines with their addresses, and a group for each role. */
import type { HostRole, Variables } from "../../model/hostRole.ts";
import type { Host, Node, Plan } from "../../model/plan.ts";
import { openNodes } from "../../model/hostRole.ts";
import { sshUserOf } from "../../model/namedMachines.ts";
import { printDocuments } from "../../yaml/print.ts";

/** No machine is called so: their names have no underscore. */
export const groupOf = ({ id }: Pick<HostRole, "id">): string => `has_${id}`;

export function inventory(plan: Plan, machines: readonly (Host | Node)[], roles: readonly HostRole[]): string {
  const nodes = new Set(openNodes(plan).map(({ name }) => name));
  const told = (wanted: readonly (Host | Node)[]): Variables =>
    Object.fromEntries(
      wanted.map((machine) => [
        machine.name,
        {
          ansible_host: machine.ip,
          ...(sshUserOf(machine) !== undefined && { ansible_user: sshUserOf(machine) }),
          ...variablesOf(machine, roles),
        },
      ]),
    );
  const hosts = machines.filter(({ name }) => !nodes.has(name));
  const inCluster = machines.filter(({ name }) => nodes.has(name));
  return printDocuments([
    {
      all: {
        children: {
          ...(hosts.length > 0 && { lan_hosts: { hosts: told(hosts) } }),
          ...(inCluster.length > 0 && { cluster_nodes: { hosts: told(inCluster) } }),
          ...Object.fromEntries(roles.map((role) => [groupOf(role), group(role)])),
        },
      },
    },
  ]);
}

const group = ({ machines, variables }: HostRole): Variables => ({
  hosts: Object.fromEntries(machines.map(({ name }) => [name, {}])),
  ...(variables !== undefined && { vars: variables }),
});

const variablesOf = ({ name }: Host | Node, roles: readonly HostRole[]): Variables =>
  Object.assign(
    {},
    ...roles.flatMap(({ machines }) => machines.filter((one) => one.name === name).map(({ variables }) => variables)),
  ) as Variables;
