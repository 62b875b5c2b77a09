import { z } from "zod";
import type { Component } from "../model/component.ts";
import { VOLUME_FOLDERS } from "../model/nodeNeeds.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import { diskClassOf, isDefaultClass, keptSomewhere } from "../model/storage.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi } from "./begins.ts";
import { closedPods } from "./closedPods.ts";
import { folderOption } from "./volumeFolders.ts";

const ID = "local-path-provisioner";
/** Its own: the pods that make folders mount one of their node, which Pod Security allows only privileged namespaces. */
const NAMESPACE = "local-path-storage";
const IMAGE = "busybox";
/** As K3s calls what it brings, so that volumes of a cluster that had that go on (K3s v1.36, manifests/local-storage.yaml). */
export const LOCAL_PATH = "local-path";
/** Of the chart where nobody says otherwise (0.0.37, values: nodePathMap). */
const USUAL_FOLDER = "/opt/local-path-provisioner";

const options = z.strictObject({
  path: folderOption("folder of each node that volumes are folders of; one on the disk of the system when absent"),
});

type Options = z.output<typeof options>;

/** Where volumes are on each node. Undefined where it is not in use. */
export function localFolder(plan: Plan): string | undefined {
  const chosen = plan.chosen.find(({ component }) => component.id === ID);
  return chosen && volumeFolder(plan, chosen.options as Options);
}

const volumeFolder = ({ cluster }: Plan, { path }: Options): string =>
  path ?? (cluster.traits.closedHost ? `${VOLUME_FOLDERS}/${ID}` : USUAL_FOLDER);

export const localPathProvisioner = (pins: ReadonlyMap<PinId, Pin>): Component<Options> => ({
  id: ID,
  slot: "storage",
  provider: LOCAL_PATH,
  title: "local-path-provisioner",
  summary: "a volume is a folder of the node whose pod asked first; one small pod, and no copy anywhere",
  options,
  storageClasses: () => [{ name: LOCAL_PATH, shared: false, bound: true }],
  onNodes: ({ cluster }, { path }) => (cluster.traits.closedHost && path === undefined ? { folders: [ID] } : {}),
  units: (plan, chosen) => {
    const { source, version } = pinOf(pins, IMAGE);
    return [
      {
        id: ID,
        component: ID,
        namespace: NAMESPACE,
        release: {
          name: ID,
          chart: ID,
          values: `components/${ID}/values.yaml`,
          clusterWide: ["storage.k8s.io/StorageClass"],
        },
        privileged: true,
        view: {
          name: LOCAL_PATH,
          isDefault: isDefaultClass(plan, LOCAL_PATH),
          folder: volumeFolder(plan, chosen),
          repository: source,
          tag: version,
        },
      },
    ];
  },
  flows: () => [nobody],
  // Pods that make and remove folders ask nobody: their script is mkdir and rm (0.0.37, values: configmap).
  begins: () => [
    asksApi({ namespace: NAMESPACE, labels: nobody.to }, "it watches claims, and starts pods that make their folders"),
  ],
  offer: {
    proposed: (plan) => {
      const [kept] = keptSomewhere(plan);
      return kept === undefined || diskClassOf(plan) !== undefined ? undefined : `${kept} are kept on a disk`;
    },
  },
  workloads: () => [anywhere(ID, 24)],
  pins: [ID, IMAGE],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: {
      troubleshooting: `components/${ID}/troubleshooting.md`,
      operations: `components/${ID}/operations.md`,
    },
    view: (plan, chosen) => ({
      name: LOCAL_PATH,
      isDefault: isDefaultClass(plan, LOCAL_PATH),
      folder: volumeFolder(plan, chosen),
      namespace: NAMESPACE,
    }),
  },
});

/** Labels of the chart's pod and of those that make folders (0.0.37, templates/_helpers.tpl). */
const nobody = closedPods({
  unit: ID,
  namespace: NAMESPACE,
  name: ID,
  to: { "app.kubernetes.io/instance": ID, "app.kubernetes.io/name": ID },
});
