import { z } from "zod";
import { ipsField } from "../fields/fields.ts";
import { sizeField } from "../fields/size.ts";
import { isChosen } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import { managedHosts, openNodes, type HostRole } from "../model/hostRole.ts";
import { familyOf, type Ip } from "../model/address.ts";
import type { PerFamily } from "../model/families.ts";
import { isMetered } from "../model/metrics.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { Host, Node, Plan } from "../model/plan.ts";
import { classNameFor } from "../model/storage.ts";
import type { Flow, KubernetesObject, Unit } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { sizedForBoards } from "./boardDisks.ts";
import { GRAFANA, GRAFANA_PODS } from "./grafanaPods.ts";
import { LOKI, LOKI_PORT, LOKI_URL } from "./lokiService.ts";
import { SYSLOG, SYSLOG_PORT, syslogService } from "./machineLogs.ts";
import { storageClassOption } from "./storageClass.ts";
import { VECTOR, VECTOR_PODS } from "./vector.ts";

const ID = LOKI;

const options = z.strictObject({
  store: z
    .enum(["loki"])
    .default("loki")
    .describe("what keeps lines and finds them again")
    .meta({ because: "it indexes a few labels and no words, so it fits a small machine" }),
  agent: z
    .enum(["vector"])
    .default("vector")
    .describe("what reads lines on each node and passes them on")
    .meta({ because: "it keeps what it could not pass on, on the disk of its node" }),
  retention: z
    .string()
    // Loki documentation, Log retention: at least 24h.
    .regex(/^[1-9]\d{0,3}[dwy]$/, "expected a number of days, weeks or years, like 7d or 4w")
    .default("7d")
    .describe("how long lines are kept")
    .meta({ kind: "a time", because: "a week shows what changed since the last one and fits a small disk" }),
  size: sizeField({})
    .prefault("10GiB")
    .describe("size of the volume that lines are kept on")
    .meta({ because: "a week of a small cluster takes less" }),
  class: storageClassOption("volume"),
  address: ipsField()
    .optional()
    .describe(
      "address, from a pool of the load balancer, that managed hosts and nodes with a Linux of their own send what they log to, by Ansible; without one only the cluster is heard",
    ),
});

type Options = z.output<typeof options>;

/** In one pod: the other forms of Loki are several, for more lines than a home has. */
export const loki: Component<Options> = {
  id: ID,
  slot: "observability",
  provider: "logs",
  title: "Loki",
  summary: "what pods write, kept for a week and searched in Grafana; takes a pod and an agent on each node",
  options,
  addresses: [
    {
      key: "address",
      from: "pool",
      owner: SYSLOG,
      role: "service",
      note: `what machines log, at TCP port ${SYSLOG_PORT}`,
      needed: ({ address }) => address !== undefined,
    },
  ],
  requires: [VECTOR],
  units: (plan, chosen) => [unit(plan, chosen)],
  disks: ({ class: written }) => [{ what: "lines", written, key: "class" }],
  wantsAnsible: ({ address }) => address !== undefined,
  hostRoles: (plan, { address }) => (address === undefined ? [] : [senders(address, plan)]),
  sentTo: (plan, { address }) =>
    address === undefined
      ? []
      : [{ machines: sendersIn(plan), to: address, name: "Loki", port: SYSLOG_PORT, because: "what machines log" }],
  metrics: () => [{ unit: ID, namespace: OBSERVABILITY, name: ID, pods: labels, port: LOKI_PORT }],
  // It is one pod, keeps lines on its volume, and its values switch off whatever asks the API or its authors.
  begins: () => [],
  flows: () => [asked],
  offer: { with: sizedForBoards },
  workloads: () => [anywhere(ID, 192)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: { troubleshooting: `components/${ID}/troubleshooting.md` },
    view: (plan, chosen) => ({
      retention: chosen.retention,
      size: gibibytes(chosen),
      storage: classNameFor(plan, chosen.class) ?? null,
      namespace: OBSERVABILITY,
      shown: isChosen(plan, GRAFANA),
      alarmed: isMetered(plan) && classNameFor(plan, chosen.class) !== undefined,
      port: LOKI_PORT,
      addresses: chosen.address ?? [],
      syslog: SYSLOG_PORT,
      senders: sendersIn(plan).map(({ name }) => name),
      example: sendersIn(plan)[0]?.name ?? plan.nodes[0]?.name ?? "",
      machines: chosen.address !== undefined || plan.cluster.traits.serviceLogs !== undefined,
    }),
  },
};

const gibibytes = ({ size }: Options): number => Math.ceil(size / 1024);

const unit = (plan: Plan, chosen: Options): Unit => ({
  id: ID,
  component: ID,
  namespace: OBSERVABILITY,
  release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
  objects: {
    ...(isChosen(plan, GRAFANA) && { "datasource.yaml": [datasource] }),
    ...(chosen.address !== undefined && { "syslog.yaml": [syslogService(chosen.address, VECTOR_PODS, plan)] }),
  },
  view: {
    retention: chosen.retention,
    size: `${gibibytes(chosen)}Gi`,
    storage: classNameFor(plan, chosen.class) ?? null,
  },
});

/** What nodes write into files their agents read, so that it needs no address and waits for none. */
const sendersIn = (plan: Plan): readonly (Host | Node)[] => [
  ...managedHosts(plan),
  ...(plan.cluster.traits.serviceLogs === undefined ? openNodes(plan) : []),
];

const senders = (address: PerFamily<Ip>, plan: Plan): HostRole => ({
  id: "log_sender",
  title: "What the machine logs, sent to Loki",
  templates: `components/${ID}/role`,
  machines: sendersIn(plan).map(({ name, ips }) => ({
    name,
    variables: {
      log_sender_target: address.find((ip) => ips.some((own) => familyOf(own) === familyOf(ip))) ?? address[0],
    },
  })),
  variables: { log_sender_port: SYSLOG_PORT },
});

/** Grafana looks for ConfigMaps with this label (values of its sidecar). */
const datasource: KubernetesObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: `${ID}-datasource`, labels: { grafana_datasource: "1" } },
  // Grafana documentation, Provisioning: data sources. YAML can be JSON.
  data: {
    "loki.yaml": `${JSON.stringify({ apiVersion: 1, datasources: [{ name: "Loki", type: "loki", uid: ID, access: "proxy", url: LOKI_URL }] })}\n`,
  },
};

/** Labels of the chart's pod (18.11.0, templates/_helpers.tpl). */
const labels = { "app.kubernetes.io/name": ID, "app.kubernetes.io/instance": ID };

const asked: Flow = {
  unit: ID,
  namespace: OBSERVABILITY,
  name: ID,
  to: labels,
  from: [VECTOR_PODS, GRAFANA_PODS],
  ports: [{ port: LOKI_PORT, protocol: "TCP" }],
  because: "Vector brings lines, and Grafana looks for some",
};
