/** ansible/: what keeps machines with a Linux of their own as homelab.yaml says. Their own files stand below hosts/. */
import type { Catalog } from "../../model/component.ts";
import type { HostRole } from "../../model/hostRole.ts";
import { at } from "../../model/layout.ts";
import type { Host, Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import type { TemplateId, View } from "../../model/unit.ts";
import { createTree, type Entry } from "../../tree/tree.ts";
import { hostsView } from "./docs.ts";
import { groupOf, inventory } from "./inventory.ts";
import { exportingHosts, keptMachines, mountingAddresses, rolesOf } from "./roles.ts";

export function hostTree(plan: Plan, catalog: Catalog): Tree {
  const machines = keptMachines(plan);
  const roles = rolesOf(plan, catalog);
  if (roles.length === 0) return new Map();
  const file = (path: string, content: string): Entry => [at(plan, path), { content, kept: "managed", by: "hosts" }];
  const from = (path: string, template: TemplateId, view: View = {}): Entry =>
    file(path, catalog.templates.render(`hosts/${template}`, view));
  return createTree([
    from("ansible/ansible.cfg", "ansible.cfg"),
    file("ansible/inventory.yaml", `${INVENTORY_HEAD}${inventory(plan, machines, roles)}`),
    from("ansible/site.yaml", "site.yaml", siteView(roles.filter(({ playbook }) => playbook === undefined))),
    from("ansible/hosts.just", "hosts.just"),
    ...playbooksOf(roles).map(([name, own]) => from(`ansible/${name}.yaml`, `${name}.yaml`, playbookView(own))),
    ...playbooksOf(roles).map(([name]) => from(`ansible/${name}.just`, `${name}.just`)),
    ...roles.flatMap((role) => roleFiles(role, catalog).map(([path, content]) => file(path, content))),
    ...exportingHosts(plan).map((host) => from(`hosts/${host.name}/exports`, "exports.conf", exportsView(host, plan))),
    from("docs/hosts.md", "hosts.md", hostsView(plan, machines, roles)),
  ]);
}

const INVENTORY_HEAD = "# Machines that Ansible looks after, out of homelab.yaml, and what each of them has.\n";

const siteView = (roles: readonly HostRole[]): View => ({
  plays: roles.map((role) => ({ id: role.id, title: role.title, group: groupOf(role), inTurn: role.inTurn === true })),
});

/** What is played only when somebody asks for it. */
const playbooksOf = (roles: readonly HostRole[]): readonly (readonly [name: string, roles: readonly HostRole[]])[] =>
  [...new Set(roles.flatMap(({ playbook }) => playbook ?? []))].map((name) => [
    name,
    roles.filter(({ playbook }) => playbook === name),
  ]);

const playbookView = (roles: readonly HostRole[]): View => ({
  plays: roles.map((role) => ({ id: role.id, title: role.title, group: groupOf(role) })),
});

const roleFiles = ({ id, templates: folder }: HostRole, { templates }: Catalog): readonly [string, string][] =>
  templates
    .list(folder)
    .map((template) => [`ansible/roles/${id}${template.slice(folder.length)}`, templates.render(template, {})]);

const exportsView = (host: Host, plan: Plan): View => ({
  host: host.name,
  folders: host.exports,
  addresses: mountingAddresses(host, plan),
});
