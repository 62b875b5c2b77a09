import { z } from "zod";
import { isChosen } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import { mayCarryRecords } from "./passthrough.ts";

/**
 * The type of records that routes carry with them, where what reads routes cannot tell the address of their gateway. It is
 * there before the DNS server, which looks for it once (k8s_gateway v1.7.0, kubernetes.go, RunKubeController).
 */
export const dnsEndpoints: Component<Record<string, never>> = {
  id: "dns-endpoints",
  title: "DNSEndpoint",
  summary: "the resource type of external-dns for a record; runs nothing",
  options: z.strictObject({}),
  needed: (plan) => isChosen(plan, "k8s-gateway") && plan.gateways.some((gateway) => mayCarryRecords(gateway, plan)),
  units: () => [
    {
      id: "dns-endpoints",
      component: "dns-endpoints",
      namespace: "network",
      remote: { pin: "dns-endpoints", path: "config/crd/standard", installs: ["externaldns.k8s.io/*"] },
      view: {},
    },
  ],
  begins: () => [],
  pins: ["dns-endpoints"],
  docs: { template: "components/dns-endpoints/docs.md", view: () => ({}) },
};
