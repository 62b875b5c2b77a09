import { z } from "zod";
import { isChosen } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { closedPods } from "./closedPods.ts";

const ID = "snapshot-controller";
const NAMESPACE = "kube-system";

/** Once in a cluster, whatever drivers there are: two would answer for every object. */
export const snapshotController: Component<Record<string, never>> = {
  id: ID,
  slot: "storage",
  provider: "snapshots",
  title: "Snapshots of volumes",
  summary: "an app or a backup asks for the state of a volume at one moment; one small pod",
  options: z.strictObject({}),
  units: () => [
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      release: {
        name: ID,
        chart: ID,
        values: `components/${ID}/values.yaml`,
        installs: ["snapshot.storage.k8s.io/*", "groupsnapshot.storage.k8s.io/*"],
      },
      view: {},
    },
  ],
  flows: () => [nobody],
  workloads: () => [anywhere(ID, 32)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: { troubleshooting: `components/${ID}/troubleshooting.md` },
    view: () => ({ namespace: NAMESPACE }),
  },
};

export const takesSnapshots = (plan: Pick<Plan, "chosen">): boolean => isChosen(plan, ID);

/** What a snapshot of a volume of this driver is; the one that is taken where none is named. */
export const snapshotClass = (
  name: string,
  driver: string,
  parameters?: Readonly<Record<string, string>>,
): KubernetesObject => ({
  apiVersion: "snapshot.storage.k8s.io/v1",
  kind: "VolumeSnapshotClass",
  metadata: { name, annotations: { "snapshot.storage.kubernetes.io/is-default-class": "true" } },
  driver,
  deletionPolicy: "Delete",
  ...(parameters && { parameters }),
});

/** Labels of the chart's pod (5.2.0, templates/_helpers.tpl). */
const nobody = closedPods({
  unit: ID,
  namespace: NAMESPACE,
  name: ID,
  to: { "app.kubernetes.io/instance": ID, "app.kubernetes.io/name": ID },
});
