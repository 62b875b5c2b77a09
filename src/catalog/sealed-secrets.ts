import { z } from "zod";
import type { Alarm } from "../model/alarms.ts";
import type { Component } from "../model/component.ts";
import { at } from "../model/layout.ts";
import { createTree } from "../tree/tree.ts";
import type { Flow, SecretNeed } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";

const ID = "sealed-secrets";
/** kubeseal looks here, and for that name, when nobody says anything (bitnami-labs/sealed-secrets v0.36.6, cmd/kubeseal/main.go). */
const NAMESPACE = "kube-system";
const CONTROLLER = "sealed-secrets-controller";

const KEY = "bootstrap/sealing.key";
const CERTIFICATE = "bootstrap/sealing.crt";
const MADE_BY = "bootstrap/sealing-key.sh";
const SECRET = "sealing-key";

/** With a key that is older than the cluster: files can be written before it runs, and opened by one that is built anew. */
export const sealedSecrets: Component<Record<string, never>> = {
  id: ID,
  slot: "secrets",
  title: "Sealed Secrets",
  summary:
    "encrypted in the repository for a key that a small controller in the cluster opens them with; you cannot read them yourself",
  options: z.strictObject({}),
  units: () => [
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      release: {
        name: ID,
        chart: ID,
        values: "components/sealed-secrets/values.yaml",
        installs: ["bitnami.com/*"],
      },
      secrets: [sealingKey],
      view: { name: CONTROLLER },
    },
  ],
  files: (plan, _options, _chosen, { templates }) =>
    createTree([
      [
        at(plan, MADE_BY),
        {
          content: templates.render("components/sealed-secrets/sealing-key.sh", { key: KEY, certificate: CERTIFICATE }),
          kept: "managed",
          executable: true,
          by: ID,
        },
      ],
    ]),
  metrics: () => [{ unit: ID, namespace: NAMESPACE, name: ID, pods: asked.to, port: 8081 }],
  alarms: () => [NOT_OPENED],
  flows: () => [asked],
  keepsSecrets: () => ({
    form: "written",
    as: "SealedSecret",
    kind: "bitnami.com/SealedSecret",
    after: [ID],
    ending: ".sealed.yaml",
    seal: { by: "certificate", file: CERTIFICATE, madeBy: MADE_BY },
    everyDay: "Each of these has a sealed file of its own.",
    stand: "are sealed in it",
    filled: {
      because:
        "the first makes the key they are sealed for, the second asks for them and writes them into the repository",
      commands: [MADE_BY, "gen secrets"],
    },
    given: "the key that opens the secrets here, and what is needed before they are read",
  }),
  workloads: () => [anywhere(CONTROLLER, 64)],
  pins: [ID],
  docs: {
    template: "components/sealed-secrets/docs.md",
    fragments: {
      alarms: "components/sealed-secrets/alarms.md",
      operations: "components/sealed-secrets/operations.md",
      troubleshooting: "components/sealed-secrets/troubleshooting.md",
    },
    view: () => ({
      namespace: NAMESPACE,
      name: CONTROLLER,
      key: KEY,
      certificate: CERTIFICATE,
      madeBy: MADE_BY,
      secret: SECRET,
    }),
  },
};

/** bitnami-labs/sealed-secrets v0.36.6, pkg/controller/metrics.go: -1 is no. */
const NOT_OPENED: Alarm = {
  name: "SecretNotOpened",
  expr: 'min by (exported_namespace, name) (sealed_secrets_controller_condition_info{condition="Synced"}) == -1',
  for: "15m",
  severity: "warning",
  summary: "The sealed secret {{ $labels.name }} in {{ $labels.exported_namespace }} cannot be opened",
};

/** As the controller looks for keys (v0.36.6, pkg/controller/keys.go: SealedSecretsKeyLabel, readKey). */
const sealingKey: SecretNeed = {
  name: SECRET,
  type: "kubernetes.io/tls",
  labels: { "sealedsecrets.bitnami.com/sealed-secrets-key": "active" },
  keys: [
    { key: "tls.crt", what: "certificate that secrets are sealed for", from: `${MADE_BY} makes it`, file: CERTIFICATE },
    { key: "tls.key", what: "private key that opens them", from: `${MADE_BY} makes it`, file: KEY },
  ],
  because: "the secrets in the repository are sealed for it",
  first: true,
};

/** Labels of the chart's pod (2.18.5, templates/_helpers.tpl: matchLabels); it serves its certificate on that port. */
const asked: Flow = {
  unit: ID,
  namespace: NAMESPACE,
  name: CONTROLLER,
  to: { "app.kubernetes.io/instance": ID, "app.kubernetes.io/name": ID },
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 8080, protocol: "TCP" }],
  because: "kubeseal asks for the certificate through the API server",
};
