/** What docs/hosts.md says. */
import { managedHosts, openNodes, type HostRole } from "../../model/hostRole.ts";
import type { Host, Node, Plan } from "../../model/plan.ts";
import { poolRoutes } from "../../model/poolRoutes.ts";
import type { View } from "../../model/unit.ts";
import { exportingHosts } from "./roles.ts";

export function hostsView(plan: Plan, machines: readonly (Host | Node)[], roles: readonly HostRole[]): View {
  const played = roles.filter(({ playbook }) => playbook === undefined);
  const has = (id: string): boolean => roles.some((role) => role.id === id);
  const rolesFor = (name: string): readonly HostRole[] =>
    played.filter((role) => role.machines.some((machine) => machine.name === name));
  return {
    machines: machines.map(({ name, ip }) => ({
      name,
      ip,
      has: rolesFor(name).map(({ id }) => id),
    })),
    roles: played.map(({ id, title }) => ({ id, title })),
    upgrade: roles.flatMap(({ playbook, machines: own }) =>
      playbook === "upgrade" ? [{ first: own[0]?.name ?? "", last: own.at(-1)?.name ?? "" }] : [],
    ),
    example: machines[0]?.name ?? "",
    exampleIp: machines[0]?.ip ?? "",
    nodes: openNodes(plan).length > 0,
    hosts: managedHosts(plan).map(({ name }) => name),
    routes: has("pool_routes") ? poolRoutes(plan).map(({ network, via }) => ({ network, via })) : [],
    exports: exportingHosts(plan).flatMap(({ name, ip, exports }) =>
      exports.map((folder) => ({ host: name, ip, folder })),
    ),
    exporters: managedHosts(plan)
      .filter(({ nodeExporter }) => nodeExporter)
      .map(({ name, ip }) => ({ name, ip })),
    inTurn: played.some(({ inTurn }) => inTurn),
  };
}
