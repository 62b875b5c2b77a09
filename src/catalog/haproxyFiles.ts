import type { Catalog } from "../model/component.ts";
import { at } from "../model/layout.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { View } from "../model/unit.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { keepalivedView, machinesOf, proxyView } from "./haproxyMachines.ts";
import type { HaproxyOptions } from "./haproxyOptions.ts";

const TEMPLATES = "components/haproxy";

export function haproxyFiles(plan: Plan, options: HaproxyOptions, _: Chosen, { templates }: Catalog): Tree {
  const machines = machinesOf(plan, options.hosts);
  const moves = options.address !== undefined;
  const file = (path: string, template: string, view: View, executable?: true): Entry => [
    at(plan, path),
    {
      content: templates.render(`${TEMPLATES}/${template}`, view),
      kept: "managed",
      by: "component haproxy",
      ...(executable && { executable }),
    },
  ];
  return createTree([
    ...machines.map((machine) =>
      file(`hosts/${machine.name}/haproxy.cfg`, "haproxy.cfg", proxyView(machine, plan, options)),
    ),
    ...(moves ? machines : []).map((machine) =>
      file(`hosts/${machine.name}/keepalived.conf`, "keepalived.conf", keepalivedView(machine, plan, options)),
    ),
    file("bootstrap/haproxy.sh", "bootstrap.sh", scriptView(plan, options), true),
    file("bootstrap/haproxy.just", "haproxy.just", {}),
    file("docs/haproxy.md", "page.md", pageView(plan, options)),
  ]);
}

const scriptView = (plan: Plan, { hosts, address }: HaproxyOptions): View => ({
  moves: address !== undefined,
  hosts: machinesOf(plan, hosts).map(({ name, ip }) => ({ name, ip })),
});

const pageView = (plan: Plan, { hosts, address, interface: link, metrics }: HaproxyOptions): View => ({
  moves: address !== undefined,
  addresses: plan.cluster.api.addresses,
  port: plan.cluster.api.port,
  interface: link,
  metrics,
  shared: hosts.length > 1,
  hosts: machinesOf(plan, hosts).map(({ name, ip }, index) => ({ name, ip, first: index === 0 })),
  controlPlanes: plan.nodes.filter(({ role }) => role === "control-plane").map(({ name, ip }) => ({ name, ip })),
});
