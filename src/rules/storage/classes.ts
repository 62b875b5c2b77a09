/** Classes of volumes: which of them there are, and what each is good for. */
import { localFolder } from "../../catalog/local-path-provisioner.ts";
import { longhorn, longhornFolder } from "../../catalog/longhorn.ts";
import { takesSnapshots } from "../../catalog/snapshot-controller.ts";
import { optionsOf } from "../../model/chosen.ts";
import { VOLUME_FOLDERS } from "../../model/nodeNeeds.ts";
import type { Plan } from "../../model/plan.ts";
import { defaultClassOf, diskClassOf, storageClassesOf, wantedDefault } from "../../model/storage.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

const DEFAULT = "storage.default";

export const defaultOffered: Rule = {
  id: "STORAGE-DEFAULT",
  severity: "error",
  title: "the default class of volumes is one that there is",
  because: "A volume that names no class waits for ever where none is the default, and so does the pod that has it.",
  source: "Kubernetes documentation, Storage Classes, Default StorageClass",
  *check(plan) {
    const wanted = wantedDefault(plan);
    const names = storageClassesOf(plan).map(({ name }) => name);
    if (wanted === undefined || names.includes(wanted)) return;
    const near = suggest(wanted, names);
    yield {
      message: `the default class is to be ${wanted}, and ${names.length === 0 ? "there is no class" : `there is ${names.join(", ")}`}`,
      paths: [DEFAULT],
      fix: near === undefined ? `${DEFAULT}: ${names[0] ?? "a class that stands beside it"}` : `did you mean ${near}?`,
    };
  },
};

export const databasesOnDisks: Rule = {
  id: "STORAGE-SHARED",
  severity: "warning",
  title: "a volume that names no class is on a disk",
  because:
    "Apps seldom say where their volume is to be, and many keep a database in it. On a file server its locks do not hold: Prometheus refuses that, and SQLite and others lose data.",
  source:
    "Prometheus documentation, Storage: non-POSIX filesystems; SQLite documentation, How To Corrupt An SQLite Database File, 2.1",
  unless: [defaultOffered.id],
  *check(plan) {
    const found = defaultClassOf(plan);
    if (found?.shared !== true) return;
    const disk = diskClassOf(plan);
    yield {
      message: `volumes that name no class are folders of the file server, of class ${found.name}`,
      paths: wantedDefault(plan) === undefined ? [`storage.${found.name}`] : [DEFAULT],
      fix: disk === undefined ? "storage.local-path: true beside it" : `${DEFAULT}: ${disk.name}`,
    };
  },
};

export const foldersKept: Rule = {
  id: "STORAGE-PATH",
  severity: "error",
  title: "volumes are in a folder that the kubelet of the nodes is given",
  because:
    "Such a system is read-only but for its disk below /var, and its kubelet is in a container that sees volumes alone.",
  source: "Talos 1.13 documentation, Local Storage; User Volumes",
  *check(plan) {
    if (!plan.cluster.traits.closedHost) return;
    for (const [key, folder] of foldersOf(plan)) {
      if (folder.startsWith(`${VOLUME_FOLDERS}/`)) continue;
      yield {
        message: `volumes are to be in ${folder}, which is no place for them on these nodes`,
        paths: [`storage.${key}.path`, "cluster.distribution"],
        fix: `a folder below ${VOLUME_FOLDERS}, where your own volumes of Talos are, or leave path out`,
      };
    }
  },
};

function foldersOf(plan: Plan): readonly (readonly [key: string, folder: string])[] {
  const copies = optionsOf(plan, longhorn);
  const own = localFolder(plan);
  return [
    ...(own === undefined ? [] : [["local-path", own] as const]),
    ...(copies === undefined ? [] : [["longhorn", longhornFolder(plan, copies)] as const]),
  ];
}

export const snapshotsTaken: Rule = {
  id: "STORAGE-SNAPSHOTS",
  severity: "error",
  title: "snapshots are taken by somebody",
  because: "The controller only passes on what is asked for, and a driver without snapshots answers nothing.",
  source: "Kubernetes documentation, Volume Snapshots: only available for CSI drivers",
  *check(plan) {
    if (!takesSnapshots(plan) || storageClassesOf(plan).some(({ snapshots }) => snapshots === true)) return;
    yield {
      message: "nothing here takes snapshots of its volumes",
      paths: ["storage.snapshots"],
      fix: "longhorn or nfs beside it, or leave snapshots out",
    };
  },
};
