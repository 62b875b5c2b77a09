import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { appended, documents, objects, replaced, specOf, unless, valuesOf, type Check, type Files } from "./check.ts";
import { haveTalos, machinePatches, onK3s, onTalos, ranBefore } from "./machines.ts";

const valuesPath = (app: string) => new RegExp(`/${app}/app/values\\.yaml$`);
const [LOCAL, NFS, COPIES] = ["local-path-provisioner", "csi-driver-nfs", "longhorn"] as const;
const DEFAULT = "storageclass.kubernetes.io/is-default-class";

const has = (files: Files, app: string): boolean => valuesOf(files, app) !== undefined;
const offersVolumes = (files: Files): boolean => [LOCAL, NFS, COPIES].some((app) => has(files, app));
const copies = (files: Files): boolean => has(files, COPIES);

const isDefault = (files: Files): readonly boolean[] => [
  at(valuesOf(files, LOCAL), "storageClass", "defaultClass") === true,
  at(valuesOf(files, NFS), "storageClass", "annotations", DEFAULT) === "true",
  at(valuesOf(files, COPIES), "persistence", "defaultClass") === true,
];

/** What people or scripts bring to machines for volumes. */
const broughtTo = (files: Files): string =>
  [
    "bootstrap/k3s.sh",
    "bootstrap/kubeadm.sh",
    ...(ranBefore(files) ? ["docs/bootstrap.md"] : []),
    "talos/schematic.yaml",
  ]
    .map((path) => files.get(path) ?? "")
    .join("\n");

const SCRIPTS = /^(bootstrap\/(k3s|kubeadm)\.sh|docs\/bootstrap\.md|talos\/schematic\.yaml)$/;

const privileged = (files: Files, namespace: string): boolean =>
  objects(files, "Namespace").some(
    ({ object }) =>
      object.metadata?.["name"] === namespace &&
      at(object, "metadata", "labels", "pod-security.kubernetes.io/enforce") === "privileged",
  );

export const storage: readonly Check[] = [
  {
    id: "one-class-of-volumes-is-the-default",
    says: "of the classes of volumes that there are, one is that of volumes that name none",
    about: offersVolumes,
    check: (files) => unless(isDefault(files).filter(Boolean).length === 1, "no default class, or several"),
    broken: [
      (files: Files) => replaced(files, valuesPath(LOCAL), /defaultClass: (true|false)/, "defaultClass: null"),
      (files: Files) => replaced(files, valuesPath(COPIES), /defaultClass: true/, "defaultClass: false"),
      (files: Files) => replaced(files, valuesPath(NFS), `${DEFAULT}: "true"`, `${DEFAULT}: "false"`),
    ].map((mistake) => (files: Files) => {
      const wrong = mistake(files);
      return isDefault(wrong).some(Boolean) ? files : wrong;
    }),
  },
  {
    id: "folders-of-nodes-are-made-by-one",
    says: "where folders of nodes become volumes by an app of ours, or others are the default, K3s has none of its own",
    about: offersVolumes,
    check(files) {
      const disabled = asList(at(documents(files, "k3s/server.yaml")[0], "disable"));
      const told = asList(at(specOf(files), "cluster", "runs")).includes("local-storage");
      const provisioner = at(valuesOf(files, LOCAL), "storageClass", "provisionerName");
      return [
        ...unless(!onK3s(files) || disabled.includes("local-storage"), "K3s has its own"),
        ...unless(
          !told || /^ *- `?local-storage`?$/m.test(files.get("docs/bootstrap.md") ?? ""),
          "nobody switches it off",
        ),
        ...unless(!has(files, LOCAL) || provisioner === "rancher.io/local-path", "its volumes are of another"),
      ];
    },
    broken: [
      (files) => replaced(files, /^k3s\/server\.yaml$/, "  - local-storage\n", ""),
      (files) => replaced(files, /^docs\/bootstrap\.md$/, "  - local-storage\n", ""),
      (files) => replaced(files, valuesPath(LOCAL), "rancher.io/local-path", "cluster.local/local-path-provisioner"),
    ],
  },
  {
    id: "pods-for-volumes-may-run",
    says: "namespaces of pods that mount for their node allow that",
    about: (files) => has(files, LOCAL) || copies(files),
    check: (files) => [
      ...unless(!has(files, LOCAL) || privileged(files, "local-path-storage"), "no folder is made"),
      ...unless(!copies(files) || privileged(files, "longhorn-system"), "no copy is made"),
    ],
    broken: (files) =>
      replaced(
        files,
        /\/(local-path-storage|longhorn-system)\/namespace\.yaml$/,
        "enforce: privileged",
        "enforce: baseline",
      ),
  },
  {
    id: "snapshots-have-one-controller",
    says: "a driver takes snapshots where the controller and its types are, and brings none of its own",
    about: (files) => has(files, NFS) || copies(files),
    check(files) {
      const controlled = has(files, "snapshot-controller");
      const values = valuesOf(files, NFS);
      return [
        ...unless(values === undefined || at(values, "externalSnapshotter", "enabled") === false, "two controllers"),
        ...unless(
          values === undefined || at(values, "controller", "enableSnapshotter") === controlled,
          "it asks nobody",
        ),
        ...unless(controlled || objects(files, "VolumeSnapshotClass").length === 0, "a class without its type"),
      ];
    },
    broken: [
      (files) =>
        replaced(
          files,
          valuesPath(NFS),
          "externalSnapshotter:\n  enabled: false",
          "externalSnapshotter:\n  enabled: true",
        ),
      (files) => replaced(files, valuesPath(NFS), /enableSnapshotter: (true|false)/, "enableSnapshotter: maybe"),
      (files) =>
        has(files, "snapshot-controller")
          ? files
          : appended(
              files,
              /\/namespace\.yaml$/,
              "apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\n",
            ),
    ],
  },
  {
    id: "longhorn-checks-no-upgrade-in-a-job",
    says: "no Job of the chart of Longhorn runs before each change of its values",
    about: copies,
    check: (files) => unless(at(valuesOf(files, COPIES), "preUpgradeChecker", "jobEnabled") === false, "the Job is on"),
    broken: (files) => replaced(files, valuesPath(COPIES), "jobEnabled: false", "jobEnabled: true"),
  },
  {
    id: "longhorn-is-not-asked-for-metrics",
    says: "nobody is told to ask Longhorn for metrics while its own policies let nobody do it",
    about: copies,
    check: (files) =>
      unless(at(valuesOf(files, COPIES), "metrics", "serviceMonitor", "enabled") !== true, "metrics nobody may read"),
    broken: (files) =>
      new Map(
        [...files].map(([path, content]) => [
          path,
          valuesPath(COPIES).test(path) ? `${content}metrics:\n  serviceMonitor:\n    enabled: true\n` : content,
        ]),
      ),
  },
  {
    id: "machines-mount-volumes",
    says: "machines have the programs that volumes of Longhorn and NFS are mounted with, and a folder for them",
    about: offersVolumes,
    check(files) {
      const brought = broughtTo(files);
      const wanted = haveTalos(files)
        ? copies(files)
          ? ["siderolabs/iscsi-tools", "siderolabs/util-linux-tools"]
          : []
        : [...(copies(files) ? ["iscsiadm", "mount.nfs"] : []), ...(has(files, NFS) ? ["mount.nfs"] : [])];
      const volumes = machinePatches(files).flatMap((patch) =>
        asMap(patch)["kind"] === "UserVolumeConfig" ? `/var/mnt/${String(asMap(patch)["name"])}` : [],
      );
      const folder = at(valuesOf(files, COPIES), "defaultSettings", "defaultDataPath");
      const own = folder === "/var/mnt/longhorn" && onTalos(files);
      return [
        ...wanted.flatMap((program) => unless(brought.includes(program), `nobody brings ${program}`)),
        ...unless(!own || volumes.includes("/var/mnt/longhorn"), "its folder is none of Talos"),
      ];
    },
    broken: [
      (files) => replaced(files, SCRIPTS, /iscsiadm|iscsi-tools/g, "other"),
      (files) => replaced(files, SCRIPTS, /mount\.nfs/g, "other"),
      (files) => replaced(files, SCRIPTS, /util-linux-tools/g, "other"),
      (files) => replaced(files, /^talos\/patches\/all\.yaml$/, "name: longhorn\n", "name: other\n"),
    ],
  },
];
