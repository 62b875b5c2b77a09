import { z } from "zod";
import type { Component } from "../model/component.ts";

/**
 * The custom resources of the Gateway API, standard channel, installed by nobody else: the bundle carries an admission
 * policy that refuses a second owner with another channel or an older release (gateway-api v1.6.1, config/crd/standard,
 * vap_safeupgrades).
 */
export const gatewayApi: Component<Record<string, never>> = {
  id: "gateway-api",
  title: "Gateway API",
  summary: "the resource types for gateways and routes; runs nothing",
  options: z.strictObject({}),
  needed: ({ gateways }) => gateways.some(({ routeKind }) => routeKind === "HTTPRoute"),
  units: () => [
    {
      id: "gateway-api",
      component: "gateway-api",
      namespace: "network",
      remote: { pin: "gateway-api", path: "config/crd", installs: ["gateway.networking.k8s.io/*"] },
      view: {},
    },
  ],
  begins: () => [],
  pins: ["gateway-api"],
  docs: { template: "components/gateway-api/docs.md", view: () => ({}) },
};
