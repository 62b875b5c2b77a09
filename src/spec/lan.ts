/** `lan`: the network the machines are in, and who is in it already. */
import { z } from "zod";
import {
  cidrsField,
  dhcpField,
  hostReferenceField,
  ipsField,
  named,
  serverField,
  userField,
} from "../fields/fields.ts";

const software = z
  .union([z.string().min(1), z.array(z.string().min(1))])
  .transform((value) => (typeof value === "string" ? [value] : value))
  .meta({
    description:
      "what runs there and matters to the cluster: a resolver such as adguard-home, a router such as opnsense",
    kind: "text or a list of text",
    because: "nothing that runs there matters to the cluster",
  });

// No character that exports(5) or a shell would read as something else.
const folder = z
  .string()
  .regex(/^(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/, "expected the path of a folder, like /srv/kubernetes");

const host = z
  .strictObject({
    ip: ipsField({ description: "its address" }),
    software: software.prefault([]),
    managed: z
      .boolean()
      .default(false)
      .describe(
        "whether Ansible keeps it as this file says: its programs, their configuration, its routes; it runs Debian or one of its kind",
      )
      .meta({ because: "what runs there is somebody's own" }),
    sshUser: userField(
      "user that Ansible and scripts log in as, root or one with sudo and no password; when absent as ssh itself decides",
    ),
    exports: z
      .union([folder, z.array(folder)])
      .transform((value) => (typeof value === "string" ? [value] : value))
      .prefault([])
      .meta({
        description: "folders that nodes may mount by NFS, and nobody else; the host is managed then",
        kind: "a path or a list of paths",
        example: "/srv/kubernetes",
        because: "no folder of it was named",
      }),
    nodeExporter: z
      .boolean()
      .default(false)
      .describe(
        "whether it has node-exporter, which tells Prometheus how the machine is at port 9100; the host is managed then",
      )
      .meta({ because: "somebody has to read it" }),
  })
  .meta({ short: "ip", kind: "an IP address or a map", description: "a machine that is no node" });

export const lan = z.strictObject({
  cidr: cidrsField({ description: "your LAN", example: "192.168.1.0/24" }),
  gateway: ipsField({ description: "address of your router", example: "192.168.1.1" }).optional(),
  dhcp: dhcpField({
    description: "what the DHCP server of your router hands out",
    comment: "never used for the cluster",
    example: "192.168.1.100-192.168.1.199",
  }).optional(),
  dns: z
    .array(hostReferenceField())
    .optional()
    .meta({
      description: "name servers of the LAN: names of lan.hosts, or addresses",
      kind: "a list of names or addresses",
      example: ["adguard"],
    }),
  ntp: z.array(serverField()).prefault(["time.cloudflare.com"]).meta({
    description: "time servers of the nodes",
    kind: "a list of host names or addresses",
    because: "a node with the wrong time trusts no certificate, and this server answers from nearby everywhere",
  }),
  hosts: named(host)
    .prefault({})
    .meta({
      description: "machines that are no nodes, so that their addresses count as taken",
      comment: "taken addresses",
      kind: "a map of machines",
      because: "no other machine was named",
      example: { nas: "192.168.1.20" },
    }),
});
