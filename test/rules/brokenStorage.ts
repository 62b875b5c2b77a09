/** Broken networks with volumes. */
import { DUAL_STACK } from "../fixtures/dualStack.ts";
import { edit, ON_K3S, type Case } from "./edits.ts";

const storage = (text: string) => edit("dns:\n", `storage: { ${text} }\n\ndns:\n`);
const nfs = (server: string) => storage(`nfs: { server: ${server}, path: /srv/volumes }, local-path: true`);
const server = (keys: string) =>
  edit("    pve4: 172.16.1.5\n", `    pve4: 172.16.1.5\n    nas: { ip: 172.16.1.20, managed: true${keys} }\n`);

export const storageCases: readonly Case[] = [
  {
    id: "SNAPSHOTS-CLASS",
    broken: [edit("  pods: ", "  etcdSnapshots: { hours: 6 }\n  pods: "), storage("local-path: true")],
    nearMiss: [
      edit("  pods: ", "  etcdSnapshots: { hours: 6 }\n  pods: "),
      storage("nfs: { server: 172.16.1.2, path: /srv/volumes }"),
    ],
  },
  {
    id: "STORAGE-DEFAULT",
    broken: [storage("local-path: true, default: local-pat")],
    nearMiss: [storage("local-path: true, default: local-path")],
  },
  {
    id: "STORAGE-DEFAULT",
    broken: [storage("default: local-path")],
    nearMiss: [...ON_K3S, storage("default: local-path")],
  },
  {
    id: "STORAGE-PATH",
    broken: [storage("local-path: { path: /opt/volumes }")],
    nearMiss: [storage("local-path: { path: /var/mnt/volumes }")],
  },
  {
    id: "STORAGE-PATH",
    broken: [storage("longhorn: { path: /var/lib/longhorn }")],
    nearMiss: [storage("longhorn: { path: /var/mnt/longhorn }")],
  },
  {
    id: "STORAGE-SNAPSHOTS",
    broken: [storage("local-path: true, snapshots: true")],
    nearMiss: [storage("longhorn: true, snapshots: true")],
  },
  { id: "FAMILY-SUPPORT", broken: [...DUAL_STACK, storage("longhorn: true")], nearMiss: [storage("longhorn: true")] },
  { id: "NFS-SERVER", broken: [nfs("pev1")], nearMiss: [nfs("pve1")] },
  { id: "NFS-EXPORT", broken: [server(""), nfs("nas")], nearMiss: [server(", exports: /srv"), nfs("nas")] },
  {
    id: "NFS-EXPORT",
    broken: [server(", exports: /srv/volumes-old"), nfs("172.16.1.20")],
    nearMiss: [server(", exports: /srv/volumes"), nfs("172.16.1.20")],
  },
];

export const storageWarnings: readonly Case[] = [
  {
    id: "LONGHORN-COPIES",
    broken: [storage("longhorn: { replicas: 5 }")],
    nearMiss: [storage("longhorn: { replicas: 4 }")],
  },
  {
    id: "LONGHORN-MEMORY",
    broken: [storage("longhorn: true"), edit("host: pve4 }", "host: pve4, memory: 2GiB }")],
    nearMiss: [storage("longhorn: true"), edit("host: pve4 }", "host: pve4, memory: 4GiB }")],
  },
  {
    id: "STORAGE-SHARED",
    broken: [storage("nfs: { server: pve1, path: /srv/volumes }")],
    nearMiss: [nfs("pve1")],
  },
  {
    id: "STORAGE-SHARED",
    broken: [storage("nfs: { server: pve1, path: /srv/volumes }, local-path: true, default: nfs")],
    nearMiss: [storage("nfs: { server: pve1, path: /srv/volumes }, local-path: true, default: local-path")],
  },
];
