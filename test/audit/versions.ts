/** Versions that moved apart. */
import { APPS, besideGateway, change, type AuditCase } from "./case.ts";
import { ciliumGateways } from "./cilium.ts";

const kubernetes = (version: string) => ({ "bootstrap/talos.sh": change("v1.36.4", version) });
const tool = (from: string, to: string) => ({ ".mise/config.toml": change(from, to) });

const image = (version: string): string => `machine:
  kubelet:
    # renovate: datasource=docker depName=ghcr.io/siderolabs/kubelet
    image: ghcr.io/siderolabs/kubelet:${version}
`;

const gatewayApi = (tag: string): string => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: gateway-api
spec:
  ref:
    tag: ${tag}
  url: https://github.com/kubernetes-sigs/gateway-api
`;

const chart = (name: string, tag: string, url: string): string => `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: ${name}
spec:
  ref:
    tag: ${tag}
  url: ${url}
`;

const CILIUM = chart("cilium", "1.20.0", "oci://quay.io/cilium/charts/cilium");
const vector = (tag: string) => besideGateway(chart("vector", tag, "oci://ghcr.io/vectordotdev/helm-charts/vector"));

export const versions: readonly AuditCase[] = [
  {
    id: "VERSIONS-APART",
    what: "a Kubernetes that Talos does not take",
    broken: tool('"talosctl" = "1.13.9"', '"talosctl" = "1.12.11"'),
    nearMiss: tool('"talosctl" = "1.13.9"', '"talosctl" = "1.14.0"'),
  },
  {
    id: "VERSIONS-APART",
    what: "a chart that needs newer resources",
    broken: { [`${APPS}/network/gateway-api/ks.yaml`]: gatewayApi("v1.5.1") },
    nearMiss: { [`${APPS}/network/gateway-api/ks.yaml`]: gatewayApi("v1.6.0") },
  },
  {
    id: "VERSIONS-APART",
    what: "types of gateways from before what Cilium asks for",
    network: ciliumGateways,
    broken: {
      ...besideGateway(CILIUM),
      [`${APPS}/network/gateway-api/ks.yaml`]: gatewayApi("v1.4.1"),
    },
    nearMiss: {
      ...besideGateway(CILIUM),
      [`${APPS}/network/gateway-api/ks.yaml`]: gatewayApi("v1.5.1"),
    },
  },
  {
    id: "VERSIONS-TWICE",
    what: "one of two places of Kubernetes moved alone",
    broken: { "talos/patches/all.yaml": image("v1.36.5") },
    nearMiss: { "talos/patches/all.yaml": image("v1.36.4") },
  },
  {
    id: "VERSIONS-UNTRIED",
    what: "a kubectl two minor versions away",
    broken: tool('"kubectl" = "1.36.4"', '"kubectl" = "1.34.2"'),
    nearMiss: tool('"kubectl" = "1.36.4"', '"kubectl" = "1.35.9"'),
  },
  {
    id: "VERSIONS-REFUSED",
    what: "a Vector that takes no labels out of what is logged",
    network: change("\ndns:\n", "\nobservability: { logs: { class: fast } }\n\ndns:\n"),
    broken: vector("0.57.1"),
    nearMiss: vector("0.58.0"),
  },
  {
    id: "VERSIONS-SPEC",
    what: "an upgrade that homelab.yaml does not know of",
    broken: kubernetes("v1.35.8"),
    nearMiss: kubernetes("v1.36.9"),
  },
  {
    id: "VERSIONS-STEP",
    what: "an upgrade over a minor version",
    broken: { ...kubernetes("v1.34.8"), ...tool('"kubectl" = "1.36.4"', '"kubectl" = "1.35.9"') },
    nearMiss: { ...kubernetes("v1.36.9"), ...tool('"kubectl" = "1.36.4"', '"kubectl" = "1.35.9"') },
  },
];
