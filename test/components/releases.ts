/** Networks as folders, and where the charts of their releases lie. */
import { emittedNetworks } from "../fixtures/emitted.ts";
import { networkOf, type Network } from "../fixtures/network.ts";
import { networks } from "../fixtures/givens.ts";
import { planOf } from "../fixtures/plan.ts";
import type { Plan } from "../../src/model/plan.ts";
import { chartOf } from "../support/charts.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

export interface OnDisk extends Network {
  readonly name: string;
  readonly plan: Plan;
  readonly folder: string;
}

/** Plans made by hand, without what stands beside GitOps, and whole networks. */
export const networksOnDisk = (): readonly OnDisk[] =>
  [
    ...Object.entries(networks).map(([name, given]) => {
      const plan = planOf(given);
      return { name, plan, ...networkOf(plan) };
    }),
    ...emittedNetworks,
  ].map((network) => {
    const folder = temporaryFolder("network");
    writeFiles(folder, Object.fromEntries([...network.tree].map(([path, { content }]) => [path, content])));
    return { ...network, folder };
  });

export interface Chart {
  /** Folders in the two places, when not the name of the unit. */
  readonly component?: string;
  readonly chart?: string;
  readonly values?: Parameters<typeof chartOf>[1];
}

/** By unit, where it is not all under the name of the unit. */
export const CHARTS: Readonly<Record<string, Chart>> = {
  // The whole configuration of the controller goes through; its own keys are of Envoy Gateway's API, not the chart's.
  "envoy-gateway": { chart: "gateway-helm", values: { free: ["config.envoyGateway"] } },
  // The whole Installation and FelixConfiguration go through; their keys are those of Calico's API.
  calico: { chart: "tigera-operator", values: { free: ["installation", "defaultFelixConfiguration"] } },
  metallb: {
    // Read where it is asked for: not every level has the components.
    get values() {
      return { subcharts: { "frr-k8s": chartOf("metallb", { file: "frr-k8s.values.yaml" }) } };
    },
  },
  "flux-operator": { values: { file: "values.flux-operator.yaml" } },
  "ingress-nginx/internal": { component: "ingress-nginx", chart: "ingress-nginx" },
  "ingress-nginx/external": { component: "ingress-nginx", chart: "ingress-nginx" },
  // Names of entrypoints and of Services beside the first are free.
  traefik: { values: { free: ["ports", "service.additionalServices"] } },
  argocd: { component: "argo-cd", chart: "argo-cd", values: { free: ["configs.cm", "configs.params"] } },
  "blackbox-exporter": { component: "prometheus-blackbox-exporter", chart: "prometheus-blackbox-exporter" },
  "node-exporter": { component: "prometheus-node-exporter", chart: "prometheus-node-exporter" },
  "kube-prometheus-stack": {
    get values() {
      return { subcharts: { "kube-state-metrics": chartOf("kube-state-metrics") } };
    },
  },
  echo: { component: "app-template", chart: "app-template" },
  cloudflared: { component: "app-template", chart: "app-template" },
  "ddns-updater": { component: "app-template", chart: "app-template" },
  ...Object.fromEntries(
    [
      "cloudflare",
      "away",
      "direct",
      "route53",
      "google",
      "digitalocean",
      "hetzner",
      "rfc2136-public",
      "unifi",
      "adguard",
      "adguard-home",
      "second",
      "pihole",
      "plain",
      "mikrotik",
      "rfc2136",
    ].map((name) => [`external-dns-${name}`, { component: "external-dns", chart: "external-dns" }]),
  ),
};
