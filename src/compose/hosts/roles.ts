/** Every role of this network, in the order it is played: the way there, what runs on hosts, what runs on nodes. */
import { familyOf, type Ip } from "../../model/address.ts";
import type { Catalog } from "../../model/component.ts";
import { managedHosts, openNodes, usesAnsible, wantsPoolRoutes, type HostRole } from "../../model/hostRole.ts";
import { NFS_CLIENT, nodeNeeds, type NodePackage } from "../../model/nodeNeeds.ts";
import type { Host, Node, Plan } from "../../model/plan.ts";
import { poolRoutes } from "../../model/poolRoutes.ts";
import { platformsOf } from "../inUse.ts";

const TEMPLATES = "hosts/roles";

/** Machines that Ansible looks after, hosts first: what nodes need is there before they do. */
export const keptMachines = (plan: Plan): readonly (Host | Node)[] =>
  usesAnsible(plan) ? [...managedHosts(plan), ...openNodes(plan)] : [];

/** Roles that somebody has; none where nothing is to be kept. */
export function rolesOf(plan: Plan, catalog: Catalog): readonly HostRole[] {
  const kept = new Set(keptMachines(plan).map(({ name }) => name));
  const roles = [
    ...ownRoles(plan),
    ...plan.chosen.flatMap(({ component, options }) => component.hostRoles?.(plan, options) ?? []),
    ...platformsOf(plan, catalog).flatMap((platform) => platform.hostRoles?.(plan) ?? []),
  ];
  return roles
    .map((role) => ({ ...role, machines: role.machines.filter(({ name }) => kept.has(name)) }))
    .filter(({ machines }) => machines.length > 0);
}

/** What belongs to no component: routes, and what a host is said to have. */
function ownRoles(plan: Plan): readonly HostRole[] {
  const named = (machines: readonly (Host | Node)[]) => machines.map(({ name }) => ({ name }));
  const routes = wantsPoolRoutes(plan) ? poolRoutes(plan) : [];
  const routers = new Set(routes.map(({ via }) => via));
  const takers = routes.length === 0 ? [] : keptMachines(plan).filter(({ ips }) => !ips.some((ip) => routers.has(ip)));
  const servers = exportingHosts(plan);
  const programs = programsOf(plan);
  return [
    {
      id: "pool_routes",
      title: "Routes to the pools of the load balancer",
      templates: `${TEMPLATES}/pool_routes`,
      // A router that is a managed host has learned the way itself, and a machine of one family takes routes of that one.
      machines: takers.map(({ name, ips }) => {
        const own = routes.filter(({ family }) => ips.some((ip) => familyOf(ip) === family));
        return { name, ...(own.length < routes.length && { variables: { pool_routes: own } }) };
      }),
      variables: { pool_routes: routes },
    },
    {
      id: "nfs_server",
      title: "Folders for nodes by NFS",
      templates: `${TEMPLATES}/nfs_server`,
      machines: servers.map(({ name, exports }) => ({ name, variables: { nfs_server_folders: exports } })),
    },
    {
      id: "node_programs",
      title: "What volumes are mounted with",
      templates: `${TEMPLATES}/node_programs`,
      machines: named(programs.length === 0 ? [] : openNodes(plan)),
      variables: {
        node_programs_packages: programs.map(({ name }) => name),
        node_programs_services: programs.flatMap(({ service }) => service ?? []),
      },
    },
    {
      id: "node_exporter",
      title: "Numbers of the machine for Prometheus",
      templates: `${TEMPLATES}/node_exporter`,
      machines: named(managedHosts(plan).filter(({ nodeExporter }) => nodeExporter)),
    },
  ];
}

/** What is exported is for nodes to mount, whoever wrote the volume. */
function programsOf(plan: Plan): readonly NodePackage[] {
  const { packages } = nodeNeeds(plan);
  const mounts = exportingHosts(plan).length > 0 && !packages.some(({ name }) => name === NFS_CLIENT.name);
  return mounts ? [NFS_CLIENT, ...packages] : packages;
}

export const exportingHosts = (plan: Plan): readonly Host[] =>
  managedHosts(plan).filter(({ exports }) => exports.length > 0);

/** Whom a host answers by NFS: every address of every node, in the families that the host has itself. */
export function mountingAddresses({ ips: own }: Host, { nodes }: Pick<Plan, "nodes">): readonly Ip[] {
  const families = new Set(own.map(familyOf));
  return nodes.flatMap(({ ips }) => ips.filter((ip) => families.has(familyOf(ip))));
}
