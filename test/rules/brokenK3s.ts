/** What does not go together on K3s. */
import { withCalico } from "./brokenCalico.ts";
import { edit, EXISTING, ON_K3S, WORKER, type Case, type Edit } from "./edits.ts";

const without = (text: string): Edit => edit(text, "");
const PLANES = [
  without("    talos-cp-2: { ip: 172.16.1.51, role: control-plane, proxmox: { host: pve2 } }\n"),
  without("    talos-cp-3: { ip: 172.16.1.52, role: control-plane, proxmox: { host: pve3 } }\n"),
];

/** One server and an agent, so that nothing is said of the address of the API. */
const ONE_SERVER: readonly Edit[] = [...PLANES, ...ON_K3S.filter(({ find }) => !/pve[23]/.test(find))];

const BUCKET = "  etcdSnapshots: { s3: { endpoint: https://s3.example.com, bucket: homelab-etcd } }\n";

const withFlannel = (options: string): readonly Edit[] => [
  ...withCalico(options),
  edit("provider: calico", "provider: flannel"),
];

export const k3sCases: readonly Case[] = [
  {
    id: "CHOICE-HARDWARE",
    broken: [
      edit("distribution: talos", "distribution: existing\n  installedBy: k3s\n  runs: [flannel, kube-proxy]"),
      ...EXISTING.slice(-3),
    ],
    nearMiss: ONE_SERVER,
  },
  {
    id: "K3S-DATASTORE",
    broken: [
      ...ON_K3S,
      edit("  pods: ", "  datastore: sqlite\n  pods: "),
      edit("version: 1\n", "version: 1\nsilence: { API-SINGLE: tried }\n"),
    ],
    nearMiss: [...ONE_SERVER, edit("  pods: ", "  datastore: sqlite\n  pods: ")],
  },
  {
    id: "K3S-SNAPSHOTS",
    broken: [...ONE_SERVER, edit("  pods: ", `${BUCKET}  pods: `)],
    nearMiss: [...ONE_SERVER, edit("  pods: ", `${BUCKET}  datastore: etcd\n  pods: `)],
  },
  {
    id: "CHOICE-DISTRIBUTION",
    broken: [...PLANES, ...ONE_SERVER.slice(2).filter(({ replace }) => replace !== "none")],
    nearMiss: ONE_SERVER,
  },
  {
    id: "NODE-WORKLOADS",
    broken: [
      ...ONE_SERVER,
      edit("  pods: ", "  workloadsOnControlPlanes: false\n  pods: "),
      without(WORKER.replace(", proxmox: { host: pve4 }", "")),
    ],
    nearMiss: [...ONE_SERVER, edit("  pods: ", "  workloadsOnControlPlanes: false\n  pods: ")],
  },
  {
    id: "FLANNEL-BACKEND",
    broken: withFlannel("backend: wireguard-native"),
    nearMiss: [...withFlannel("backend: wireguard-native"), ...ONE_SERVER],
  },
];
