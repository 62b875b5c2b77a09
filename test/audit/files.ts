/** What is wrong whatever the cluster is: YAML, secrets, kustomizations. */
import { APPS, change, ECHO, PHOTOS, type AuditCase } from "./case.ts";

const secret = (lines: string): string => `apiVersion: v1
kind: Secret
metadata:
  name: photos
${lines}`;
const LISTED = change("  - ./service.yaml\n", "  - ./secret.yaml\n  - ./service.yaml\n");
const withSecret = (lines: string) => ({
  [`${PHOTOS}/kustomization.yaml`]: LISTED,
  [`${PHOTOS}/secret.yaml`]: secret(lines),
});
const SEALED = `stringData:
  password: ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]
sops:
  encrypted_regex: ^(data|stringData)$
  mac: ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]
`;
const BASE64 = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
const PEM = `-----BEGIN RSA PRIVATE KEY-----\n${BASE64}\n-----END RSA PRIVATE KEY-----\n`;

export const files: readonly AuditCase[] = [
  {
    id: "YAML-SYNTAX",
    what: "a bracket that is not closed",
    broken: { "notes/list.yaml": "a: [1, 2\nb: 3\n" },
    nearMiss: { "charts/own/Chart.yaml": "name: own\n", "charts/own/templates/a.yaml": "a: {{ .Values.a }}\nb: [\n" },
  },
  {
    id: "YAML-DUPLICATE",
    what: "a key that stands twice",
    broken: { [`${ECHO}/values.yaml`]: change("controllers:\n", "service: {}\ncontrollers:\n") },
    nearMiss: { "notes/two.yaml": "---\na: 1\n---\na: 2\n" },
  },
  {
    id: "YAML-CONFLICT",
    what: "a merge that was not finished",
    broken: { "notes/merge.yml": "a: 1\n<<<<<<< ours\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n" },
    nearMiss: { "notes/vault.yml": "$ANSIBLE_VAULT;1.1;AES256\n62346138\n" },
  },
  {
    id: "SECRET-PLAIN",
    what: "a password",
    broken: withSecret("stringData:\n  password: hunter2\n"),
    nearMiss: withSecret("stringData:\n  password: CHANGE_ME\n  token: ${TOKEN}\n  key: op://home/photos/key\n"),
  },
  {
    id: "SECRET-PLAIN",
    what: "a password in base64",
    broken: withSecret("data:\n  password: aHVudGVyMg==\n"),
    nearMiss: withSecret("data:\n  password: Y2hhbmdlLW1l\n"),
  },
  {
    id: "SECRET-PLAIN",
    what: "a key that was added after encryption",
    broken: withSecret(SEALED.replace("sops:", "  token: hunter2\nsops:")),
    nearMiss: withSecret(SEALED),
  },
  {
    id: "SECRET-PLAIN",
    what: "a literal of a generator",
    broken: {
      [`${PHOTOS}/kustomization.yaml`]: change(
        "resources:",
        "secretGenerator:\n  - name: photos\n    literals:\n      - password=hunter2\nresources:",
      ),
    },
    nearMiss: {
      [`${PHOTOS}/kustomization.yaml`]: change(
        "resources:",
        "secretGenerator:\n  - name: photos\n    literals:\n      - password=<yours>\nresources:",
      ),
    },
  },
  {
    id: "SECRET-PLAIN",
    what: "a file a generator reads",
    broken: {
      [`${PHOTOS}/kustomization.yaml`]: change(
        "resources:",
        "secretGenerator:\n  - name: photos\n    envs: [photos.env]\nresources:",
      ),
      [`${PHOTOS}/photos.env`]: "PASSWORD=hunter2\n",
    },
    nearMiss: {
      [`${PHOTOS}/kustomization.yaml`]: change(
        "resources:",
        "secretGenerator:\n  - name: photos\n    envs: [photos.env]\nresources:",
      ),
      [`${PHOTOS}/photos.env`]: "PASSWORD=ENC[AES256_GCM,data:abc]\nsops_version=3.9\n",
    },
  },
  {
    id: "SECRET-KEY",
    what: "a PEM file",
    broken: { "certs/ca.key": PEM },
    nearMiss: { "certs/ca.key": PEM.replaceAll("RSA PRIVATE", "ENCRYPTED PRIVATE") },
  },
  {
    id: "SECRET-KEY",
    what: "the key of age",
    broken: { "docs/keys.md": `age: AGE-SECRET-KEY-1${"Q".repeat(58)}\n` },
    nearMiss: { "docs/keys.md": "AGE-SECRET-KEY-1… is the key, age1qqqq the recipient\n" },
  },
  {
    id: "SECRET-KEY",
    what: "a key in base64",
    broken: { "talos/secrets.yaml": `certs:\n  os:\n    key: ${btoa(PEM)}\n` },
    nearMiss: {
      "talos/secrets.yaml": `certs:\n  os:\n    crt: ${btoa(PEM.replaceAll("RSA PRIVATE KEY", "CERTIFICATE"))}\n`,
    },
  },
  {
    id: "SECRET-TOKEN",
    what: "a token in values of a chart",
    broken: {
      [`${ECHO}/values.yaml`]: change("controllers:\n", `cloud: ghp_${"hunter2x9Q".repeat(4)}\ncontrollers:\n`),
    },
    nearMiss: { [`${ECHO}/values.yaml`]: change("controllers:\n", `cloud: ghp_${"x".repeat(40)}\ncontrollers:\n`) },
  },
  {
    id: "SECRET-PASSWORD",
    what: "a password in values of a chart",
    broken: { [`${ECHO}/values.yaml`]: change("controllers:\n", "db: { password: hunter2 }\ncontrollers:\n") },
    nearMiss: {
      [`${ECHO}/values.yaml`]: change("controllers:\n", "db: { password: op://home/db/password }\ncontrollers:\n"),
    },
  },
  {
    id: "KUST-MISSING",
    what: "a resource that is not there",
    broken: { [`${PHOTOS}/kustomization.yaml`]: change("./service.yaml", "./servcie.yaml\n  - ./service.yaml") },
    nearMiss: {
      [`${PHOTOS}/kustomization.yaml`]: change(
        "./service.yaml",
        "service.yaml\n  - https://example.com/crds.yaml\n  - github.com/example/app//deploy?ref=v1",
      ),
    },
  },
  {
    id: "KUST-MISSING",
    what: "a folder without a kustomization.yaml",
    broken: {
      [`${PHOTOS}/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./extra\n"),
      [`${PHOTOS}/extra/notes.txt`]: "nothing\n",
    },
    nearMiss: {
      [`${PHOTOS}/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./extra\n"),
      [`${PHOTOS}/extra/kustomization.yml`]: "resources: []\n",
    },
  },
  {
    id: "KUST-MISSING",
    what: "a file of a generator",
    broken: {
      [`${ECHO}/kustomization.yaml`]: change("      - ./values.yaml\n", "      - ./values.yaml\n      - b=./b.txt\n"),
    },
    nearMiss: {
      [`${ECHO}/kustomization.yaml`]: change("      - ./values.yaml\n", "      - ./values.yaml\n      - b=./b.txt\n"),
      [`${ECHO}/b.txt`]: "b\n",
    },
  },
  {
    id: "KUST-MISSING",
    what: "a patch",
    broken: { [`${PHOTOS}/kustomization.yaml`]: change("resources:", "patches:\n  - path: ./patch.yaml\nresources:") },
    nearMiss: {
      [`${PHOTOS}/kustomization.yaml`]: change(
        "resources:",
        "patches:\n  - target: { kind: Deployment }\n    patch: |\n      - op: remove\n        path: /spec/replicas\nresources:",
      ),
    },
  },
  {
    id: "KUST-MISSING",
    what: "a component",
    broken: {
      [`${APPS}/default/kustomization.yaml`]: change(
        "resources:",
        "components:\n  - ../../components/common\nresources:",
      ),
    },
    nearMiss: {
      [`${APPS}/default/kustomization.yaml`]: change(
        "resources:",
        "components:\n  - ../../components/common\nresources:",
      ),
      "kubernetes/components/common/kustomization.yaml":
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources:\n  - ./namespace.yaml\n",
      "kubernetes/components/common/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: not-used\n",
    },
  },
  {
    id: "KUST-TWICE",
    what: "one file under two spellings",
    broken: { [`${PHOTOS}/kustomization.yaml`]: change("./service.yaml\n", "./service.yaml\n  - service.yaml\n") },
    nearMiss: {
      [`${PHOTOS}/kustomization.yaml`]: change("./service.yaml\n", "./service.yaml\n  - more.yaml\n"),
      [`${PHOTOS}/more.yaml`]: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n",
    },
  },
  {
    id: "KUST-UNLISTED",
    what: "a manifest beside the others",
    broken: { [`${PHOTOS}/more.yaml`]: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n" },
    nearMiss: { [`${PHOTOS}/more.yaml`]: "kind: not a Kubernetes object\n" },
  },
  {
    id: "KUST-UNLISTED",
    what: "an app that nobody lists",
    broken: { [`${APPS}/default/kustomization.yaml`]: change("  - ./photos/ks.yaml\n", "") },
    nearMiss: { [`${APPS}/default/kustomization.yaml`]: change("  - ./photos/ks.yaml\n", "#  - ./photos/ks.yaml\n") },
  },
  {
    id: "KUST-UNLISTED",
    what: "a namespace that nobody lists",
    broken: {
      [`${APPS}/media/kustomization.yaml`]: "namespace: media\nresources:\n  - ./namespace.yaml\n",
      [`${APPS}/media/namespace.yaml`]: "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: media\n",
    },
    nearMiss: {
      [`${APPS}/kustomization.yaml`]: change("  - ./network\n", "  - ./network\n  # - ./media\n"),
      [`${APPS}/media/kustomization.yaml`]: "namespace: media\nresources:\n  - ./namespace.yaml\n",
      [`${APPS}/media/namespace.yaml`]: "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: media\n",
    },
  },
];
