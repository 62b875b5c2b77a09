import { z } from "zod";
import { hostReferenceField } from "../fields/fields.ts";
import { familyOf, parseIp, type Ip } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import { NFS_CLIENT } from "../model/nodeNeeds.ts";
import type { Host, Plan } from "../model/plan.ts";
import { isDefaultClass } from "../model/storage.ts";
import type { Unit } from "../model/unit.ts";
import { onEach, anywhere } from "../model/workloads.ts";
import { snapshotClass, takesSnapshots } from "./snapshot-controller.ts";

const ID = "csi-driver-nfs";
/** System namespace: its pods use the network of their node and mount for the kubelet. */
const NAMESPACE = "kube-system";
const CLASS = "nfs";
/** NFS 4 (RFC 7530 §3.1). */
const PORT = 2049;

const options = z.strictObject({
  server: hostReferenceField()
    .describe("the file server: a name of lan.hosts, or an address")
    .meta({ kind: "an IP address or a name of lan.hosts", example: "nas" }),
  path: z
    .string()
    .regex(/^(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/, "expected the path of a folder, like /srv/kubernetes")
    .describe("folder of the server that each volume is a folder of")
    .meta({ kind: "a path", example: "/srv/kubernetes" }),
  onDelete: z
    .enum(["retain", "archive", "delete"])
    .default("retain")
    .describe(
      "what becomes of the folder of a volume that is given back: retain leaves it for whoever claims that name again, archive gives it another name, delete removes it with all that is in it",
    )
    .meta({ because: "a claim is deleted by mistake sooner than a disk is full" }),
});

type Options = z.output<typeof options>;

/** The host of the LAN that a server is, by its name or one of its addresses. */
export const fileServer = ({ lan }: Pick<Plan, "lan">, { server }: Pick<Options, "server">): Host | undefined => {
  const ip = parseIp(server);
  return lan.hosts.find((host) => host.name === server || (ip !== undefined && host.ips.includes(ip)));
};

/** Undefined for a name nobody has. */
const addressOf = (plan: Plan, chosen: Options): Ip | undefined =>
  parseIp(chosen.server) ?? fileServer(plan, chosen)?.ip;

export const csiDriverNfs: Component<Options> = {
  id: ID,
  slot: "storage",
  provider: CLASS,
  title: "NFS",
  summary: "a volume is a folder of a file server, which several pods may have at once; databases do not belong there",
  options,
  storageClasses: () => [{ name: CLASS, shared: true, bound: false, snapshots: true }],
  // The kubelet of Talos has the client in it (Talos documentation, Storage, NFS).
  onNodes: () => ({ packages: [NFS_CLIENT] }),
  units: (plan, chosen) => [
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      release: {
        name: ID,
        chart: ID,
        values: `components/${ID}/values.yaml`,
        clusterWide: ["storage.k8s.io/CSIDriver", "storage.k8s.io/StorageClass"],
      },
      privileged: true,
      view: {
        name: CLASS,
        isDefault: isDefaultClass(plan, CLASS),
        server: told(plan, chosen),
        path: chosen.path,
        onDelete: chosen.onDelete,
        snapshots: takesSnapshots(plan),
      },
      ...(takesSnapshots(plan) && { after: ["snapshot-controller"] }),
    },
    ...(takesSnapshots(plan) ? [SNAPSHOTS] : []),
  ],
  expects: (plan, chosen) => {
    const host = fileServer(plan, chosen);
    if (host === undefined) return [];
    return [
      {
        kind: "listens",
        title: "the NFS server",
        name: host.name,
        address: addressOf(plan, chosen) ?? host.ip,
        port: PORT,
        path: "storage.nfs.server",
        fix: host.managed ? "docs/hosts.md says how Ansible brings it" : "start the NFS server there",
      },
    ];
  },
  // As its chart says (csi-driver-nfs 4.13.4, values.yaml): 20 for each container.
  workloads: (plan) => [
    onEach(plan.nodes, "csi-nfs-node", 60),
    anywhere("csi-nfs-controller", takesSnapshots(plan) ? 100 : 80, 1, plan.nodes),
  ],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: { troubleshooting: `components/${ID}/troubleshooting.md` },
    view: (plan, chosen) => ({
      name: CLASS,
      isDefault: isDefaultClass(plan, CLASS),
      server: told(plan, chosen),
      title: fileServer(plan, chosen)?.name ?? chosen.server,
      path: chosen.path,
      snapshots: takesSnapshots(plan),
      retained: chosen.onDelete === "retain",
      archived: chosen.onDelete === "archive",
      managed: fileServer(plan, chosen)?.managed === true,
      closed: plan.cluster.traits.closedHost,
      addresses: plan.nodes.flatMap(({ ips }) => ips),
      namespace: NAMESPACE,
    }),
  },
};

/** A snapshot is an archive of the folder, beside it (csi-driver-nfs 4.13.4, deploy/example/snapshot). */
const SNAPSHOTS: Unit = {
  id: `${ID}/config`,
  component: ID,
  namespace: NAMESPACE,
  objects: { "volumesnapshotclass.yaml": [snapshotClass(CLASS, "nfs.csi.k8s.io")] },
  after: [ID],
  view: {},
};

/** As mount.nfs has it: an IPv6 address in brackets (nfs(5), The remote hostname). */
function told(plan: Plan, chosen: Options): string {
  const address = addressOf(plan, chosen);
  if (address === undefined) return chosen.server;
  return familyOf(address) === 6 ? `[${address}]` : address;
}
