/**
 * All that can be chosen. A component is one file here, its text under templates/components/<id>/, its pins in
 * pins.yaml and one line below.
 */
import type { Component } from "../model/component.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { ciliumGateway } from "./cilium-gateway.ts";
import { ciliumLoadBalancer } from "./cilium-load-balancer.ts";
import { cilium } from "./cilium.ts";
import { calicoLoadBalancer } from "./calico-load-balancer.ts";
import { calico } from "./calico.ts";
import { flannel } from "./flannel.ts";
import { certManagerWebhookHetzner } from "./cert-manager-webhook-hetzner.ts";
import { certManager } from "./cert-manager.ts";
import { clusterSecrets } from "./cluster-secrets.ts";
import { consul } from "./consul.ts";
import { cloudflared } from "./cloudflared.ts";
import { dynamicDns } from "./dynamicDns.ts";
import { coreDns } from "./coredns.ts";
import { dnsEndpoints } from "./dns-endpoints.ts";
import { echo } from "./echo.ts";
import { envoyGateway } from "./envoy-gateway.ts";
import { etcdSnapshotsS3 } from "./etcd-snapshots-s3.ts";
import { etcdSnapshotsTalos } from "./etcd-snapshots-talos.ts";
import { externalDnsAdGuardHome } from "./external-dns-adguard-home.ts";
import { externalDnsCloudflare } from "./external-dns-cloudflare.ts";
import { externalDnsDigitalOcean } from "./external-dns-digitalocean.ts";
import { externalDnsGoogle } from "./external-dns-google.ts";
import { externalDnsHetzner } from "./external-dns-hetzner.ts";
import { externalDnsMikrotik } from "./external-dns-mikrotik.ts";
import { externalDnsPihole } from "./external-dns-pihole.ts";
import { externalDnsRfc2136Public } from "./external-dns-rfc2136-public.ts";
import { externalDnsRoute53 } from "./external-dns-route53.ts";
import { externalDnsRfc2136 } from "./external-dns-rfc2136.ts";
import { externalDnsUnifi } from "./external-dns-unifi.ts";
import { haproxy } from "./haproxy.ts";
import { existingApi } from "./existing-api.ts";
import { argoCd } from "./argo-cd.ts";
import { fluxOperator } from "./flux-operator.ts";
import { alerts } from "./alerts.ts";
import { prometheusOperatorCrds } from "./prometheus-operator-crds.ts";
import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { blackboxExporter } from "./blackbox-exporter.ts";
import { hubble } from "./hubble.ts";
import { nodeExporter } from "./node-exporter.ts";
import { grafana } from "./grafana.ts";
import { pushWebhook } from "./push-webhook.ts";
import { gatewayApi } from "./gateway-api.ts";
import { certificatesOfGateways } from "./gateway-certificates.ts";
import { ingressNginx } from "./ingress-nginx.ts";
import { k8sGateway } from "./k8s-gateway.ts";
import { internalCa } from "./internal-ca.ts";
import { kubeletCsrApprover } from "./kubelet-csr-approver.ts";
import { kubeVipApi } from "./kube-vip-api.ts";
import { kubeVip } from "./kube-vip.ts";
import { defaultDeny } from "./default-deny.ts";
import { hostNames } from "./host-names.ts";
import { descheduler } from "./descheduler.ts";
import { spegel } from "./spegel.ts";
import { longhorn } from "./longhorn.ts";
import { snapshotController } from "./snapshot-controller.ts";
import { csiDriverNfs } from "./csi-driver-nfs.ts";
import { localPathProvisioner } from "./local-path-provisioner.ts";
import { localStorage } from "./local-storage.ts";
import { lanRecords } from "./lan-records.ts";
import { letsEncrypt } from "./letsencrypt.ts";
import { loki } from "./loki.ts";
import { metalLb } from "./metallb.ts";
import { metricsServer } from "./metrics-server.ts";
import { multus } from "./multus.ts";
import { serviceLb } from "./servicelb.ts";
import { amdGpuPlugin } from "./amd-gpu-plugin.ts";
import { intelGpuPlugin } from "./intel-gpu-plugin.ts";
import { nvidiaDevicePlugin } from "./nvidia-device-plugin.ts";
import { nomad } from "./nomad.ts";
import { noSplitDns } from "./no-split-dns.ts";
import { portForward } from "./port-forward.ts";
import { reloader } from "./reloader.ts";
import { singleApi } from "./single-api.ts";
import { ksops } from "./ksops.ts";
import { bitwardenSdkServer } from "./bitwarden-sdk-server.ts";
import { externalSecrets } from "./external-secrets.ts";
import { sealedSecrets } from "./sealed-secrets.ts";
import { sopsSecretsOperator } from "./sops-secrets-operator.ts";
import { sops } from "./sops.ts";
import { stepCa } from "./step-ca.ts";
import { systemUpgradeController } from "./system-upgrade-controller.ts";
import { tailscaleOperator } from "./tailscale-operator.ts";
import { talosVip } from "./talos-vip.ts";
import { traefik } from "./traefik.ts";
import { vector } from "./vector.ts";
import { vaultSecretsOperator } from "./vault-secrets-operator.ts";

/** In the order of the docs. Those whose own objects carry a version are given the pins. */
export const components = (pins: ReadonlyMap<PinId, Pin>): readonly Component[] => [
  talosVip,
  kubeVipApi(pins),
  singleApi,
  haproxy,
  existingApi,
  cilium,
  calico,
  flannel,
  ciliumLoadBalancer,
  calicoLoadBalancer,
  metalLb,
  multus(pins),
  defaultDeny,
  hostNames,
  kubeVip(pins),
  serviceLb,
  kubeletCsrApprover,
  gatewayApi,
  certManager,
  certManagerWebhookHetzner,
  letsEncrypt,
  internalCa,
  stepCa,
  certificatesOfGateways,
  envoyGateway,
  ciliumGateway,
  ingressNginx,
  traefik,
  dnsEndpoints,
  k8sGateway,
  coreDns,
  noSplitDns,
  lanRecords,
  externalDnsCloudflare,
  externalDnsRoute53,
  externalDnsGoogle,
  externalDnsDigitalOcean(pins),
  externalDnsHetzner(pins),
  externalDnsRfc2136Public,
  externalDnsUnifi(pins),
  externalDnsAdGuardHome(pins),
  externalDnsPihole,
  externalDnsRfc2136,
  externalDnsMikrotik(pins),
  cloudflared(pins),
  portForward,
  ...dynamicDns(pins),
  snapshotController,
  longhorn,
  localPathProvisioner(pins),
  localStorage,
  csiDriverNfs,
  spegel,
  descheduler,
  consul,
  vaultSecretsOperator,
  nomad,
  tailscaleOperator,
  clusterSecrets,
  sops,
  sopsSecretsOperator,
  ksops,
  sealedSecrets,
  externalSecrets,
  bitwardenSdkServer,
  metricsServer,
  nvidiaDevicePlugin,
  intelGpuPlugin(pins),
  amdGpuPlugin(pins),
  reloader,
  prometheusOperatorCrds,
  kubePrometheusStack,
  blackboxExporter,
  nodeExporter,
  grafana,
  loki,
  vector,
  hubble,
  systemUpgradeController(pins),
  etcdSnapshotsS3,
  etcdSnapshotsTalos(pins),
  fluxOperator(pins),
  argoCd(pins),
  pushWebhook,
  alerts,
  echo(pins),
];
