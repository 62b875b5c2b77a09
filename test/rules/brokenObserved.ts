/** Broken networks that are looked at. */
import { edit, EXISTING, type Case, type Edit } from "./edits.ts";

const observed = (text: string) => edit("dns:\n", `observability: { ${text} }\n\ndns:\n`);

const GATEWAY = "internal: { address: 172.16.1.61, default: true }";
const DNS = "split: { provider: k8s-gateway, address: 172.16.1.60 }";
/** With a gateway that is reached from the internet. */
const TUNNELLED: readonly Edit[] = [
  edit(GATEWAY, `${GATEWAY}\n    external: { address: 172.16.1.62, public: cloudflare-tunnel }`),
  edit(DNS, `${DNS}\n  publish: { cloudflare: { gateways: [external] } }`),
];

export const observedCases: readonly Case[] = [
  {
    id: "SHOWN-GATEWAY",
    broken: [observed("grafana: { class: fast, gateway: intern }")],
    nearMiss: [observed("grafana: { class: fast, gateway: internal }")],
  },
  {
    id: "SHOWN-GATEWAY",
    broken: [observed("hubble: { gateway: intern }")],
    nearMiss: [observed("hubble: { gateway: internal }")],
  },
  {
    id: "HUBBLE-OFF",
    broken: [observed("hubble: true"), edit("routing: native", "routing: native\n  hubble: false")],
    nearMiss: [observed("hubble: true"), edit("routing: native", "routing: native\n  hubble: true")],
  },
  {
    id: "HUBBLE-PUBLIC",
    broken: [...TUNNELLED, observed("hubble: { gateway: external }")],
    nearMiss: [...TUNNELLED, observed("hubble: { gateway: internal }")],
  },
  {
    id: "LB-ADDRESS-POOL",
    broken: [observed("grafana: { class: fast, address: 172.16.1.90 }")],
    nearMiss: [observed("grafana: { class: fast, address: 172.16.1.69 }")],
  },
  {
    id: "ASKED-CLOSED",
    broken: [...EXISTING, observed("prometheus: { class: fast, controlPlanes: true }")],
    nearMiss: [observed("prometheus: { class: fast, controlPlanes: true }")],
  },
  {
    id: "LB-ADDRESS-POOL",
    broken: [observed("logs: { class: fast, address: 172.16.1.90 }")],
    nearMiss: [observed("logs: { class: fast, address: 172.16.1.69 }")],
  },
];

export const observedWarnings: readonly Case[] = [
  { id: "DISK-NONE", broken: [observed("prometheus: true")], nearMiss: [observed("prometheus: { class: fast }")] },
];
