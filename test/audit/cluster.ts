/** What keeps Flux from applying files, and what two files say about one thing. */
import { APPS, change, ECHO, GATEWAY, PHOTOS, type AuditCase } from "./case.ts";

const KS = `${APPS}/default/photos/ks.yaml`;
const INSTANCE = `${APPS}/flux-system/instance/app/fluxinstance.yaml`;

export const cluster: readonly AuditCase[] = [
  {
    id: "FLUX-PATH",
    what: "a folder that is not there",
    broken: {
      [`${APPS}/default/extra.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: extra
spec:
  path: ./kubernetes/apps/default/photos/ap
  sourceRef:
    kind: GitRepository
    name: flux-system
    namespace: flux-system
`,
      [`${APPS}/default/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./extra.yaml\n"),
    },
    nearMiss: {
      [`${APPS}/default/extra.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: elsewhere
spec:
  url: https://github.com/example/elsewhere
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: extra
spec:
  path: ./deploy
  sourceRef:
    kind: GitRepository
    name: elsewhere
`,
      [`${APPS}/default/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./extra.yaml\n"),
    },
  },
  {
    id: "FLUX-PATH",
    what: "where everything begins",
    broken: { [INSTANCE]: change("kubernetes/flux/cluster", "kubernetes/flux/clusters") },
    nearMiss: { [INSTANCE]: change("kubernetes/flux/cluster", "./kubernetes/flux/cluster/") },
  },
  {
    id: "FLUX-DEPENDS",
    what: "a name nobody has",
    broken: { [KS]: change("- name: echo", "- name: ecko") },
    nearMiss: { [KS]: change("- name: echo", "- name: echo\n      namespace: default") },
  },
  {
    id: "FLUX-DEPENDS",
    what: "a name in another namespace",
    broken: { [KS]: change("- name: echo", "- name: gateway") },
    nearMiss: { [KS]: change("- name: echo", "- name: gateway\n      namespace: network") },
  },
  {
    id: "FLUX-CYCLE",
    what: "two apps that wait for each other",
    broken: {
      [`${APPS}/default/echo/ks.yaml`]: change("    - name: gateway\n", "    - name: photos\n    - name: gateway\n"),
    },
    nearMiss: {
      [KS]: change("    - name: echo\n", "    - name: echo\n    - name: gateway\n      namespace: network\n"),
    },
  },
  {
    id: "FLUX-SOURCE",
    what: "a chart source nobody has",
    broken: {
      [`${ECHO}/helmrelease.yaml`]: change("kind: OCIRepository\n    name: echo", "kind: OCIRepository\n    name: eco"),
    },
    nearMiss: {
      [`${ECHO}/helmrelease.yaml`]: change(
        "kind: OCIRepository\n    name: echo",
        "kind: OCIRepository\n    name: echo\n    namespace: default",
      ),
    },
  },
  {
    id: "FLUX-VALUES",
    what: "a ConfigMap nobody makes",
    broken: {
      [`${ECHO}/helmrelease.yaml`]: change(
        "    - kind: ConfigMap\n",
        "    - kind: ConfigMap\n      name: more\n    - kind: ConfigMap\n",
      ),
    },
    nearMiss: {
      [`${ECHO}/helmrelease.yaml`]: change(
        "    - kind: ConfigMap\n",
        "    - kind: ConfigMap\n      name: more\n      optional: true\n    - kind: ConfigMap\n",
      ),
    },
  },
  {
    id: "FLUX-SECRET",
    what: "a Secret nobody makes",
    broken: {
      [`${ECHO}/helmrelease.yaml`]: change(
        "    - kind: ConfigMap\n",
        "    - kind: Secret\n      name: more\n    - kind: ConfigMap\n",
      ),
    },
    nearMiss: {
      [`${ECHO}/helmrelease.yaml`]: change(
        "    - kind: ConfigMap\n",
        "    - kind: Secret\n      name: more\n    - kind: ConfigMap\n",
      ),
      [`${ECHO}/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./externalsecret.yaml\n"),
      [`${ECHO}/externalsecret.yaml`]:
        "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: more\n",
    },
  },
  {
    id: "FLUX-HASH",
    what: "a generated name",
    broken: { [`${ECHO}/kustomization.yaml`]: change("configurations:\n  - ./kustomizeconfig.yaml\n", "") },
    nearMiss: {
      [`${ECHO}/kustomization.yaml`]: change(
        "configurations:\n  - ./kustomizeconfig.yaml\n",
        "generatorOptions:\n  disableNameSuffixHash: true\n",
      ),
    },
  },
  {
    id: "OBJECT-TWICE",
    what: "a Service in two files",
    broken: {
      [`${ECHO}/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./service.yaml\n"),
      [`${ECHO}/service.yaml`]: "apiVersion: v1\nkind: Service\nmetadata:\n  name: photos\n",
    },
    nearMiss: {
      [`${APPS}/network/dns/app/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./photos.yaml\n"),
      [`${APPS}/network/dns/app/photos.yaml`]: "apiVersion: v1\nkind: Service\nmetadata:\n  name: photos\n",
    },
  },
  {
    id: "ADDRESS-OWNER",
    what: "two Services with one address",
    broken: {
      [`${PHOTOS}/service.yaml`]: change("spec:", "  annotations:\n    lbipam.cilium.io/ips: 172.16.1.60\nspec:"),
    },
    nearMiss: {
      [`${PHOTOS}/service.yaml`]: change(
        "spec:",
        "  annotations:\n    lbipam.cilium.io/ips: 172.16.1.60\n    lbipam.cilium.io/sharing-key: dns\nspec:",
      ),
      [`${APPS}/network/dns/app/service.yaml`]: change(
        "    lbipam.cilium.io/ips: 172.16.1.60\n",
        "    lbipam.cilium.io/ips: 172.16.1.60\n    lbipam.cilium.io/sharing-key: dns\n",
      ),
    },
  },
  {
    id: "ADDRESS-POOL",
    what: "an address outside the pool, in values",
    broken: {
      [`${ECHO}/values.yaml`]: change(
        "    controller: echo\n",
        "    controller: echo\n    annotations:\n      lbipam.cilium.io/ips: 172.16.1.70\n",
      ),
    },
    nearMiss: {
      [`${ECHO}/values.yaml`]: change(
        "    controller: echo\n",
        "    controller: echo\n    annotations:\n      lbipam.cilium.io/ips: 172.16.1.69\n",
      ),
    },
  },
  {
    id: "ADDRESS-DHCP",
    what: "a pool that reaches into DHCP",
    broken: { [`${GATEWAY}/pool.yaml`]: change("stop: 172.16.1.69", "stop: 172.16.1.120") },
    nearMiss: { [`${GATEWAY}/pool.yaml`]: change("stop: 172.16.1.69", "stop: 172.16.1.99") },
  },
];
