import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, Unit } from "../model/unit.ts";
import { onEach } from "../model/workloads.ts";

const ID = "spegel";
/** System namespace: its pods read what the container runtime of their node has. */
const NAMESPACE = "kube-system";
/** Of the chart where nobody says otherwise (0.7.4, values: service). */
const CHART = { registry: 5000, router: 5001, node: 30_021 } as const;
/** On the node it is below the ports of Services, among which that of the chart is (Kubernetes documentation, Service). */
const PORTS = { ...CHART, host: 29_999 } as const;

/** A distribution that shares images itself is told to; elsewhere pods do it. */
export const spegel: Component<Record<string, never>> = {
  id: ID,
  slot: "platform",
  title: "Spegel",
  summary: "nodes fetch images from each other before they ask the internet; one small pod a node",
  options: z.strictObject({}),
  onNodes: () => ({ sharesImages: true }),
  units: (plan) => mirror(plan),
  flows: (plan) => (folderOf(plan) === undefined ? [] : [fromNodes]),
  offer: {},
  workloads: (plan) => (folderOf(plan) === undefined ? [] : [onEach(plan.nodes, ID, 64)]),
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: { troubleshooting: `components/${ID}/troubleshooting.md` },
    view: (plan) => ({
      own: folderOf(plan) === undefined,
      namespace: NAMESPACE,
      folder: folderOf(plan) ?? null,
    }),
  },
};

const folderOf = ({ cluster: { traits } }: Plan): string | undefined => traits.mirrors.folder;

function mirror(plan: Plan): readonly Unit[] {
  const folder = folderOf(plan);
  if (folder === undefined) return [];
  return [
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
      privileged: true,
      // Of an address of IPv6 it puts only the first of several targets into brackets (spegel v0.7.4, main.go).
      view: { folder, hostPort: plan.stacks[0].family === 6 ? null : PORTS.host, nodePort: PORTS.node },
    },
  ];
}

/** Labels and ports of the chart's pod (0.7.4, templates/daemonset.yaml). */
const POD = { "app.kubernetes.io/instance": ID, "app.kubernetes.io/name": ID };

const fromNodes: Flow = {
  unit: ID,
  namespace: NAMESPACE,
  name: ID,
  to: POD,
  from: ["host", "remote-node", { namespace: NAMESPACE, labels: POD }],
  ports: [
    { port: PORTS.registry, protocol: "TCP" },
    { port: PORTS.router, protocol: "TCP" },
    { port: PORTS.router, protocol: "UDP" },
  ],
  because: "container runtimes of nodes ask it for images, and its pods tell each other what they have",
};
