import type { Component } from "../model/component.ts";
import { haproxyFiles } from "./haproxyFiles.ts";
import { haproxyOptions, type HaproxyOptions } from "./haproxyOptions.ts";
import { machinesNamed } from "../model/namedMachines.ts";

/** The API behind a program on machines outside the cluster: document 000, and kubeadm's guide to high availability. */
export const haproxy: Component<HaproxyOptions> = {
  id: "haproxy",
  slot: "api",
  title: "HAProxy",
  summary: "a program on machines of the LAN, or on two with one address, shares requests among the control planes",
  options: haproxyOptions,
  addresses: [
    {
      key: "address",
      from: "lan",
      owner: "Kubernetes API",
      role: "api",
      note: "moves between the hosts of HAProxy",
      needed: ({ hosts }) => Array.isArray(hosts) && hosts.length > 1,
    },
  ],
  asks: [
    {
      key: "hosts",
      flag: "haproxy-hosts",
      value: "NAME,…",
      label: "HAProxy runs on  (names of --taken; two or more share an address)",
      summary: "machines of --taken that HAProxy runs on; two or more share an address of their own",
      list: true,
    },
  ],
  apiMachine: ({ hosts, address }) => (address === undefined ? hosts[0] : undefined),
  apiPort: ({ port }) => port,
  units: () => [],
  files: haproxyFiles,
  hostRoles: (plan, { hosts, address }) => [
    {
      id: "haproxy",
      title: "HAProxy in front of the Kubernetes API",
      templates: "components/haproxy/role",
      machines: machinesNamed(plan, hosts).map(({ name }) => ({ name })),
      variables: { haproxy_moves: address !== undefined },
    },
  ],
  meteredMachines: (plan, { hosts, metrics }) =>
    machinesNamed(plan, hosts).map(({ name, ip }) => ({ job: "haproxy", name, ip, port: metrics })),
  docs: {
    template: "components/haproxy/docs.md",
    page: { path: "docs/haproxy.md", template: "components/haproxy/page.md" },
    fragments: { troubleshooting: "components/haproxy/troubleshooting.md" },
    view: (plan, { address, checks, metrics, hosts, interface: link }) => ({
      addresses: plan.cluster.api.addresses,
      port: plan.cluster.api.port,
      interface: link,
      hosts: machinesNamed(plan, hosts).map(({ name, ip }, index) => ({ name, ip, first: index === 0 })),
      controlPlanes: plan.nodes.filter(({ role }) => role === "control-plane").map(({ name, ip }) => ({ name, ip })),
      moves: address !== undefined,
      shared: hosts.length > 1,
      fall: checks.fall,
      rise: checks.rise,
      ready: checks.by === "readyz",
      metrics,
      first: machinesNamed(plan, hosts)[0]?.ip ?? "",
    }),
  },
};
