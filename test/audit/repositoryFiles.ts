/** A small repository as somebody would have it after a year: two apps, a gateway with a certificate, a DNS server. */

const flux = (name: string, path: string, namespace: string, more = ""): string => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
spec:
${more}  path: ./${path}
  sourceRef:
    kind: GitRepository
    name: flux-system
    namespace: flux-system
  targetNamespace: ${namespace}
`;

const list = (resources: readonly string[], namespace?: string): string => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
${namespace === undefined ? "" : `namespace: ${namespace}\n`}resources:
${resources.map((resource) => `  - ./${resource}\n`).join("")}`;

export const repositoryOf = (specText: string): Readonly<Record<string, string>> => ({
  "homelab.yaml": specText,
  "README.md": "# Home\n\nAGE-SECRET-KEY-… and -----BEGIN PRIVATE KEY----- belong into no repository.\n",
  "kubernetes/flux/cluster/kustomization.yaml": list(["ks.yaml"]),
  "kubernetes/flux/cluster/ks.yaml": `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: cluster-apps
  namespace: flux-system
spec:
  path: ./kubernetes/apps
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
  "kubernetes/apps/kustomization.yaml": list(["default", "flux-system", "network"]),
  "kubernetes/apps/flux-system/kustomization.yaml": list(["instance/ks.yaml"], "flux-system"),
  "kubernetes/apps/flux-system/instance/ks.yaml": flux(
    "instance",
    "kubernetes/apps/flux-system/instance/app",
    "flux-system",
  ),
  "kubernetes/apps/flux-system/instance/app/kustomization.yaml": list(["fluxinstance.yaml"]),
  "kubernetes/apps/flux-system/instance/app/fluxinstance.yaml": `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  sync:
    kind: GitRepository
    url: https://github.com/example/homelab.git
    path: kubernetes/flux/cluster
`,
  "kubernetes/apps/network/kustomization.yaml": list(
    ["dns/ks.yaml", "envoy-gateway/ks.yaml", "gateway/ks.yaml", "gateway-api/ks.yaml", "namespace.yaml"],
    "network",
  ),
  "kubernetes/apps/network/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: network\n",
  "kubernetes/apps/network/dns/ks.yaml": flux("dns", "kubernetes/apps/network/dns/app", "network"),
  "kubernetes/apps/network/dns/app/kustomization.yaml": list(["service.yaml"]),
  "kubernetes/apps/network/dns/app/service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: k8s-gateway
  annotations:
    lbipam.cilium.io/ips: 172.16.1.60
spec:
  type: LoadBalancer
  ports:
    - port: 53
`,
  "kubernetes/apps/network/envoy-gateway/ks.yaml": flux(
    "envoy-gateway",
    "kubernetes/apps/network/envoy-gateway/app",
    "network",
  ),
  "kubernetes/apps/network/envoy-gateway/app/kustomization.yaml": list(["ocirepository.yaml"]),
  "kubernetes/apps/network/envoy-gateway/app/ocirepository.yaml": `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: envoy-gateway
spec:
  ref:
    tag: 1.9.0
  url: oci://docker.io/envoyproxy/gateway-helm
`,
  "kubernetes/apps/network/gateway-api/ks.yaml": `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: gateway-api
spec:
  ref:
    tag: v1.6.1
  url: https://github.com/kubernetes-sigs/gateway-api
`,
  ".mise/config.toml": '[tools]\n"kubectl" = "1.36.4"\n"talosctl" = "1.13.9"\n',
  "bootstrap/talos.sh": `#!/usr/bin/env bash
# renovate: datasource=docker depName=ghcr.io/siderolabs/kubelet
kubernetes_version=v1.36.4
`,
  "kubernetes/apps/network/gateway/ks.yaml": flux("gateway", "kubernetes/apps/network/gateway/config", "network"),
  "kubernetes/apps/network/gateway/config/kustomization.yaml": list(["certificate.yaml", "gateway.yaml", "pool.yaml"]),
  "kubernetes/apps/network/gateway/config/certificate.yaml": `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: wildcard
spec:
  secretName: wildcard-tls
  dnsNames:
    - "*.ragas.cc"
`,
  "kubernetes/apps/network/gateway/config/gateway.yaml": `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: envoy-internal
spec:
  gatewayClassName: envoy
  infrastructure:
    annotations:
      lbipam.cilium.io/ips: 172.16.1.61
  listeners:
    - name: http
      protocol: HTTP
      port: 80
    - name: https
      protocol: HTTPS
      port: 443
      hostname: "*.ragas.cc"
      tls:
        certificateRefs:
          - name: wildcard-tls
      allowedRoutes:
        namespaces:
          from: All
`,
  "kubernetes/apps/network/gateway/config/pool.yaml": `apiVersion: cilium.io/v2
kind: CiliumLoadBalancerIPPool
metadata:
  name: lan
spec:
  blocks:
    - start: 172.16.1.60
      stop: 172.16.1.69
`,
  "kubernetes/apps/default/kustomization.yaml": list(["echo/ks.yaml", "photos/ks.yaml"], "default"),
  "kubernetes/apps/default/echo/ks.yaml": flux(
    "echo",
    "kubernetes/apps/default/echo/app",
    "default",
    "  dependsOn:\n    - name: gateway\n      namespace: network\n",
  ),
  "kubernetes/apps/default/echo/app/kustomization.yaml": `${list(["helmrelease.yaml", "httproute.yaml", "ocirepository.yaml"])}configMapGenerator:
  - name: echo-values
    files:
      - ./values.yaml
configurations:
  - ./kustomizeconfig.yaml
`,
  "kubernetes/apps/default/echo/app/kustomizeconfig.yaml": `nameReference:
  - kind: ConfigMap
    version: v1
    fieldSpecs:
      - path: spec/valuesFrom/name
        kind: HelmRelease
`,
  "kubernetes/apps/default/echo/app/helmrelease.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: echo
spec:
  chartRef:
    kind: OCIRepository
    name: echo
  valuesFrom:
    - kind: ConfigMap
      name: echo-values
`,
  "kubernetes/apps/default/echo/app/ocirepository.yaml": `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: echo
spec:
  url: oci://ghcr.io/bjw-s-labs/helm/app-template
  ref:
    tag: 4.1.1
`,
  "kubernetes/apps/default/echo/app/values.yaml": `controllers:
  echo: {}
service:
  echo:
    controller: echo
    ports:
      http:
        port: 8080
`,
  "kubernetes/apps/default/echo/app/httproute.yaml": route("echo", 8080),
  "kubernetes/apps/default/photos/ks.yaml": flux(
    "photos",
    "kubernetes/apps/default/photos/app",
    "default",
    "  dependsOn:\n    - name: echo\n",
  ),
  "kubernetes/apps/default/photos/app/kustomization.yaml": list(["httproute.yaml", "service.yaml"]),
  "kubernetes/apps/default/photos/app/httproute.yaml": route("photos", 80),
  "kubernetes/apps/default/photos/app/service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: photos
spec:
  ports:
    - port: 80
      targetPort: 2342
`,
});

function route(name: string, port: number): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}
spec:
  hostnames:
    - ${name}.ragas.cc
  parentRefs:
    - name: envoy-internal
      namespace: network
      sectionName: https
  rules:
    - backendRefs:
        - name: ${name}
          port: ${port}
`;
}
