import type { Alarm } from "../model/alarms.ts";
import type { Component } from "../model/component.ts";
import type { FetchedSecret } from "../model/keptSecrets.ts";
import type { Flow, KubernetesObject, Unit } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi } from "./begins.ts";
import { closedPods } from "./closedPods.ts";
import {
  BITWARDEN_SDK_SERVER,
  EXTERNAL_SECRETS_NAMESPACE as NAMESPACE,
  externalSecretsOptions,
  STORES,
  type ExternalSecretsOptions,
} from "./externalStores.ts";
import { storeQuestion } from "./storeQuestion.ts";

const ID = "external-secrets";
const STORE_UNIT = `${ID}/store`;
const STORE = "homelab";
const API = "external-secrets.io/v1";

/** No value is in the repository: objects say where each is, and a controller fetches it. */
export const externalSecrets: Component<ExternalSecretsOptions> = {
  id: ID,
  slot: "secrets",
  title: "External Secrets",
  summary:
    "fetched from a store you have: 1Password, Bitwarden, Vault or another cluster; the repository only says where they are",
  options: externalSecretsOptions,
  questions: [storeQuestion],
  units: (_, options) => [controllers, store(options)],
  metrics: () => [{ unit: ID, namespace: NAMESPACE, name: ID, pods: labels(ID), port: 8080 }],
  alarms: () => [NOT_FETCHED],
  flows: () => [webhook, nobody(ID), nobody(`${ID}-cert-controller`)],
  begins: (plan, options) => [
    ...[ID, `${ID}-webhook`, `${ID}-cert-controller`].map((name) =>
      asksApi({ namespace: NAMESPACE, labels: labels(name) }, "it reads and writes objects of the cluster"),
    ),
    ...STORES[options.store].begins({ namespace: NAMESPACE, labels: labels(ID) }, options, plan),
  ],
  keepsSecrets: (_, options) => {
    const { title, reference, entry } = STORES[options.store];
    const where = title(options);
    return {
      form: "composed",
      ending: ".external.yaml",
      kind: "external-secrets.io/ExternalSecret",
      after: [STORE_UNIT],
      entry: ({ name, keys }) =>
        entry(
          name,
          keys.map(({ key }) => key),
          where,
        ),
      object: (need) => externalSecret(need, reference),
      around: {
        unit: STORE_UNIT,
        file: "store.yaml",
        object: (namespaces) => clusterStore(options, [...namespaces, ...options.namespaces]),
      },
      everyDay: `Each of these is fetched from ${where}.`,
      stand: "are not in it",
      filled: { because: `this says what has to be in ${where}`, commands: ["gen secrets --list"] },
      given: "what has to be there before secrets can be fetched",
    };
  },
  workloads: () => [anywhere(ID, 64), anywhere(`${ID}-cert-controller`, 64), anywhere(`${ID}-webhook`, 32)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: {
      alarms: `components/${ID}/alarms.md`,
      operations: `components/${ID}/operations.md`,
      troubleshooting: `components/${ID}/troubleshooting.md`,
    },
    view: (_, options) => ({
      name: STORE,
      namespace: NAMESPACE,
      where: STORES[options.store].title(options),
      onepassword: options.store === "onepassword",
      bitwarden: options.store === "bitwarden",
      vault: options.store === "vault",
      kubernetes: options.store === "kubernetes",
      path: options.path,
      role: options.role,
      remote: options.namespace,
      credential: STORES[options.store].credential?.(options).name ?? null,
    }),
  },
};

/** external-secrets v2.9.0, pkg/controllers/externalsecret/esmetrics. */
const NOT_FETCHED: Alarm = {
  name: "SecretNotFetched",
  expr: 'max by (exported_namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) == 1',
  for: "30m",
  severity: "warning",
  summary: "{{ $labels.name }} in {{ $labels.exported_namespace }} is not fetched from its store",
};

const controllers: Unit = {
  id: ID,
  component: ID,
  namespace: NAMESPACE,
  release: {
    name: ID,
    chart: ID,
    values: `components/${ID}/values.yaml`,
    installs: ["external-secrets.io/*", "generators.external-secrets.io/*"],
    clusterWide: ["admissionregistration.k8s.io/ValidatingWebhookConfiguration"],
  },
  restricted: true,
  view: {},
};

/** What is in it follows from who fetches something, which is known when all steps are. */
function store(options: ExternalSecretsOptions): Unit {
  const credential = STORES[options.store].credential?.(options);
  return {
    id: STORE_UNIT,
    component: ID,
    namespace: NAMESPACE,
    // Where there is such a server, it is what the store is asked through.
    after: [ID, BITWARDEN_SDK_SERVER],
    objects: {},
    ...(credential !== undefined && { secrets: [credential] }),
    view: {},
  };
}

const clusterStore = (options: ExternalSecretsOptions, namespaces: readonly string[]): KubernetesObject => ({
  apiVersion: API,
  kind: "ClusterSecretStore",
  metadata: { name: STORE },
  spec: {
    // Whoever may make an ExternalSecret in one of them can read all that the store has, and without conditions everybody
    // may: where nothing is fetched yet, only the controller's own namespace is let in.
    conditions: [{ namespaces: namespaces.length > 0 ? [...new Set(namespaces)].sort() : [NAMESPACE] }],
    provider: STORES[options.store].provider(options),
  },
});

/** With what the API server would add, so that nobody finds a difference (CRD of v2.9.0: spec.refreshInterval, spec.target). */
const externalSecret = (
  { name, namespace, keys, ...need }: FetchedSecret,
  reference: (name: string, key: string) => object,
): KubernetesObject => ({
  apiVersion: API,
  kind: "ExternalSecret",
  metadata: { name, namespace },
  spec: {
    refreshInterval: "1h0m0s",
    secretStoreRef: { kind: "ClusterSecretStore", name: STORE },
    target: { name, creationPolicy: "Owner", deletionPolicy: "Retain", ...templateOf(need) },
    data: keys.map(({ key }) => ({ secretKey: key, remoteRef: reference(name, key) })),
  },
});

/** What the Secret has beside fetched values. Merge: those stay in it (v2.9.0, docs/guides/templating.md). */
function templateOf({ type, labels, told }: Pick<FetchedSecret, "type" | "labels" | "told">): object {
  if (type === undefined && labels === undefined && told === undefined) return {};
  return {
    template: {
      engineVersion: "v2",
      mergePolicy: "Merge",
      ...(type !== undefined && { type }),
      ...(labels !== undefined && { metadata: { labels } }),
      ...(told !== undefined && { data: Object.fromEntries(Object.entries(told).map(literally)) }),
    },
  };
}

/** Values are templates of Go there. */
const literally = ([key, value]: readonly [string, string]): readonly [string, string] => [
  key,
  value.replaceAll("{{", '{{ "{{" }}'),
];

/** Labels of the chart's pods (2.9.0, templates/_helpers.tpl: selectorLabels). */
const labels = (name: string) => ({ "app.kubernetes.io/instance": ID, "app.kubernetes.io/name": name });

const webhook: Flow = {
  unit: ID,
  namespace: NAMESPACE,
  name: `${ID}-webhook`,
  to: labels(`${ID}-webhook`),
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 10250, protocol: "TCP" }],
  because: "the API server asks the webhook about every ExternalSecret and every store",
};

const nobody = (name: string): Flow => closedPods({ unit: ID, namespace: NAMESPACE, name, to: labels(name) });
