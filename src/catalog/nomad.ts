import { z } from "zod";
import { cidrField, labelField } from "../fields/fields.ts";
import type { Component } from "../model/component.ts";
import { at } from "../model/layout.ts";
import { machinesNamed, withPort, type NamedMachine } from "../model/namedMachines.ts";
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";
import { createTree } from "../tree/tree.ts";

const ID = "nomad";
const PATH = `hashicorp.${ID}`;

/** Nomad documentation, Ports used. */
const RPC_PORT = 4647;
/** Nomad documentation, client block: bridge_network_subnet. */
const BRIDGE = "172.26.64.0/20";
/** Those of Nomad go up to 32000, and NodePorts of Kubernetes begin at 30000 (Kubernetes documentation, Service). */
const DYNAMIC = { from: 20_000, to: 29_999 } as const;

const machines = () => z.array(labelField()).min(1);

const options = z.strictObject({
  servers: machines()
    .describe("machines that servers of Nomad run on, by their names in lan.hosts or cluster.nodes")
    .meta({ kind: "a list of names", example: ["nas"] }),
  clients: machines()
    .describe("machines that jobs of Nomad run on, by their names in lan.hosts or cluster.nodes")
    .meta({ kind: "a list of names", example: ["nas"] }),
  bridge: cidrField()
    .prefault(BRIDGE)
    .describe("network of jobs on each of these machines, which nothing else has")
    .meta({ because: "Nomad has it there" }),
});

type Options = z.output<typeof options>;

/** Nomad runs on machines of the house: here is what keeps it out of the way of Kubernetes on the same ones. */
export const nomad: Component<Options> = {
  id: ID,
  slot: "hashicorp",
  title: "Nomad",
  summary: "a file for each client of your Nomad, so that its jobs and Kubernetes share a machine",
  options,
  units: () => [],
  networks: ({ bridge }) => [{ what: "the bridge of Nomad", path: `${PATH}.bridge`, cidr: bridge }],
  files: (plan, chosen, _, { templates }) =>
    createTree(
      machinesNamed(plan, chosen.clients).map((machine) => [
        at(plan, "hosts", machine.name, "nomad-client.hcl"),
        {
          content: templates.render(`components/${ID}/client.hcl`, clientView(machine, plan, chosen)),
          kept: "managed",
          by: `component ${ID}`,
        },
      ]),
    ),
  docs: {
    template: `components/${ID}/docs.md`,
    page: { path: "docs/nomad.md", template: `components/${ID}/page.md` },
    view: docsView,
  },
};

const clientView = (machine: NamedMachine, plan: Plan, { servers, bridge }: Options): View => ({
  machine: machine.name,
  ip: machine.ip,
  servers: machinesNamed(plan, servers).map(({ ip }) => withPort(ip, RPC_PORT)),
  bridge: bridge.text,
  from: DYNAMIC.from,
  to: DYNAMIC.to,
});

function docsView(plan: Plan, { servers, clients, bridge }: Options): View {
  return {
    servers: machinesNamed(plan, servers).map(({ name, ip }) => ({ name, ip })),
    clients: machinesNamed(plan, clients).map(({ name, ip }) => ({ name, ip })),
    bridge: bridge.text,
    from: DYNAMIC.from,
    to: DYNAMIC.to,
    last: clients.at(-1) ?? "",
  };
}
