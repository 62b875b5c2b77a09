import { z } from "zod";
import { sizeField } from "../fields/size.ts";
import { alarmsIn, listenerIn, type Alarm } from "../model/alarms.ts";
import { isChosen } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import { machinesMetered, meteredIn, opensControlPlanes, type Metered } from "../model/metrics.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import { isClosed } from "../model/passages.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import { classNameFor } from "../model/storage.ts";
import type { KubernetesObject, Unit } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { sizedForBoards } from "./boardDisks.ts";
import { alarmRoutes, alarmSecrets } from "./alarmRoutes.ts";
import { BLACKBOX } from "./blackbox-exporter.ts";
import { controlPlanesView, etcdMembers } from "./controlPlaneMetrics.ts";
import { countedView } from "./countedObjects.ts";
import { GRAFANA } from "./grafanaPods.ts";
import { NODE_EXPORTER, NODE_PORT } from "./node-exporter.ts";
import { DISK_PRESSURE, diskView } from "./nodeDisks.ts";
import { prometheusBegins, prometheusFlows, PROMETHEUS_PODS, STACK, STACK_CONFIG } from "./prometheusPods.ts";
import { podMonitor, prometheusRule, scrapeConfigs } from "./prometheusObjects.ts";
import { storageClassOption } from "./storageClass.ts";
import { METRIC_TYPES } from "./prometheus-operator-crds.ts";

const ID = STACK;
const CONFIG = STACK_CONFIG;

/** Of what is kept, so much of the volume: what is written next needs the rest (Prometheus documentation, Storage: 80-85 %). */
const KEPT_OF_VOLUME = 0.8;

const options = z.strictObject({
  retention: z
    .string()
    // Prometheus documentation, Configuration: <duration>.
    .regex(/^[1-9]\d{0,3}[hdwy]$/, "expected a time, like 7d or 4w")
    .default("7d")
    .describe("how long numbers are kept")
    .meta({ kind: "a time", because: "a week shows what changed since the last one and fits a small disk" }),
  size: sizeField({})
    .prefault("10GiB")
    .describe("size of the volume that numbers are kept on")
    .meta({ because: "a week of a small cluster takes less" }),
  class: storageClassOption("volumes"),
  controlPlanes: z
    .boolean()
    .default(false)
    .describe(
      "whether the scheduler, the controller manager and etcd of each control plane, and kube-proxy where there is one, are asked too; they answer on the LAN then",
    )
    .meta({ because: "their ports stay closed, and what they get wrong shows in what the API says" }),
  heartbeat: z
    .boolean()
    .default(false)
    .describe(
      "whether a service outside the house is told every five minutes that alarms work, and tells you when that stops",
    )
    .meta({ because: "it takes an account somewhere else" }),
});

type Options = z.output<typeof options>;

/** Prometheus with its operator, what counts objects of Kubernetes, and what passes alarms on. */
export const kubePrometheusStack: Component<Options> = {
  id: ID,
  slot: "observability",
  provider: "prometheus",
  title: "Prometheus",
  summary: "numbers about the cluster, kept for a week, and alarms made of them; takes about 1.2 GiB of memory",
  options,
  requires: [METRIC_TYPES, BLACKBOX],
  units: (plan, chosen) => [stack(plan, chosen), config(plan), engine(plan)],
  asksControlPlanes: ({ controlPlanes }) => controlPlanes,
  collects: { pods: PROMETHEUS_PODS, account: `${ID}-prometheus` },
  // Ansible keeps it on hosts; dashboards find them beside the nodes by the name of the job.
  meteredMachines: (plan) => [
    ...plan.lan.hosts
      .filter(({ nodeExporter }) => nodeExporter)
      .map(({ name, ip }) => ({ job: NODE_EXPORTER, name, ip, port: NODE_PORT })),
    ...etcdMembers(plan),
  ],
  disks: ({ class: written }) => [{ what: "numbers", written, key: "class" }],
  alarms: () => [VOLUME_FULL, DISK_PRESSURE, PODS_FAIL],
  flows: () => prometheusFlows,
  begins: (plan, { heartbeat }) => prometheusBegins(plan, heartbeat),
  offer: { with: sizedForBoards },
  // With what follows the configuration of each.
  workloads: () => [
    anywhere(`${ID}-operator`, 64),
    anywhere("kube-state-metrics", 48),
    anywhere(`prometheus-${ID}`, 792),
    anywhere(`alertmanager-${ID}`, 72),
  ],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: {
      alarms: `components/${ID}/alarms.md`,
      troubleshooting: `components/${ID}/troubleshooting.md`,
    },
    view: (plan, chosen) => ({
      told: listenerIn(plan) !== undefined,
      heartbeat: chosen.heartbeat,
      secrets: alarmSecrets(plan, chosen).map(({ name }) => name),
      retention: chosen.retention,
      size: gibibytes(chosen),
      storage: classNameFor(plan, chosen.class) ?? null,
      namespace: OBSERVABILITY,
      release: ID,
      closed: isClosed(OBSERVABILITY, plan),
      ...controlPlanesView(plan),
      asked: opensControlPlanes(plan),
      collected: meteredIn(plan).map(({ name, namespace, port }) => ({ name, namespace, port })),
      machines: machinesMetered(plan).map((machine) => ({ ...machine })),
      ...diskView(plan),
    }),
  },
};

/** What kubelets say of volumes (Kubernetes documentation, Metrics Reference: kubelet_volume_stats_available_bytes). */
const VOLUME_FULL: Alarm = {
  name: "VolumeAlmostFull",
  expr: "kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.1",
  for: "15m",
  severity: "warning",
  summary: "Less than a tenth of the volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is free",
};

/** kube-state-metrics documentation, Pod Metrics. */
const PODS_FAIL: Alarm = {
  name: "PodKeepsFailing",
  expr: 'max by (namespace, pod) (kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}) > 0',
  for: "30m",
  severity: "warning",
  summary: "The pod {{ $labels.pod }} in {{ $labels.namespace }} starts and fails again and again",
};

const stack = (plan: Plan, chosen: Options): Unit => ({
  id: ID,
  component: ID,
  namespace: OBSERVABILITY,
  release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
  after: [METRIC_TYPES],
  secrets: alarmSecrets(plan, chosen),
  view: {
    routes: alarmRoutes(plan, chosen),
    told: alarmSecrets(plan, chosen).map(({ name }) => name),
    retention: chosen.retention,
    size: `${gibibytes(chosen)}Gi`,
    keptSize: `${Math.floor(gibibytes(chosen) * 1024 * KEPT_OF_VOLUME)}MB`,
    storage: classNameFor(plan, chosen.class) ?? null,
    nodes: isChosen(plan, NODE_EXPORTER) || machinesMetered(plan).some(({ job }) => job === NODE_EXPORTER),
    dashboards: isChosen(plan, GRAFANA),
    ...countedView(plan),
    ...controlPlanesView(plan),
  },
});

const gibibytes = ({ size }: Options): number => Math.ceil(size / 1024);

const named = (file: string, objects: readonly KubernetesObject[]): NonNullable<Unit["objects"]> =>
  objects.length === 0 ? {} : { [file]: objects };

/** A step of its own, so that nobody else waits for the types that these objects are of. */
function config(plan: Plan): Unit {
  const others = plan.chosen.filter((chosen) => !isEngine(chosen));
  return {
    id: CONFIG,
    component: ID,
    namespace: OBSERVABILITY,
    objects: {
      "prometheusrule.yaml": [prometheusRule("network", alarmsIn(plan, others), plan)],
      ...monitors(meteredIn(plan, others)),
      ...named("scrapeconfigs.yaml", scrapeConfigs(machinesMetered(plan))),
    },
    after: [ID],
    view: {},
  };
}

/** Apart from the rest, which is the same whatever keeps the cluster. */
function engine(plan: Plan): Unit {
  const own = plan.chosen.filter(isEngine);
  return {
    id: `${ID}/engine`,
    component: ID,
    namespace: OBSERVABILITY,
    objects: {
      "prometheusrule.yaml": [prometheusRule("engine", alarmsIn(plan, own), plan)],
      ...monitors(meteredIn(plan, own)),
    },
    after: [ID],
    view: {},
  };
}

const isEngine = ({ component }: Chosen): boolean => component.engine !== undefined;

/** Who asks who is asking has an object of its chart. */
const monitors = (metered: readonly Metered[]) =>
  named("podmonitors.yaml", metered.filter(({ sealed }) => sealed !== true).map(podMonitor));
