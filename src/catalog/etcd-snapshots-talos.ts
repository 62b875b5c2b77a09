import { z } from "zod";
import type { Component } from "../model/component.ts";
import {
  SNAPSHOTS_NAMESPACE,
  SNAPSHOTS_ROLE,
  snapshotsByPods,
  snapshotsClass,
  type SnapshotsByPods,
} from "../model/etcdSnapshots.ts";
import { pinOf } from "../model/pins.ts";
import type { Node, Plan } from "../model/plan.ts";
import type { Pin, PinId, Unit, View } from "../model/unit.ts";
import { asksNodes, tcp } from "./begins.ts";
import { closedPods } from "./closedPods.ts";

const ID = "etcd-snapshots-talos";
/** The volume, the account for control planes and its Secret, and what pods are called. */
const NAME = "etcd-snapshots";
const LABELS = { "app.kubernetes.io/name": NAME };
/** So that two pods seldom want a volume at once that one node has at a time. */
const MINUTES_APART = 5;

/** A pod for each control plane, as machines that can be logged in to have a timer each: the loss of one stops no other. */
export const etcdSnapshotsTalos = (pins: ReadonlyMap<PinId, Pin>): Component<Record<string, never>> => ({
  id: ID,
  title: "Snapshots of etcd by pods",
  summary:
    "asks each control plane of Talos for etcd on a schedule and keeps what it gets on a volume; a pod for a moment",
  options: z.strictObject({}),
  distributions: ["talos"],
  needed: (plan) => snapshotsByPods(plan) !== undefined,
  units: (plan) => [unit(plan, pins)],
  flows: () => [closedPods({ unit: ID, namespace: SNAPSHOTS_NAMESPACE, name: NAME, to: LABELS })],
  // At the Service `talos` of `default`, which is control planes (Talos v1.13.9, kubeaccess and constants: ApidPort).
  begins: () => [
    asksNodes({ namespace: SNAPSHOTS_NAMESPACE, labels: LABELS }, tcp(50_000), "it asks control planes for etcd"),
  ],
  pins: ["talosctl", "talosctl-image", "busybox"],
  docs: { template: `components/${ID}/docs.md`, view: docsView },
});

function chosenIn(plan: Plan): SnapshotsByPods {
  const found = snapshotsByPods(plan);
  if (found === undefined) throw new Error("snapshots that no pod takes");
  return found;
}

const controlPlanes = ({ nodes }: Plan): readonly Node[] => nodes.filter(({ role }) => role === "control-plane");

/** Whoever makes the volume. */
const makers = (plan: Plan): readonly string[] =>
  plan.chosen
    .filter(({ component, options }) =>
      component.storageClasses?.(plan, options).some(({ name }) => name === snapshotsClass(plan)?.name),
    )
    .map(({ component }) => component.id);

function unit(plan: Plan, pins: ReadonlyMap<PinId, Pin>): Unit {
  const { hours, keep, size } = chosenIn(plan);
  const image = (id: PinId): string => `${pinOf(pins, id).source}:${pinOf(pins, id).version}`;
  return {
    id: ID,
    component: ID,
    namespace: SNAPSHOTS_NAMESPACE,
    // Control planes bring the type when they are told that pods may ask them.
    installs: ["talos.dev/ServiceAccount"],
    after: makers(plan),
    templates: `components/${ID}/app`,
    restricted: true,
    objects: {
      "account.yaml": [
        // Talos 1.13 documentation, Talos API Access From Kubernetes. It makes a Secret of the same name of it.
        {
          apiVersion: "talos.dev/v1alpha1",
          kind: "ServiceAccount",
          metadata: { name: NAME },
          spec: { roles: [SNAPSHOTS_ROLE] },
        },
      ],
      "volume.yaml": [
        {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name: NAME },
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: snapshotsClass(plan)?.name,
            resources: { requests: { storage: `${Math.ceil(size / 1024)}Gi` } },
          },
        },
      ],
    },
    view: {
      name: NAME,
      machines: controlPlanes(plan).map(({ name, ip }, index) => ({
        name,
        ip,
        // Names of CronJobs have 52 characters at most (Kubernetes documentation, CronJob); those of machines may have more.
        job: `control-plane-${index + 1}`,
        schedule: `${(index * MINUTES_APART) % 60} ${hours === 24 ? "0" : `*/${hours}`} * * *`,
      })),
      keep: String(keep),
      // siderolabs/talos v1.13.9, Dockerfile: an image of the one program.
      image: image("talosctl-image"),
      shell: image("busybox"),
    },
  };
}

function docsView(plan: Plan): View {
  const { hours, keep } = chosenIn(plan);
  return {
    hours: String(hours),
    keep: String(keep),
    class: snapshotsClass(plan)?.name ?? "",
    namespace: SNAPSHOTS_NAMESPACE,
    volume: NAME,
    first: controlPlanes(plan)[0]?.name ?? "",
  };
}
