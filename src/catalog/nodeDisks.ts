/** Disks of nodes that are full: the alarm of kubelets, and what to do. */
import type { Alarm } from "../model/alarms.ts";
import type { Plan } from "../model/plan.ts";
import { storageClassesOf } from "../model/storage.ts";
import { at } from "../model/unknown.ts";
import type { View } from "../model/unit.ts";

/** kube-state-metrics documentation, Node Metrics. */
export const DISK_PRESSURE: Alarm = {
  name: "NodeDiskFull",
  expr: 'kube_node_status_condition{condition="DiskPressure", status="true"} == 1',
  for: "2m",
  severity: "critical",
  summary: "The disk of {{ $labels.node }} is full: pods are stopped there, and none is started",
};

const hasRetention = (options: unknown): boolean => at(options, "retention") !== undefined;

/** Whoever looks for the cause starts with what keeps most on disks of nodes. */
export function diskView(plan: Plan): View {
  const classes = storageClassesOf(plan).filter(({ bound }) => bound);
  return {
    look: plan.cluster.traits.disk.look,
    clear: plan.cluster.traits.disk.clear,
    keepers: plan.chosen.flatMap(({ component, options }) =>
      component.disks !== undefined && hasRetention(options) ? component.title : [],
    ),
    folders: classes.map(({ name }) => name),
  };
}
