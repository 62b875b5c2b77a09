/**
 * Kubernetes as kubeadm installs it, on Debian and what is made of it: configuration of the cluster and of each machine in
 * v1beta4, and the way over SSH from there to a running API. No token, key or certificate enters the repository.
 */
import type { Lacks } from "../model/families.ts";
import type { MachineSize } from "../model/machines.ts";
import type { Role } from "../model/plan.ts";
import type { Platform } from "../model/platform.ts";
import { fragmentView } from "./kubeadm/docs.ts";
import { kubeadmFiles } from "./kubeadm/files.ts";
import { life } from "./kubeadm/life.ts";
import { clusterOptions } from "./kubeadm/options.ts";
import { debian } from "./linux/debian.ts";
import { firstControlPlane, inOrder, isControlPlane, sshServer } from "./linux/machines.ts";
import { inShell } from "./linux/shell.ts";
import { linuxNodeOptions } from "./linux/options.ts";

const lacks: Lacks = {};

/** containerd documentation, Registry Configuration; bootstrap/kubeadm.sh tells containerd. */
const MIRRORS = "/etc/containerd/certs.d";

/** Kubernetes documentation, Installing kubeadm: Before you begin; the disk as for the images of any Kubernetes. */
const LEAST: Readonly<Record<Role, MachineSize>> = {
  "control-plane": { memory: 2048, cores: 2, disk: 10_240 },
  worker: { memory: 2048, cores: 1, disk: 10_240 },
};

export const kubeadm: Platform = {
  id: "kubeadm",
  role: "distribution",
  title: "kubeadm",
  summary:
    "Kubernetes in its own packages on the Debian or Ubuntu you install; its files are brought over SSH by a script",
  kubernetes: ["kubernetes", "kubernetes-1.35"],
  clusterOptions,
  nodeOptions: linuxNodeOptions,
  machineImage: {
    ...debian,
    least: LEAST,
  },
  traits: (api, options) => ({
    least: LEAST,
    // Kubernetes documentation, Debugging Kubernetes nodes with crictl: the package of kubeadm brings it.
    disk: {
      look: inShell("df -h /var/lib /var/log", "sudo du -xhd2 /var/lib /var/log"),
      clear: inShell(
        "sudo crictl --runtime-endpoint unix:///run/containerd/containerd.sock rmi --prune",
        "sudo journalctl --vacuum-size=200M",
      ),
    },
    // No balancer of its own on nodes: the address everybody knows (cilium docs, kubeproxy-free).
    localApi: { host: api.address, port: api.port },
    ownsMachine: false,
    closedHost: false,
    resolvesOnNode: false,
    // The package kubernetes-cni, which that of the kubelet asks for, has all of containernetworking/plugins.
    cni: { configuration: "/etc/cni/net.d", programs: "/opt/cni/bin", namespaces: "/run/netns", lacks: [] },
    mirrors: { folder: MIRRORS },
    lacks,
    // CoreDNS and kube-proxy too, which it leaves out where something of ours is there (v1beta4, dns and proxy.disabled).
    brings: [],
    rotatesServingCertificates: options["rotateServerCertificates"] === true,
    opens: true,
    manifests: "pods",
    containerService: { "control-plane": "containerd", worker: "containerd" },
    controlPlanesRunPods: options["workloadsOnControlPlanes"] !== false,
  }),
  life,
  docs: {
    fragments: {
      troubleshooting: "platforms/kubeadm/docs/fragments/troubleshooting.md",
      operations: "platforms/kubeadm/docs/fragments/operations.md",
      machines: "platforms/kubeadm/docs/fragments/machines.md",
    },
    view: fragmentView,
  },
  expects: sshServer,
  hostRoles: (plan) => [
    {
      id: "kubeadm",
      title: "What Kubernetes needs of Linux",
      templates: "platforms/kubeadm/role",
      machines: plan.nodes.map((node) => ({
        name: node.name,
        variables: { kubeadm_control_plane: isControlPlane(node) },
      })),
      variables: { kubeadm_ipv6: plan.stacks.some(({ family }) => family === 6) },
      inTurn: true,
    },
    {
      id: "kubeadm_upgrade",
      title: "Another version of Kubernetes",
      templates: "platforms/kubeadm/upgrade",
      machines: inOrder(plan).map((node) => ({
        name: node.name,
        variables: { kubeadm_upgrade_control_plane: isControlPlane(node) },
      })),
      variables: { kubeadm_upgrade_first: firstControlPlane(plan).name },
      inTurn: true,
      playbook: "upgrade",
    },
  ],
  files: kubeadmFiles,
  early: () => [],
};
