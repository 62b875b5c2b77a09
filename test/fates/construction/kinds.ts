/** Kinds of objects: who installs them, and in which versions they are served. */
import { added, appended, objects, replaced, unless, type Check } from "./check.ts";

/** Groups of kinds that come with a release, by its app. */
const INSTALLED_BY: Readonly<Record<string, RegExp>> = {
  cilium: /^cilium\.io\//,
  // By its operator, in the order of which everything else waits for it.
  calico: /^projectcalico\.org\//,
  metallb: /^metallb\.io\//,
  "envoy-gateway": /^gateway\.envoyproxy\.io\//,
  "cert-manager": /^(acme\.)?cert-manager\.io\//,
  "tailscale-operator": /^tailscale\.com\//,
  "vault-secrets-operator": /^secrets\.hashicorp\.com\//,
  "flux-operator": /^fluxcd\.controlplane\.io\//,
};

// fluxcd/flux2 v2.9.4, manifests/crds.
const SERVED: ReadonlySet<string> = new Set([
  "kustomize.toolkit.fluxcd.io/v1 Kustomization",
  "helm.toolkit.fluxcd.io/v2 HelmRelease",
  ...["GitRepository", "OCIRepository", "HelmRepository"].map((kind) => `source.toolkit.fluxcd.io/v1 ${kind}`),
  "notification.toolkit.fluxcd.io/v1 Receiver",
  "notification.toolkit.fluxcd.io/v1beta3 Alert",
  "notification.toolkit.fluxcd.io/v1beta3 Provider",
]);

// cilium/cilium 1.20, pkg/k8s/apis/cilium.io.
const CILIUM: Readonly<Record<string, string>> = {
  CiliumLoadBalancerIPPool: "v2",
  CiliumL2AnnouncementPolicy: "v2alpha1",
  CiliumBGPAdvertisement: "v2",
  CiliumBGPClusterConfig: "v2",
  CiliumBGPPeerConfig: "v2",
  CiliumNetworkPolicy: "v2",
  CiliumClusterwideNetworkPolicy: "v2",
};

export const kinds: readonly Check[] = [
  {
    id: "objects-come-after-what-installs-their-kinds",
    says: "objects of kinds that a release installs are applied by a later step than the release",
    check: (files) =>
      objects(files).flatMap(({ path, object: { apiVersion, kind } }) => {
        const [, app = ""] = /^kubernetes\/apps\/[^/]+\/([^/]+)\/app\//.exec(path) ?? [];
        return unless(!INSTALLED_BY[app]?.test(apiVersion), `${path} applies ${kind} together with what installs it`);
      }),
    broken: (files) =>
      appended(
        files,
        /\/cilium\/app\/ocirepository\.yaml$/,
        "apiVersion: cilium.io/v2\nkind: CiliumLoadBalancerIPPool\nmetadata: { name: more }\n",
      ),
  },
  {
    id: "kinds-of-flux-are-served",
    says: "objects of Flux are of versions its 2.9 serves",
    check: (files) =>
      objects(files).flatMap(({ path, object: { apiVersion, kind } }) =>
        unless(
          !/\.toolkit\.fluxcd\.io\//.test(apiVersion) || SERVED.has(`${apiVersion} ${kind}`),
          `${path}: ${kind} of ${apiVersion}`,
        ),
      ),
    broken: (files) =>
      replaced(files, /\/helmrelease\.yaml$/, "helm.toolkit.fluxcd.io/v2\n", "helm.toolkit.fluxcd.io/v2beta2\n"),
  },
  {
    id: "kinds-of-cilium-are-current",
    says: "objects of Cilium are of the versions its 1.20 stores, of no kind it has dropped",
    check: (files) =>
      objects(files).flatMap(({ path, object: { apiVersion, kind } }) =>
        unless(
          !apiVersion.startsWith("cilium.io/") || CILIUM[kind] === apiVersion.slice("cilium.io/".length),
          `${path}: ${kind} of ${apiVersion}`,
        ),
      ),
    broken: (files) =>
      added(
        files,
        "kubernetes/apps/kube-system/cilium/config/bgp.yaml",
        "apiVersion: cilium.io/v2alpha1\nkind: CiliumBGPPeeringPolicy\nmetadata: { name: old }\n",
      ),
  },
];
