/** What Argo CD is allowed to do: by projects, by its own configuration, and by who holds the key. */
import { change } from "../case.ts";
import { APPS, argo, ARGO, configMap, ECHO, inOne, more, ofPhotos, PHOTOS, VALUES } from "./cases.ts";

const NETWORK = `${ARGO}/projects/network.yaml`;
const OF_APPS = `${ARGO}/projects/apps.yaml`;

const clusterRole =
  "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: photos }\nrules: []\n";
const role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: photos }\nrules: []\n";

const SEALED = 'sops: { mac: "ENC[AES256_GCM,data:abc,type:str]" }\n';
const secret = (apiVersion: string, kind: string, lines: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: more }\n${lines}${SEALED}`;

const templates = (password: string): string => `apiVersion: isindir.github.com/v1alpha3
kind: SopsSecret
metadata: { name: more }
spec:
  secretTemplates:
    - name: more
      stringData:
        password: "${password}"
`;

const KSOPS = `apiVersion: viaduct.ai/v1
kind: ksops
metadata:
  name: more
  annotations: { config.kubernetes.io/function: "exec: { path: ksops }" }
files: [./secret.sops.yaml]
`;
const built = (lines: string, files: Readonly<Record<string, string>> = {}) =>
  more({ "kustomization.yaml": lines, "more.yaml": configMap("more"), ...files });
const allowed = (flags: string) => ({ [VALUES]: change("  cm:\n", `  cm:\n    kustomize.buildOptions: ${flags}\n`) });

const CHARTS = "resources: [./more.yaml]\nhelmCharts:\n  - { name: a, repo: https://example.com, version: 1.0.0 }\n";
const PLUGIN = "resources: [./more.yaml]\ngenerators: [./ksops.yaml]\n";
const COMMON = `${APPS}/default/common`;

export const projects = argo([
  {
    id: "ARGO-PROJECT",
    what: "a project nobody made",
    ...inOne(ofPhotos, "project: apps", "project: app", "project: apps # mine"),
  },
  {
    id: "ARGO-ALLOWED",
    what: "a registry of another owner",
    ...inOne(OF_APPS, "ghcr.io/**", "ghcr.io/*", "ghcr.io/bjw-s-labs/*"),
  },
  {
    id: "ARGO-ALLOWED",
    what: "a registry that is left out",
    ...inOne(
      OF_APPS,
      "    - ghcr.io/**\n",
      "    - ghcr.io/**\n    - '!ghcr.io/bjw-s-labs/**'\n",
      "    - ghcr.io/**\n    - '!ghcr.io/other/**'\n",
    ),
  },
  {
    id: "ARGO-ALLOWED",
    what: "a namespace it does not go to",
    broken: { [ofPhotos]: change("namespace: default }", "namespace: media }"), [`${PHOTOS}/httproute.yaml`]: null },
    nearMiss: {
      [ofPhotos]: change("namespace: default }", "namespace: media-films }"),
      [`${PHOTOS}/httproute.yaml`]: null,
    },
  },
  {
    id: "ARGO-ALLOWED",
    what: "an object in a namespace of its own",
    broken: { [`${PHOTOS}/more.yaml`]: configMap("more", "  namespace: media\n") },
    nearMiss: { [`${PHOTOS}/more.yaml`]: configMap("more", "  namespace: media-films\n") },
  },
  {
    id: "ARGO-ALLOWED",
    what: "a kind without a namespace",
    broken: { [`${PHOTOS}/role.yaml`]: clusterRole },
    nearMiss: { [`${PHOTOS}/role.yaml`]: role },
  },
  {
    id: "ARGO-ALLOWED",
    what: "a kind that is left out by name",
    broken: {
      [NETWORK]: change(
        "  clusterResourceWhitelist:\n",
        "  clusterResourceBlacklist: [{ group: '', kind: Namespace, name: net* }]\n  clusterResourceWhitelist:\n",
      ),
    },
    nearMiss: {
      [NETWORK]: change(
        "  clusterResourceWhitelist:\n",
        "  clusterResourceBlacklist: [{ group: '', kind: Namespace, name: kube-* }]\n  clusterResourceWhitelist:\n",
      ),
    },
  },
  {
    id: "ARGO-BUILD",
    what: "a chart in a kustomization.yaml",
    broken: built(CHARTS),
    nearMiss: { ...built(CHARTS), ...allowed("--enable-helm") },
  },
  {
    id: "ARGO-BUILD",
    what: "a plugin that may not run",
    broken: { ...built(PLUGIN, { "ksops.yaml": KSOPS }), ...allowed("--enable-alpha-plugins") },
    nearMiss: { ...built(PLUGIN, { "ksops.yaml": KSOPS }), ...allowed("--enable-alpha-plugins --enable-exec") },
  },
  {
    id: "ARGO-BUILD",
    what: "a file outside of the folder",
    broken: {
      ...built("resources: [./more.yaml]\nconfigMapGenerator:\n  - { name: common, files: [../../common/a.txt] }\n"),
      [`${COMMON}/a.txt`]: "a\n",
    },
    nearMiss: {
      ...built("resources: [./more.yaml, ../../common]\n"),
      [`${COMMON}/kustomization.yaml`]: "resources: [./common.yaml]\n",
      [`${COMMON}/common.yaml`]: configMap("common"),
    },
  },
  {
    id: "ARGO-SOPS",
    what: "an encrypted Secret among manifests",
    broken: more({
      "secret.sops.yaml": secret("v1", "Secret", "stringData: { a: 'ENC[AES256_GCM,data:abc,type:str]' }\n"),
    }),
    nearMiss: more({
      "secret.sops.yaml": secret("isindir.github.com/v1alpha3", "SopsSecret", "spec: { secretTemplates: [] }\n"),
    }),
  },
  {
    id: "ARGO-SOPS",
    what: "an encrypted file of a generator",
    broken: built("secretGenerator:\n  - { name: more, envs: [more.env] }\nresources: [./more.yaml]\n", {
      "more.env": "a=ENC[AES256_GCM,data:abc]\nsops_version=3.9\n",
    }),
    nearMiss: {
      ...built(PLUGIN, {
        "ksops.yaml": KSOPS,
        "secret.sops.yaml": secret("v1", "Secret", "stringData: { a: 'ENC[AES256_GCM,data:abc,type:str]' }\n"),
      }),
      ...allowed("--enable-alpha-plugins --enable-exec"),
    },
  },
  {
    id: "ARGO-SOPS",
    what: "encrypted values",
    broken: { [`${ECHO}/values.yaml`]: change("controllers:\n", `${SEALED}controllers:\n`) },
    nearMiss: { [`${ECHO}/values.yaml`]: change("controllers:\n", "env: { sops: none }\ncontrollers:\n") },
  },
  {
    id: "SECRET-PLAIN",
    what: "a SopsSecret that is not encrypted",
    broken: more({ "secret.sops.yaml": templates("hunter2") }),
    nearMiss: more({ "secret.sops.yaml": templates("<yours>") }),
  },
  {
    id: "SECRET-PLAIN",
    what: "a SopsSecret with a key that was added after encryption",
    broken: more({
      "secret.sops.yaml": `${templates("hunter2")}sops: { encrypted_suffix: Templates, mac: 'ENC[a]' }\n`,
    }),
    nearMiss: more({
      "secret.sops.yaml": `${templates("ENC[a]")}sops: { encrypted_suffix: Templates, mac: 'ENC[a]' }\n`,
    }),
  },
]);
