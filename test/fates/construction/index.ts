/** Every check, in the order of the areas. */
import { argocd } from "./argocd.ts";
import { boards } from "./boards.ts";
import { bootstrap } from "./bootstrap.ts";
import { calico } from "./calico.ts";
import { calicoServices } from "./calicoServices.ts";
import { certificates } from "./certificates.ts";
import type { Check } from "./check.ts";
import { cilium } from "./cilium.ts";
import { ciliumServices } from "./ciliumServices.ts";
import { closedNamespaces } from "./closedNamespaces.ts";
import { clusterParts } from "./clusterParts.ts";
import { existing } from "./existing.ts";
import { flux } from "./flux.ts";
import { ciliumGateway } from "./ciliumGateway.ts";
import { houseDns } from "./houseDns.ts";
import { gatewayApi } from "./gatewayApi.ts";
import { gateways } from "./gateways.ts";
import { hosts } from "./hosts.ts";
import { ingressNginx } from "./ingressNginx.ts";
import { haproxy } from "./haproxy.ts";
import { kinds } from "./kinds.ts";
import { k3s } from "./k3s.ts";
import { kubeadm } from "./kubeadm.ts";
import { onTalos } from "./machines.ts";
import { kubeVip } from "./kubeVip.ts";
import { kubeVipApi } from "./kubeVipApi.ts";
import { metalLb } from "./metallb.ts";
import { multus } from "./multus.ts";
import { networks } from "./networks.ts";
import { logs } from "./logs.ts";
import { observability } from "./observability.ts";
import { otherPolicies } from "./otherPolicies.ts";
import { policies } from "./policies.ts";
import { proxmox } from "./proxmox.ts";
import { publicDns } from "./publicDns.ts";
import { routers } from "./routers.ts";
import { repository } from "./repository.ts";
import { keptSecrets } from "./keptSecrets.ts";
import { sops } from "./sops.ts";
import { hashicorp } from "./hashicorp.ts";
import { stepCa } from "./stepCa.ts";
import { talos } from "./talos.ts";
import { traefik } from "./traefik.ts";
import { platformParts } from "./platformParts.ts";
import { storage } from "./storage.ts";
import { tunnel } from "./tunnel.ts";
import { upgrades } from "./upgrades.ts";
import { waysIn } from "./waysIn.ts";

export const checks: readonly Check[] = [
  ...networks,
  ...cilium,
  ...ciliumServices,
  ...calico,
  ...calicoServices,
  ...metalLb,
  ...kubeVip,
  ...kubeVipApi,
  ...routers,
  ...talos.map((check) => ({ about: onTalos, ...check })),
  ...k3s,
  ...upgrades,
  ...multus,
  ...kubeadm,
  ...boards,
  ...existing,
  ...haproxy,
  ...hosts,
  ...bootstrap,
  ...flux,
  ...argocd,
  ...kinds,
  ...proxmox,
  ...repository,
  ...gatewayApi,
  ...ciliumGateway,
  ...gateways,
  ...ingressNginx,
  ...certificates,
  ...hashicorp,
  ...stepCa,
  ...sops,
  ...keptSecrets,
  ...publicDns,
  ...houseDns,
  ...traefik,
  ...tunnel,
  ...waysIn,
  ...policies,
  ...otherPolicies,
  ...closedNamespaces,
  ...clusterParts,
  ...observability,
  ...logs,
  ...storage,
  ...platformParts,
];
