/**
 * K3s on Linux that somebody has installed: configuration of each server and agent, and the way over SSH from there to a
 * running API. The token of the cluster never enters the repository.
 */
import type { Lacks } from "../model/families.ts";
import { upgradesItself } from "../model/k3s.ts";
import type { MachineSize } from "../model/machines.ts";
import type { Role } from "../model/plan.ts";
import type { Platform } from "../model/platform.ts";
import { fragmentView } from "./k3s/docs.ts";
import { k3sFiles } from "./k3s/files.ts";
import { life } from "./k3s/life.ts";
import { upgradeRole } from "./k3s/upgrade.ts";
import { clusterOptions } from "./k3s/options.ts";
import { debian } from "./linux/debian.ts";
import { isControlPlane, sshServer } from "./linux/machines.ts";
import { inShell } from "./linux/shell.ts";
import { linuxNodeOptions } from "./linux/options.ts";

const TO_LOCAL_API = {
  because: "pods are told to look for the API server at 127.0.0.1, and K3s has it at ::1 where IPv6 comes first",
  source: "k3s-io/k3s, pkg/daemons/config/types.go, Loopback; pkg/agent/run.go, NewSupervisorProxy",
  fix: "lan.cidr, pods and services with the IPv4 network first",
};

const lacks: Lacks = { "IPv6 alone": TO_LOCAL_API, "IPv6 before IPv4": TO_LOCAL_API };

/** K3s documentation, Requirements; the disk as for the images of any Kubernetes. */
const LEAST: Readonly<Record<Role, MachineSize>> = {
  "control-plane": { memory: 2048, cores: 2, disk: 10_240 },
  worker: { memory: 512, cores: 1, disk: 10_240 },
};

export const k3s: Platform = {
  id: "k3s",
  role: "distribution",
  title: "K3s",
  summary: "Kubernetes in one program on the Linux you install; configured by files that a script brings over SSH",
  kubernetes: ["k3s", "k3s-1.35"],
  workstation: { ignored: ["k3s/token"], environment: {} },
  clusterOptions,
  nodeOptions: linuxNodeOptions,
  machineImage: {
    ...debian,
    least: LEAST,
  },
  traits: (_api, options) => ({
    least: LEAST,
    // K3s documentation, Advanced Options: crictl is part of it.
    disk: {
      look: inShell("df -h /var/lib /var/log", "sudo du -xhd2 /var/lib/rancher /var/log"),
      clear: inShell("sudo k3s crictl rmi --prune", "sudo journalctl --vacuum-size=200M"),
    },
    // Of servers the API server itself, of agents a balancer over all of them (K3s documentation, Architecture).
    localApi: { host: "127.0.0.1", port: 6444 },
    ownsMachine: false,
    closedHost: false,
    resolvesOnNode: false,
    // With flannel left out it tells containerd nothing, whose own folders then count (k3s-io/k3s, pkg/agent/containerd and
    // its template, NoFlannel); nobody has put plugins there.
    cni: {
      configuration: "/etc/cni/net.d",
      programs: "/opt/cni/bin",
      namespaces: "/run/netns",
      lacks: ["dhcp", "macvlan", "static", "tuning"],
    },
    // K3s documentation, Embedded Registry Mirror.
    mirrors: {},
    lacks,
    // Of what it brings, all else stands in `disable` of its configuration where something of ours takes the place.
    brings: ["flannel", "servicelb", "local-storage"],
    flannelBackends: ["vxlan", "host-gw", "wireguard-native"],
    // The one of kube-router, beside flannel (K3s documentation, Networking Services).
    enforcesPolicies: true,
    rotatesServingCertificates: false,
    opens: true,
    // K3s documentation, Architecture; k3s-io/k3s issues 2262 and 12917: every port answers with all of it.
    oneProcess: true,
    // k3s-io/k3s, pkg/server/handlers: the certificate an agent serves with is of the server CA, which pods are given.
    signsServingCertificates: true,
    manifests: "applied",
    containerService: { "control-plane": "k3s", worker: "k3s-agent" },
    // k3s-io/k3s, pkg/agent/containerd/runtimes.go; manifests/runtimes.yaml.
    findsRuntimes: true,
    controlPlanesRunPods: options["workloadsOnControlPlanes"] !== false,
  }),
  life,
  docs: {
    fragments: {
      troubleshooting: "platforms/k3s/docs/fragments/troubleshooting.md",
      operations: "platforms/k3s/docs/fragments/operations.md",
      machines: "platforms/k3s/docs/fragments/machines.md",
    },
    view: fragmentView,
  },
  expects: sshServer,
  hostRoles: (plan) => [
    {
      id: "k3s",
      title: "Configuration of K3s",
      templates: "platforms/k3s/role",
      machines: plan.nodes.map((node) => ({
        name: node.name,
        variables: { k3s_role: isControlPlane(node) ? "server" : "agent" },
      })),
      inTurn: true,
    },
    ...(upgradesItself(plan) ? [] : [upgradeRole(plan)]),
  ],
  files: k3sFiles,
  early: () => [],
};
