/** kube-vip, for Services and for the API, beside broken.ts. */
import { edit, ON_K3S, type Case, type Edit } from "./edits.ts";

const services = (lease: string): readonly Edit[] => [
  edit("provider: cilium\n  mode: l2", `provider: kube-vip\n  lease: ${lease}\n  mode: l2`),
];

const api = (options: string): readonly Edit[] => [
  ...ON_K3S,
  edit("api: none", `api: { provider: kube-vip, ${options} }`),
];

const ADDRESS = "address: 172.16.1.49";

export const kubeVipCases: readonly Case[] = [
  {
    id: "LEASE-TIMES",
    broken: services("{ duration: 10 }"),
    nearMiss: services("{ duration: 11 }"),
  },
  {
    id: "LEASE-TIMES",
    broken: services("{ duration: 5, renew: 1, retry: 1 }"),
    nearMiss: services("{ duration: 5, renew: 2, retry: 1 }"),
  },
  {
    id: "LEASE-TIMES",
    broken: api(`${ADDRESS}, lease: { duration: 5 }`),
    nearMiss: api(`${ADDRESS}, lease: { duration: 5, renew: 3, retry: 1 }`),
  },
  // Whoever looks for it asks by ARP, which ends where the LAN does.
  { id: "NET-LAN", broken: api("address: 172.16.2.49"), nearMiss: api("address: 172.16.1.48") },
  { id: "LB-POOL-TAKEN", broken: api("address: 172.16.1.65"), nearMiss: api("address: 172.16.1.70") },
  {
    id: "CHOICE-DISTRIBUTION",
    broken: [edit("provider: talos-vip, address", "provider: kube-vip, address")],
    nearMiss: api(ADDRESS),
  },
];
