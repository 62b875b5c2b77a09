import type { Catalog } from "../model/component.ts";
import { at } from "../model/layout.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { View } from "../model/unit.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { machinesNamed, sshUserOf } from "../model/namedMachines.ts";
import { keepalivedView, proxyView } from "./haproxyMachines.ts";
import type { HaproxyOptions } from "./haproxyOptions.ts";

const TEMPLATES = "components/haproxy";

export function haproxyFiles(plan: Plan, options: HaproxyOptions, _: Chosen, { templates }: Catalog): Tree {
  const machines = machinesNamed(plan, options.hosts);
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
  ]);
}

const scriptView = (plan: Plan, { hosts, address }: HaproxyOptions): View => ({
  moves: address !== undefined,
  hosts: machinesNamed(plan, hosts).map((machine) => ({
    name: machine.name,
    ip: machine.ip,
    user: sshUserOf(machine) ?? "",
  })),
});
