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
import { kinds } from "./kinds.ts";
import { kubeVip } from "./kubeVip.ts";
import { kubeVipApi } from "./kubeVipApi.ts";
import { k3s } from "./k3s.ts";
import { onTalos } from "./machines.ts";
import { metalLb } from "./metallb.ts";
import { networks } from "./networks.ts";
import { policies } from "./policies.ts";
import { proxmox } from "./proxmox.ts";
import { publicDns } from "./publicDns.ts";
import { routers } from "./routers.ts";
import { repository } from "./repository.ts";
import { talos } from "./talos.ts";
import { tunnel } from "./tunnel.ts";

export const checks: readonly Check[] = [
  ...networks,
  ...cilium,
  ...metalLb,
  ...kubeVip,
  ...kubeVipApi,
  ...routers,
  ...talos.map((check) => ({ about: onTalos, ...check })),
  ...k3s,
  ...bootstrap,
  ...flux,
  ...kinds,
  ...proxmox,
  ...repository,
  ...gatewayApi,
  ...ciliumGateway,
  ...gateways,
  ...certificates,
  ...publicDns,
  ...tunnel,
  ...policies,
  ...clusterParts,
];
