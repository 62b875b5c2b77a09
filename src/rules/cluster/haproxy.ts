/** HAProxy in front of the API: machines it can run on, addresses and ports that are free there. */
import { haproxy } from "../../catalog/haproxy.ts";
import type { HaproxyOptions } from "../../catalog/haproxyOptions.ts";
import { contains, familyOf } from "../../model/address.ts";
import { API_SERVER_PORT } from "../../model/apiUrl.ts";
import { optionsOf } from "../../model/chosen.ts";
import { ofFamily } from "../../model/families.ts";
import type { Plan } from "../../model/plan.ts";
import { lanOf } from "../addresses/networks.ts";
import type { Rule } from "../rule.ts";

const HOSTS = "cluster.api.hosts";

const inUse = (plan: Plan): HaproxyOptions | undefined => optionsOf(plan, haproxy);

export const proxyKnown: Rule = {
  id: "HAP-HOST",
  severity: "error",
  title: "HAProxy runs on machines that take a program",
  because: "Nobody would listen at the address of the API, and no machine could join.",
  source: "homelab.yaml: lan.hosts; Talos documentation, Philosophy: no packages are installed on a machine",
  unless: ["HAP-01"],
  *check(plan) {
    for (const [index, name] of (inUse(plan)?.hosts ?? []).entries()) {
      if (plan.lan.hosts.some((host) => host.name === name)) continue;
      const node = plan.nodes.find((one) => one.name === name);
      if (node !== undefined && !plan.cluster.traits.ownsMachine) continue;
      yield {
        message:
          node === undefined
            ? `HAProxy runs on ${name}, and no machine of lan.hosts is called so`
            : `HAProxy runs on ${name}, and a node of this distribution takes no programs beside Kubernetes`,
        paths: [`${HOSTS}.${index}`, "lan.hosts"],
        fix: "a machine of lan.hosts that runs Debian, Ubuntu or Raspberry Pi OS",
      };
    }
  },
};

/** R-HAP-01 of the facts. */
export const proxyBesideServer: Rule = {
  id: "HAP-01",
  severity: "error",
  title: "HAProxy does not listen where an API server does",
  because: "An API server listens on its port at every address of its machine, so one of the two does not start.",
  source:
    "Kubernetes documentation, kube-apiserver --bind-address and --secure-port; kubeadm, Options for Software Load Balancing",
  *check(plan) {
    const { hosts = [], port } = inUse(plan) ?? {};
    for (const [index, name] of hosts.entries()) {
      const node = plan.nodes.find((one) => one.name === name);
      if (node?.role !== "control-plane" || port !== API_SERVER_PORT) continue;
      yield {
        message: `HAProxy and the API server of ${name} both listen on port ${port}`,
        paths: [`${HOSTS}.${index}`, "cluster.api"],
        fix: "cluster.api.port: 8443, or a machine that is no control plane",
      };
    }
  },
};

export const proxyPorts: Rule = {
  id: "HAP-PORTS",
  severity: "error",
  title: "the API and the numbers of HAProxy have a port each",
  because:
    "HAProxy would hand out its numbers to some of those who want the API, and the API to some who want numbers.",
  source: "HAProxy documentation, bind: sockets with one address and port share what arrives",
  *check(plan) {
    const { port, metrics } = inUse(plan) ?? {};
    if (port === undefined || port !== metrics) return;
    yield {
      message: `port ${port} is that of the API and that of HAProxy's own numbers`,
      paths: ["cluster.api.metrics", "cluster.api.port"],
      fix: `cluster.api.metrics: ${port === 8405 ? 8406 : 8405}`,
    };
  },
};

/** Where the address moves, every host must be able to have it. */
export const proxyOnLan: Rule = {
  id: "HAP-LAN",
  severity: "error",
  title: "hosts that share the address of the API are in its network",
  because: "An address is found by ARP or NDP in its own network alone: at a host elsewhere nobody would find it.",
  source: "RFC 5798 §1: a virtual router is one of a LAN; keepalived.conf(5), virtual_ipaddress",
  unless: ["HAP-HOST"],
  *check(plan) {
    const { hosts = [], address = [] } = inUse(plan) ?? {};
    for (const [index, name] of hosts.entries()) {
      const machine = [...plan.lan.hosts, ...plan.nodes].find((one) => one.name === name);
      for (const ip of machine === undefined ? [] : address) {
        const lan = lanOf(plan, familyOf(ip))?.value;
        const own = machine && ofFamily(machine.ips, familyOf(ip));
        if (lan === undefined || (own !== undefined && contains(lan, own))) continue;
        yield {
          message: `${ip} moves to ${name}, which has no address in ${lan.text}`,
          paths: [`${HOSTS}.${index}`, "cluster.api.address"],
          fix: `hosts with an address in ${lan.text}`,
        };
      }
    }
  },
};

export const proxyShares: Rule = {
  id: "HAP-FEW",
  severity: "warning",
  title: "HAProxy has several control planes to choose from",
  because: "In front of one API server it is one more machine that can fail, and saves none.",
  source: "kubeadm documentation, Creating Highly Available Clusters: a load balancer in front of three control planes",
  *check(plan) {
    const planes = plan.nodes.filter(({ role }) => role === "control-plane");
    if (inUse(plan) === undefined || planes.length !== 1) return;
    yield {
      message: `HAProxy shares requests among control planes, and ${planes[0]?.name} is the only one`,
      paths: ["cluster.api", "cluster.nodes"],
      fix: "three control planes, or cluster.api: none; more to come: a silence with that reason",
    };
  },
};
