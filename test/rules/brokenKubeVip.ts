/** kube-vip, for Services and for the API, beside broken.ts. */
import { edit, type Case, type Edit } from "./edits.ts";

const services = (lease: string): readonly Edit[] => [
  edit("provider: cilium\n  mode: l2", `provider: kube-vip\n  lease: ${lease}\n  mode: l2`),
];

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
];
