import { z } from "zod";
import { hostnameField } from "../fields/fields.ts";
import type { Alarm } from "../model/alarms.ts";
import { lines, now, type Dashboard } from "../model/dashboard.ts";
import type { Component } from "../model/component.ts";
import { NFS_CLIENT, VOLUME_FOLDERS, type NodePackage } from "../model/nodeNeeds.ts";
import type { Plan } from "../model/plan.ts";
import { isDefaultClass } from "../model/storage.ts";
import type { Flow, KubernetesObject, Unit } from "../model/unit.ts";
import { onEach, anywhere } from "../model/workloads.ts";
import { closedPods } from "./closedPods.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { snapshotClass, takesSnapshots } from "./snapshot-controller.ts";
import { folderOption } from "./volumeFolders.ts";
import { workloadNodes } from "./workloadNodes.ts";

const ID = "longhorn";
const CONFIG = `${ID}/config`;
const GUI = `${ID}/ui`;
/** Its own: its pods mount for their node, which Pod Security allows only privileged namespaces. */
const NAMESPACE = "longhorn-system";
/** Longhorn calls the class it makes so (1.12.1, chart, templates/storageclass.yaml). */
const CLASS = "longhorn";
/** Of the chart (1.12.1, templates/deployment-ui.yaml). */
const SERVICE = "longhorn-frontend";

/** Longhorn 1.12 documentation, Installation Requirements. */
const PACKAGES: readonly NodePackage[] = [
  { name: "open-iscsi", program: "iscsiadm", service: "iscsid" },
  NFS_CLIENT,
  { name: "curl", program: "curl" },
];
/** Talos documentation, Longhorn. */
const EXTENSIONS = ["siderolabs/iscsi-tools", "siderolabs/util-linux-tools"];

const options = z.strictObject({
  replicas: z
    .int()
    .min(1)
    .max(10)
    .default(2)
    .describe("copies of each volume, each on another node")
    .meta({ because: "a node may fail, and each copy is written to" }),
  path: folderOption("folder of each node that copies are in; one on the disk of the system when absent"),
  host: hostnameField()
    .optional()
    .describe(
      "name its web interface answers to at the default gateways, which lets in whoever reaches it; none when absent",
    )
    .meta({ example: "longhorn.ragas.cc" }),
});

type Options = z.output<typeof options>;

const BOTH = {
  because: "its authors support clusters of one family, and none of both",
  source: "Longhorn 1.10.0, release notes, IPv6 Support; nothing else since, up to 1.12.1",
  fix: "storage.local-path in its place, or one family",
};

export const longhornFolder = ({ cluster }: Plan, { path }: Options): string =>
  path ?? `${cluster.traits.closedHost ? VOLUME_FOLDERS : "/var/lib"}/${ID}`;

export const longhorn: Component<Options> = {
  id: ID,
  slot: "storage",
  title: "Longhorn",
  summary:
    "a volume has copies on disks of several nodes, and goes with its pod; half a GiB of memory a node, and more",
  options,
  lacks: { "IPv4 before IPv6": BOTH, "IPv6 before IPv4": BOTH },
  storageClasses: () => [{ name: CLASS, shared: false, bound: false, snapshots: true }],
  onNodes: ({ cluster }, { path }) => ({
    packages: PACKAGES,
    extensions: EXTENSIONS,
    folders: cluster.traits.closedHost && path === undefined ? [ID] : [],
  }),
  units: (plan, chosen) => [driver(plan, chosen), ...snapshots(plan), ...gui(plan, chosen)],
  metrics: () => [
    // Longhorn 1.12 documentation, Setting up Prometheus; templates/network-policies of its chart lets in its own alone.
    { unit: ID, namespace: NAMESPACE, name: ID, pods: { app: "longhorn-manager" }, port: 9500, closed: true },
  ],
  alarms: () => [VOLUME_DEGRADED],
  dashboards: () => [LONGHORN_PICTURES],
  // Without `begins`: it makes pods as volumes come and go, and whom those ask follows from what people set in its web
  // interface (Longhorn documentation, Networking: user defined). Disks of all apps would hang on what was forgotten.
  flows: (plan, chosen) => [toGui(plan, chosen)],
  offer: {},
  // Nobody asks for what they take (longhorn 1.12.1, values.yaml): it grows with the volumes.
  workloads: ({ nodes }) => [
    onEach(nodes, "longhorn-manager", 0),
    anywhere("longhorn-driver-deployer", 0),
    anywhere("longhorn-ui", 0),
  ],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: {
      alarms: `components/${ID}/alarms.md`,
      troubleshooting: `components/${ID}/troubleshooting.md`,
      operations: `components/${ID}/operations.md`,
    },
    view: (plan, chosen) => ({
      name: CLASS,
      isDefault: isDefaultClass(plan, CLASS),
      namespace: NAMESPACE,
      replicas: chosen.replicas,
      several: chosen.replicas > 1,
      folder: longhornFolder(plan, chosen),
      nodes: workloadNodes(plan).map(({ name }) => name),
      address: leadingTo(plan, chosen).length === 0 ? null : `${schemeOf(plan)}://${chosen.host}`,
      service: SERVICE,
      snapshots: takesSnapshots(plan),
      closed: plan.cluster.traits.closedHost,
    }),
  },
};

/** Longhorn 1.12 documentation, Longhorn Metrics for Monitoring. */
const VOLUME_DEGRADED: Alarm = {
  name: "VolumeDegraded",
  expr: 'longhorn_volume_robustness{state=~"degraded|faulted"} == 1',
  for: "30m",
  severity: "warning",
  summary:
    "The volume of {{ $labels.pvc }} in {{ $labels.pvc_namespace }} is {{ $labels.state }}: copies of it are missing",
};

const LONGHORN_PICTURES: Dashboard = {
  id: ID,
  title: "Longhorn",
  rows: [
    [
      now("Volumes by health", "short", ["sum by (state) (longhorn_volume_robustness)", "{{state}}"]),
      lines("Disks that are full", "percentunit", [
        "longhorn_disk_usage_bytes / longhorn_disk_capacity_bytes",
        "{{node}} {{disk}}",
      ]),
    ],
    [lines("Volumes", "bytes", ["topk(10, longhorn_volume_actual_size_bytes)", "{{pvc_namespace}} {{pvc}}"])],
  ],
};

const driver = (plan: Plan, chosen: Options): Unit => ({
  id: ID,
  component: ID,
  namespace: NAMESPACE,
  release: {
    name: ID,
    chart: ID,
    values: `components/${ID}/values.yaml`,
    installs: ["longhorn.io/*"],
    clusterWide: ["scheduling.k8s.io/PriorityClass"],
  },
  privileged: true,
  view: {
    isDefault: isDefaultClass(plan, CLASS),
    replicas: chosen.replicas,
    folder: longhornFolder(plan, chosen),
  },
});

const snapshots = (plan: Plan): readonly Unit[] =>
  takesSnapshots(plan)
    ? [
        {
          id: CONFIG,
          component: ID,
          namespace: NAMESPACE,
          objects: { "volumesnapshotclass.yaml": [ownSnapshots()] },
          after: [ID],
          view: {},
        },
      ]
    : [];

/** Kept with the volume; `bak` would send each to a place for backups (Longhorn 1.12 documentation, CSI Snapshot Support). */
const ownSnapshots = (): KubernetesObject => snapshotClass(CLASS, "driver.longhorn.io", { type: "snap" });

function gui(plan: Plan, chosen: Options): readonly Unit[] {
  const gateways = leadingTo(plan, chosen);
  if (chosen.host === undefined || gateways.length === 0) return [];
  const route = { name: ID, namespace: NAMESPACE, host: chosen.host, gateways };
  return [
    {
      id: GUI,
      component: ID,
      namespace: NAMESPACE,
      routes: [{ ...route, service: SERVICE, port: 80 }],
      after: [ID],
      view: {},
    },
  ];
}

const leadingTo = ({ gateways }: Plan, { host }: Options): readonly string[] =>
  host === undefined ? [] : gateways.filter(({ isDefault }) => isDefault).map(({ name }) => name);

/** All other pods have policies of the chart (1.12.1, templates/network-policies). */
function toGui(plan: Plan, chosen: Options): Flow {
  // Labels and port of the chart's pod (1.12.1, templates/deployment-ui.yaml).
  const pods = { namespace: NAMESPACE, name: "longhorn-ui", to: { app: "longhorn-ui" } };
  if (leadingTo(plan, chosen).length === 0)
    return closedPods({ unit: ID, ...pods }, "nobody is led to its web interface");
  return {
    unit: GUI,
    ...pods,
    from: ["gateway"],
    ports: [{ port: 8000, protocol: "TCP" }],
    because: "requests for its web interface come through the gateways",
  };
}
