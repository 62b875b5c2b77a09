/** Every check, in the order of the areas. */
import { certificates } from "./certificates.ts";
import type { Check } from "./check.ts";
import { clusterParts } from "./clusterParts.ts";
import { gatewayApi } from "./gatewayApi.ts";
import { gateways } from "./gateways.ts";
import { networks } from "./networks.ts";
import { policies } from "./policies.ts";
import { publicDns } from "./publicDns.ts";
import { tunnel } from "./tunnel.ts";

export const checks: readonly Check[] = [
  ...networks,
  ...gatewayApi,
  ...gateways,
  ...certificates,
  ...publicDns,
  ...tunnel,
  ...policies,
  ...clusterParts,
];
