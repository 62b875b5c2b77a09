/** Broken networks that are looked at. */
import { edit, type Case } from "./edits.ts";

const observed = (text: string) => edit("dns:\n", `observability: { ${text} }\n\ndns:\n`);

export const observedCases: readonly Case[] = [
  {
    id: "GRAFANA-GATEWAY",
    broken: [observed("grafana: { class: fast, gateway: intern }")],
    nearMiss: [observed("grafana: { class: fast, gateway: internal }")],
  },
  {
    id: "LB-ADDRESS-POOL",
    broken: [observed("grafana: { class: fast, address: 172.16.1.90 }")],
    nearMiss: [observed("grafana: { class: fast, address: 172.16.1.69 }")],
  },
];

export const observedWarnings: readonly Case[] = [
  { id: "DISK-NONE", broken: [observed("prometheus: true")], nearMiss: [observed("prometheus: { class: fast }")] },
];
