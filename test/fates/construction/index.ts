/** Every check, in the order of the areas. */
import { bootstrap } from "./bootstrap.ts";
import { certificates } from "./certificates.ts";
import type { Check } from "./check.ts";
import { cilium } from "./cilium.ts";
import { clusterParts } from "./clusterParts.ts";
import { flux } from "./flux.ts";
import { ciliumGateway } from "./ciliumGateway.ts";
import { gatewayApi } from "./gatewayApi.ts";
import { gateways } from "./gateways.ts";
import { ingressNginx } from "./ingressNginx.ts";
import { kinds } from "./kinds.ts";
import { metalLb } from "./metallb.ts";
import { networks } from "./networks.ts";
import { policies } from "./policies.ts";
import { proxmox } from "./proxmox.ts";
import { publicDns } from "./publicDns.ts";
import { repository } from "./repository.ts";
import { talos } from "./talos.ts";
import { traefik } from "./traefik.ts";
import { tunnel } from "./tunnel.ts";

export const checks: readonly Check[] = [
  ...networks,
  ...cilium,
  ...metalLb,
  ...talos,
  ...bootstrap,
  ...flux,
  ...kinds,
  ...proxmox,
  ...repository,
  ...gatewayApi,
  ...ciliumGateway,
  ...gateways,
  ...ingressNginx,
  ...certificates,
  ...publicDns,
  ...traefik,
  ...tunnel,
  ...policies,
  ...clusterParts,
];
