import { z } from "zod";
import { firstIp, lastIp, size } from "../model/address.ts";
import { both } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import type { Flow } from "../model/unit.ts";
import { modeOf } from "./announcing.ts";
import { hasIpv6Pool, poolsByName } from "./pools.ts";

const ID = "metallb";
/** The speakers use the network of their node, which Pod Security allows nowhere else (MetalLB, Installation). */
const NAMESPACE = "metallb-system";

const options = z.strictObject({ mode: modeOf(["l2"]) });

/** The controller hands the addresses out, a speaker on each node answers ARP, and NDP for IPv6, for those it is elected for. */
export const metalLb: Component<z.output<typeof options>> = {
  id: ID,
  slot: "load-balancer",
  title: "MetalLB",
  summary:
    "announces addresses on your LAN by ARP and NDP, beside the pod network; costs a controller and a small pod on each node",
  options,
  // It reads this key and ignores those of others (MetalLB, Usage, Requesting specific IPs).
  addressAnnotations: (ips, sharing) => ({
    "metallb.io/loadBalancerIPs": ips.join(","),
    // MetalLB, Usage, IP address sharing.
    ...(sharing !== undefined && { "metallb.io/allow-shared-ip": sharing }),
  }),
  announces: ({ mode }) => mode,
  pools: { group: "metallb.io", kind: "IPAddressPool", onePerService: true },
  units: (plan) => [
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      // The custom resources are templates of the chart (metallb 0.16.1, charts/crds). Ready means that the webhook,
      // which judges each of their objects, is there to be asked.
      release: { name: ID, chart: ID, values: "components/metallb/values.yaml", installs: ["metallb.io/*"] },
      privileged: true,
      view: {},
    },
    {
      id: `${ID}/config`,
      component: ID,
      namespace: NAMESPACE,
      templates: "components/metallb/config",
      view: {
        pools: poolsByName(plan).map(({ name, ranges, onRequest }) => ({
          name,
          onRequest,
          // Both ends, also of one address: it takes none that stands alone (metallb v0.16.1, internal/config/config.go).
          addresses: ranges.map((range) => `${firstIp(range)}-${lastIp(range)}`),
        })),
        ipv6: hasIpv6Pool(plan),
      },
    },
  ],
  flows: () => [admission],
  pins: [ID],
  docs: {
    template: "components/metallb/docs.md",
    fragments: {
      requests: "components/metallb/requests.md",
      troubleshooting: "components/metallb/troubleshooting.md",
    },
    view: (plan) => ({
      lan: both(plan.stacks.flatMap(({ lan }) => lan?.value ?? [])),
      ipv6: hasIpv6Pool(plan),
      pools: plan.pools.map(({ name, range }) => ({ name, range: range.text, count: String(size(range)) })),
    }),
  },
};

// Speakers ask each other at 7946 in the network of their nodes, where policies reach nobody. Of the controller, ports
// and labels: metallb 0.16.1, templates/controller.yaml.
const admission: Flow = {
  unit: ID,
  namespace: NAMESPACE,
  name: "metallb-controller",
  to: {
    "app.kubernetes.io/instance": ID,
    "app.kubernetes.io/name": ID,
    "app.kubernetes.io/component": "controller",
  },
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 9443, protocol: "TCP" }],
  because: "the API server asks it about every pool and every advertisement",
};
