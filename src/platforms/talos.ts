/**
 * Talos Linux 1.13: machine configuration as patches in its multi-document dialect, and the way from booted machines to
 * a running API. What `talosctl gen config` writes and what it keeps secret never enters the repository.
 */
import type { Lacks } from "../model/families.ts";
import type { MachineSize } from "../model/machines.ts";
import type { Role } from "../model/plan.ts";
import type { Platform } from "../model/platform.ts";
import { fragmentView } from "./talos/docs.ts";
import { talosFiles } from "./talos/files.ts";
import { life } from "./talos/life.ts";
import { clusterOptions, diskKeysOf, nodeOptions } from "./talos/options.ts";

const FIRST_IPV4 = "lan.cidr, pods and services with the IPv4 network first";

const lacks: Lacks = {
  "IPv6 alone": {
    because: "pods ask the resolver on their node at 169.254.116.108, which they do not reach without IPv4",
    source: "Talos 1.13.9, pkg/machinery/constants, HostDNSAddress",
    fix: FIRST_IPV4,
  },
  "IPv6 before IPv4": {
    because: "a node names its IPv4 address first, and an API server at it refuses Services that begin with IPv6",
    source: "Talos 1.13.9, addressutil/compare.go; kubernetes/kubernetes#111671",
    fix: FIRST_IPV4,
  },
};

/** Talos 1.13 documentation, System Requirements: minimum. */
const LEAST: Readonly<Record<Role, MachineSize>> = {
  "control-plane": { memory: 2048, cores: 2, disk: 10_240 },
  worker: { memory: 1024, cores: 1, disk: 10_240 },
};

export const talos: Platform = {
  id: "talos",
  role: "distribution",
  title: "Talos Linux",
  summary: "a system that only runs Kubernetes, configured by files; no shell and no SSH",
  proposed: "its machines are configured by the repository alone",
  pins: ["talosctl"],
  kubernetes: ["kubernetes", "kubernetes-1.35"],
  workstation: {
    ignored: ["talosconfig", "talos/secrets.yaml", "talos/rendered/", "talos/snapshots/"],
    environment: { TALOSCONFIG: "talosconfig" },
  },
  clusterOptions,
  nodeOptions,
  machineImage: {
    kind: "installer",
    fetchedBy: "platforms/talos/machines/image.tf",
    least: LEAST,
  },
  questions: [
    {
      key: "interface",
      flag: "interface",
      value: "NAME",
      label: "Network interface of the machines",
      summary: "interface that carries the node address, such as eth0 or ens18",
      standIn: "eth0",
      ofOne: "Its network interface",
      instead: ["mac", "bond"],
    },
    {
      key: "disk",
      flag: "disk",
      value: "DEVICE",
      label: "Disk to install on (it is erased)",
      summary: "disk Talos is installed on and erases, such as /dev/sda",
      standIn: "/dev/sda",
      ofOne: "Its disk to install on (it is erased)",
      instead: ["diskSelector"],
    },
  ],
  traits: (_api, options) => ({
    least: LEAST,
    // Talos 1.13 documentation, talosctl CLI: image remove is by name, and what is in use comes back.
    disk: {
      look: ["talosctl mounts --nodes NODE", "talosctl usage /var --humanize --depth 2 --nodes NODE"],
      clear: ["talosctl image list --nodes NODE", "talosctl image remove IMAGE --nodes NODE"],
    },
    // KubePrism, on every node, balances over the API servers (Talos documentation, KubePrism).
    localApi: { host: "localhost", port: 7445 },
    ownsMachine: true,
    closedHost: true,
    resolvesOnNode: true,
    // Of the programs it has bridge, firewall, host-local, loopback and portmap (siderolabs/talos v1.13.9, Dockerfile).
    // Where its runtime keeps namespaces: Talos documentation, Multus CNI.
    cni: {
      configuration: "/etc/cni/net.d",
      programs: "/opt/cni/bin",
      namespaces: "/var/run/netns",
      lacks: ["dhcp", "macvlan", "static", "tuning"],
    },
    // Talos documentation, Run Spegel Image Mirroring on Talos.
    mirrors: { folder: "/etc/cri/conf.d/hosts" },
    lacks,
    // One for each service and for the kernel (siderolabs/talos v1.13.9, controllers/runtime/log_persistence.go).
    serviceLogs: "/var/log/*.log",
    // CoreDNS too, which it leaves out where one of ours is there (cluster.coreDNS.disabled).
    brings: ["flannel"],
    ...(options["secureBoot"] === true && { startsSigned: true }),
    ...diskKeysOf(options),
    rotatesServingCertificates: options["rotateServerCertificates"] === true,
    opens: true,
    controlPlanesRunPods: options["workloadsOnControlPlanes"] !== false,
  }),
  life,
  docs: {
    fragments: {
      troubleshooting: "platforms/talos/docs/fragments/troubleshooting.md",
      operations: "platforms/talos/docs/fragments/operations.md",
      machines: "platforms/talos/docs/fragments/machines.md",
    },
    view: fragmentView,
  },
  // The API of the machine, in maintenance mode too (Talos documentation, Network Connectivity).
  expects: () => [{ kind: "machine", port: 50_000, title: "Talos", fix: "boot the machine from the image of Talos" }],
  files: talosFiles,
  early: () => [],
};
