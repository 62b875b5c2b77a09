/** Networks that pods stand in and cannot. */
import { edit, ON_BARE_METAL, type Case } from "./edits.ts";

const networks = (...lines: readonly string[]) => edit("cluster:\n", `networks:\n  ${lines.join("\n  ")}\ncluster:\n`);

const iot = (rest: string, cidr = "192.168.30.0/24") => `iot: { cidr: ${cidr}, ${rest} }`;

const ATTACH = "attach: [default]";

const devices = (names: string) => edit("routing: native", `routing: native\n  devices: [${names}]`);

export const attachmentCases: readonly Case[] = [
  {
    id: "ATTACH-CARD",
    broken: [networks(iot(`vlan: 30, ${ATTACH}`))],
    nearMiss: [networks(iot(`vlan: 30, interface: ens19, ${ATTACH}`))],
  },
  {
    id: "ATTACH-TAG",
    broken: [networks(iot(`interface: ens19, tagged: true, ${ATTACH}`))],
    nearMiss: [networks(iot(`vlan: 30, interface: ens19, tagged: true, ${ATTACH}`))],
  },
  {
    id: "ATTACH-TAG",
    broken: [networks(iot(`vlan: 300, interface: enx001122334455, tagged: true, ${ATTACH}`))],
    nearMiss: [networks(iot(`vlan: 300, interface: enx00112233, tagged: true, ${ATTACH}`))],
  },
  {
    id: "ATTACH-UNTAGGED",
    broken: [...ON_BARE_METAL, networks(iot(`vlan: 30, interface: ens18, ${ATTACH}`))],
    nearMiss: [...ON_BARE_METAL, networks(iot(`vlan: 30, interface: ens18, tagged: true, ${ATTACH}`))],
  },
  {
    id: "ATTACH-UNTAGGED",
    broken: [
      networks(
        iot(`vlan: 30, interface: ens19, ${ATTACH}`),
        `cameras: { cidr: 192.168.31.0/24, vlan: 31, interface: ens19, ${ATTACH} }`,
      ),
    ],
    nearMiss: [
      networks(
        iot(`vlan: 30, interface: ens19, ${ATTACH}`),
        `cameras: { cidr: 192.168.31.0/24, vlan: 31, interface: ens20, ${ATTACH} }`,
      ),
    ],
  },
  {
    id: "ATTACH-NODE",
    broken: [networks(iot("interface: ens19, attach: { namespaces: [default], nodes: [talos-worker-2] }"))],
    nearMiss: [networks(iot("interface: ens19, attach: { namespaces: [default], nodes: [talos-worker-1] }"))],
  },
  {
    id: "ATTACH-NODE",
    broken: [
      networks(iot("interface: ens19, attach: { namespaces: [default], nodes: [talos-cp-1] }")),
      edit("distribution: talos", "distribution: talos\n  workloadsOnControlPlanes: false"),
    ],
    nearMiss: [networks(iot("interface: ens19, attach: { namespaces: [default], nodes: [talos-cp-1] }"))],
  },
  {
    id: "ATTACH-WIFI",
    broken: [networks(iot(`interface: wlan0, ${ATTACH}`))],
    nearMiss: [networks(iot(`interface: eth1, ${ATTACH}`))],
  },
  {
    id: "ATTACH-DEVICE",
    broken: [networks(iot(`interface: ens19, ${ATTACH}`)), devices("ens+")],
    nearMiss: [networks(iot(`interface: ens19, ${ATTACH}`)), devices("ens18")],
  },
  {
    id: "ATTACH-DEVICE",
    broken: [
      ...ON_BARE_METAL,
      networks(iot(`vlan: 30, interface: ens18, tagged: true, ${ATTACH}`)),
      devices("ens18, ens18.30"),
    ],
    nearMiss: [...ON_BARE_METAL, networks(iot(`interface: ens18, ${ATTACH}`)), devices("ens18")],
  },
  {
    id: "ATTACH-NAME",
    broken: [
      networks(
        iot("interface: ens19, attach: { name: things, namespaces: [default] }"),
        "cameras: { cidr: 192.168.31.0/24, interface: ens20, attach: { name: things, namespaces: [media, default] } }",
      ),
    ],
    nearMiss: [
      networks(
        iot("interface: ens19, attach: { name: things, namespaces: [default] }"),
        "cameras: { cidr: 192.168.31.0/24, interface: ens20, attach: { name: things, namespaces: [media] } }",
      ),
    ],
  },
  {
    id: "ATTACH-DHCP",
    broken: [networks(iot(`interface: ens19, ${ATTACH}`, "fd00:30::/64"))],
    nearMiss: [networks(iot("interface: ens19, attach: { namespaces: [default], ipam: static }", "fd00:30::/64"))],
  },
  {
    id: "PVE-VLAN",
    broken: [
      networks(iot(`vlan: 30, interface: ens18, tagged: true, ${ATTACH}`)),
      edit("host: pve1", "host: pve1, vlan: 20"),
      edit("nodes:\n", "nodeDefaults: { interface: ens18 }\n  nodes:\n"),
    ],
    nearMiss: [
      networks(iot(`vlan: 30, interface: ens19, tagged: true, ${ATTACH}`)),
      edit("host: pve1", "host: pve1, vlan: 20"),
      edit("nodes:\n", "nodeDefaults: { interface: ens18 }\n  nodes:\n"),
    ],
  },
];
