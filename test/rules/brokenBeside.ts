/** Broken networks with Consul, Nomad or Vault on machines of the house. */
import { edit, ON_K3S, type Case } from "./edits.ts";

const beside = (text: string) => edit("dns:\n", `hashicorp: { ${text} }\n\ndns:\n`);
const nomad = (bridge: string) => beside(`nomad: { servers: [adguard], clients: [adguard], bridge: ${bridge} }`);

export const besideCases: readonly Case[] = [
  {
    id: "BESIDE-MACHINE",
    broken: [beside("consul: { servers: [adgard] }")],
    nearMiss: [beside("consul: { servers: [adguard] }")],
  },
  {
    id: "BESIDE-MACHINE",
    broken: [beside("nomad: { servers: [adguard], clients: [talos-worker-1] }")],
    nearMiss: [...ON_K3S, beside("nomad: { servers: [adguard], clients: [talos-worker-1] }")],
  },
  { id: "NET-OVERLAP", broken: [nomad("10.43.64.0/20")], nearMiss: [nomad("10.44.0.0/20")] },
];

export const besideWarnings: readonly Case[] = [
  {
    id: "VAULT-PLAIN",
    broken: [beside('vault: { address: "http://172.16.1.10:8200" }')],
    nearMiss: [beside('vault: { address: "https://172.16.1.10:8200" }')],
  },
];
