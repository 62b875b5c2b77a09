/** A small repository that Argo CD applies: itself, the types of gateways, a gateway, and two apps. */

const URL = "https://github.com/example/homelab.git";
const SERVER = "https://kubernetes.default.svc";

const POLICY = `  syncPolicy:
    automated: { prune: true, selfHeal: true }
    syncOptions: [ServerSideApply=true]
    retry: { limit: -1, backoff: { duration: 10s, maxDuration: 5m } }
`;

export const application = (name: string, wave: number, namespace: string, sources: string, project = "network") =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: "${wave}"
spec:
  project: ${project}
  destination: { server: ${SERVER}, namespace: ${namespace} }
${sources}${POLICY}`;

export const folder = (path: string, more = ""): string =>
  `  source:
    repoURL: ${URL}
    targetRevision: main
    path: ${path}
${more}`;

const chart = (repoURL: string, name: string, version: string, values: string, more = ""): string =>
  `  sources:
    - repoURL: ${repoURL}
      chart: ${name}
      targetRevision: ${version}
      helm:
        valueFiles:
          - $values/${values}/values.yaml
    - repoURL: ${URL}
      targetRevision: main
      ref: values
${more}`;

const project = (name: string, spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: ${name}
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: "-100"
spec:
${spec}`;

const list = (...resources: readonly string[]): string => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources.map((resource) => `  - ./${resource}\n`).join("")}`;

const namespace = (name: string): string => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  annotations:
    argocd.argoproj.io/sync-options: Prune=false,Delete=false
`;

const ANYWHERE = `  destinations:
    - server: ${SERVER}
      namespace: "*"
  clusterResourceWhitelist:
    - { group: "*", kind: "*" }
`;

const APPS = "kubernetes/apps";
const ARGO = "kubernetes/argo";

export const argoRepositoryOf = (specText: string): Readonly<Record<string, string>> => ({
  "homelab.yaml": specText,
  "bootstrap/argo.sh": `#!/usr/bin/env bash\nkubectl apply -f ${ARGO}/root.yaml\nkubectl apply -f ${APPS}/argocd/repository.sops.yaml\n`,
  [`${ARGO}/root.yaml`]: application("root", 0, "argocd", folder(ARGO, "    directory: { recurse: true }\n"), "root"),
  [`${ARGO}/namespaces.yaml`]: application(
    "namespaces",
    -90,
    "default",
    folder(APPS, '    directory: { recurse: true, include: "*/namespace.yaml" }\n'),
  ),
  [`${ARGO}/projects/root.yaml`]: project(
    "root",
    `  sourceRepos: [${URL}]\n  destinations: [{ server: ${SERVER}, namespace: argocd }]\n`,
  ),
  [`${ARGO}/projects/network.yaml`]: project(
    "network",
    `  sourceRepos:
    - ${URL}
    - https://argoproj.github.io/argo-helm
    - docker.io/envoyproxy
    - https://github.com/kubernetes-sigs/gateway-api
${ANYWHERE}`,
  ),
  [`${ARGO}/projects/apps.yaml`]: project(
    "apps",
    `  sourceRepos:
    - https://github.com/example/*
    - ghcr.io/**
  destinations:
    - server: ${SERVER}
      namespace: default
    - server: ${SERVER}
      namespace: "media-*"
`,
  ),
  [`${ARGO}/apps/argocd/argo-cd.yaml`]: application(
    "argo-cd",
    -5,
    "argocd",
    chart("https://argoproj.github.io/argo-helm", "argo-cd", "10.4.0", `${APPS}/argocd/argo-cd/app`),
  ),
  [`${APPS}/argocd/namespace.yaml`]: namespace("argocd"),
  [`${APPS}/argocd/repository.sops.yaml`]: `apiVersion: v1
kind: Secret
metadata: { name: repository, namespace: argocd }
stringData: { sshPrivateKey: "ENC[AES256_GCM,data:abc,type:str]" }
sops: { mac: "ENC[AES256_GCM,data:abc,type:str]" }
`,
  [`${APPS}/argocd/argo-cd/app/values.yaml`]: `configs:
  cm:
    resource.customizations.health.argoproj.io_Application: |
      hs = {}
      hs.status = obj.status.health.status
      if obj.status.sync.status ~= "Synced" then hs.status = "Progressing" end
      return hs
`,
  [`${ARGO}/apps/network/gateway-api.yaml`]: application(
    "gateway-api",
    -4,
    "network",
    `  source:
    repoURL: https://github.com/kubernetes-sigs/gateway-api
    targetRevision: v1.6.1
    path: config/crd
`,
  ),
  [`${ARGO}/apps/network/envoy-gateway.yaml`]: `${application(
    "envoy-gateway",
    -3,
    "network",
    chart("docker.io/envoyproxy", "gateway-helm", "1.9.0", `${APPS}/network/envoy-gateway/app`),
  )}---
${application("envoy-gateway-config", -2, "network", folder(`${APPS}/network/envoy-gateway/config`))}`,
  [`${APPS}/network/namespace.yaml`]: namespace("network"),
  [`${APPS}/network/envoy-gateway/app/values.yaml`]: "deployment:\n  replicas: 1\n",
  [`${APPS}/network/envoy-gateway/config/kustomization.yaml`]: list("gateway.yaml", "pool.yaml"),
  [`${APPS}/network/envoy-gateway/config/gateway.yaml`]: `apiVersion: gateway.networking.k8s.io/v1
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
      allowedRoutes: { namespaces: { from: All } }
`,
  [`${APPS}/network/envoy-gateway/config/pool.yaml`]: `apiVersion: cilium.io/v2
kind: CiliumLoadBalancerIPPool
metadata:
  name: lan
spec:
  blocks:
    - start: 172.16.1.60
      stop: 172.16.1.69
`,
  [`${ARGO}/apps/default/echo.yaml`]: application(
    "echo",
    0,
    "default",
    chart("ghcr.io/bjw-s-labs/helm", "app-template", "4.1.1", `${APPS}/default/echo/app`).replace(
      "      ref: values\n",
      `      ref: values\n      path: ${APPS}/default/echo/app\n`,
    ),
    "apps",
  ),
  [`${APPS}/default/echo/app/kustomization.yaml`]: list("httproute.yaml"),
  [`${APPS}/default/echo/app/httproute.yaml`]: route("echo", 8080),
  [`${APPS}/default/echo/app/values.yaml`]: `controllers:
  echo: {}
service:
  echo:
    controller: echo
    ports:
      http:
        port: 8080
`,
  [`${ARGO}/apps/default/photos.yaml`]: application(
    "photos",
    1,
    "default",
    folder(`${APPS}/default/photos/app`),
    "apps",
  ),
  [`${APPS}/default/photos/app/httproute.yaml`]: route("photos", 80),
  [`${APPS}/default/photos/app/service.yaml`]: `apiVersion: v1
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
      sectionName: http
  rules:
    - backendRefs:
        - name: ${name}
          port: ${port}
`;
}
