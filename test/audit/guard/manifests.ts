/** Secrets of Kubernetes where no file of YAML is. */
import { APP, plant, type Planted } from "./plant.ts";

const PLAIN = "SECRET-PLAIN";
const WHAT = "a Secret that is not encrypted";
const VALUE = "correct-horse";

const secret = (field: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n${field}\n`;
const deeper = (text: string): string => text.replace(/^(?=.)/gm, " ".repeat(6));
const stringData = (value: string): string => secret(`stringData:\n  word: ${value}`);

export const manifests: readonly Planted[] = [
  plant(PLAIN, WHAT, "docs/notes/db.md", VALUE, (s) => `Apply this:\n\n\`\`\`yaml\n${stringData(s)}\`\`\`\n`),
  plant(PLAIN, WHAT, "db.sh", btoa(VALUE), (s) => `kubectl apply -f - <<EOF\n${secret(`data:\n  word: ${s}`)}EOF\n`),
  plant(PLAIN, WHAT, "chart/templates/b.yaml", VALUE, (s) => `{{- if .Values.a }}\n${stringData(s)}{{- end }}\n`),
  plant(PLAIN, WHAT, `${APP}/db.yaml.bak`, VALUE, stringData),
  plant(PLAIN, WHAT, `${APP}/db.YAML`, VALUE, (s) => stringData(s).replaceAll("\n", "\r\n")),
  plant(PLAIN, WHAT, `${APP}/broken.yaml`, VALUE, (s) => `a: [\n${stringData(s)}`),
  plant(PLAIN, WHAT, `${APP}/block.txt`, VALUE, (s) => stringData(`|\n    user\n    ${s}`)),
  plant(PLAIN, WHAT, `${APP}/inline.txt`, VALUE, (s) => secret(`stringData: { word: "${s}" }`)),
  plant(PLAIN, WHAT, `${APP}/list.txt`, VALUE, (s) => `items:\n  - kind: Secret\n    data:\n      word: ${s}\n`),
  plant(PLAIN, WHAT, "tasks/db.j2", VALUE, (s) => `definition:\n${deeper(stringData(s))}state: present\n`),
  plant(
    PLAIN,
    WHAT,
    "db.json",
    btoa(VALUE),
    (s) => `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"word":"${s}"}}\n`,
  ),
  plant(
    PLAIN,
    WHAT,
    "pretty.json",
    VALUE,
    (s) => `{\n  "kind": "Secret",\n  "stringData": {\n    "word": "${s}"\n  }\n}\n`,
  ),
  plant(PLAIN, WHAT, `${APP}/kustomization.yaml`, VALUE, (s) => `patches:\n  - patch: |\n${deeper(stringData(s))}`),
];
