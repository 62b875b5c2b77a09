import { z } from "zod";
import { apiUrl } from "../model/apiUrl.ts";
import type { Alarm } from "../model/alarms.ts";
import type { Component } from "../model/component.ts";
import type { Begun } from "../model/policies.ts";
import type { Plan } from "../model/plan.ts";
import type { Pods, SecretNeed, View } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi, asksServer, tcp } from "./begins.ts";
import { closedPods } from "./closedPods.ts";
import { conditionNumbers } from "./conditionNumbers.ts";

const ID = "vault-secrets-operator";
const CONFIG = `${ID}/config`;
const NAMESPACE = ID;
const REVIEWER = "vault-reviewer";
/** What tokens of service accounts for Vault are for, so that nobody else takes them. */
const AUDIENCE = "vault";

const CA: SecretNeed = {
  name: "vault-ca",
  keys: [
    {
      key: "ca.crt",
      what: "certificate of the authority that Vault has its certificate of",
      from: "whoever signed it; openssl s_client -connect HOST:8200 -showcerts shows the chain",
    },
  ],
  because: "by it the cluster asks your Vault and nobody who only says so",
};

// Names of Vault's: no slash ends a path, and no dot leads out of it.
const WORD = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/;

const options = z.strictObject({
  address: z
    .string()
    // No path, and no name or password: what stands here is read by all.
    .regex(/^https?:\/\/[A-Za-z0-9.[\]:-]+$/, "expected an address such as https://10.4.0.11:8200")
    .describe("where Vault answers")
    .meta({ kind: "an https:// address", example: "https://172.16.1.10:8200" }),
  ownAuthority: z
    .boolean()
    .default(true)
    .describe("whether the certificate of Vault is of an authority of the house, which pods do not know by themselves")
    .meta({ because: "no public authority certifies an address of the LAN" }),
  mount: z
    .string()
    .regex(WORD, "expected the name of a mount, such as kubernetes")
    .default("kubernetes")
    .describe("mount of the Kubernetes auth method in Vault")
    .meta({ kind: "a name", because: "Vault calls it so" }),
  role: z
    .string()
    .regex(WORD, "expected the name of a role, such as vso")
    .default("vso")
    .describe("role in Vault that service accounts log in as")
    .meta({ kind: "a name", because: "it says who uses it" }),
});

type Options = z.output<typeof options>;

/** Vault runs on machines of the house: here is who asks it for what apps need. */
export const vaultSecretsOperator: Component<Options> = {
  id: ID,
  slot: "hashicorp",
  provider: "vault",
  title: "Vault Secrets Operator",
  summary: "makes Secrets of what stands in your Vault; apps ask for them by an object in their namespace",
  options,
  units: (_, chosen) => [
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      release: {
        name: ID,
        chart: ID,
        values: `components/${ID}/values.yaml`,
        installs: ["secrets.hashicorp.com/*"],
      },
      restricted: true,
      view: {},
    },
    {
      id: CONFIG,
      component: ID,
      namespace: NAMESPACE,
      templates: `components/${ID}/config`,
      secrets: hasOwn(chosen) ? [CA] : [],
      view: {
        address: chosen.address,
        authority: hasOwn(chosen) ? CA.name : null,
        mount: chosen.mount,
        role: chosen.role,
        audience: AUDIENCE,
        reviewer: REVIEWER,
        namespace: NAMESPACE,
      },
    },
  ],
  meteredObjects: () => SYNCED,
  alarms: () => [NOT_FETCHED],
  flows: () => [
    closedPods({
      unit: ID,
      namespace: NAMESPACE,
      name: ID,
      to: operatorPods.labels,
    }),
  ],
  begins: (plan, { address }) => [
    asksApi(operatorPods, "it watches objects and writes Secrets, and its proxy asks who is asking"),
    asksApi(goingPods, "it takes marks off objects when the chart goes"),
    ...asksVault(plan, address),
  ],
  // The proxy before its numbers asks for what its chart says.
  workloads: () => [anywhere(`${ID}-controller-manager`, 88)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    page: { path: "docs/vault.md", template: `components/${ID}/page.md` },
    fragments: {
      alarms: `components/${ID}/alarms.md`,
      troubleshooting: `components/${ID}/troubleshooting.md`,
    },
    view: docsView,
  },
};

/** Labels of the chart's pod (1.4.1, templates/deployment.yaml). */
const operatorPods: Pods = {
  namespace: NAMESPACE,
  labels: { "app.kubernetes.io/instance": ID, "control-plane": "controller-manager" },
};

/** Of the Job before a removal, which has no other (the same file; Kubernetes documentation, Well-Known Labels). */
const goingPods: Pods = { namespace: NAMESPACE, labels: { "batch.kubernetes.io/job-name": `pdcc-${ID}` } };

/** Without a port it is that of the scheme. */
function asksVault(plan: Plan, address: string): readonly Begun[] {
  const { hostname, port, protocol } = new URL(address);
  const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  const host = hostname.replace(/^\[|\]$/g, "");
  return asksServer(operatorPods, host, tcp(number), plan, "it fetches from Vault what Secrets are made of");
}

/** It answers with numbers only to who shows a token, so its objects are counted instead (CRDs of 1.4.1, status.conditions). */
const SYNCED = [
  { kind: "VaultStaticSecret", resource: "vaultstaticsecrets", prefix: "vault_static_secret" },
  { kind: "VaultDynamicSecret", resource: "vaultdynamicsecrets", prefix: "vault_dynamic_secret" },
  { kind: "VaultPKISecret", resource: "vaultpkisecrets", prefix: "vault_pki_secret" },
].map((of) => conditionNumbers({ group: "secrets.hashicorp.com", version: "v1beta1", ...of }));

const NOT_FETCHED: Alarm = {
  name: "VaultSecretNotFetched",
  expr: SYNCED.map(({ prefix }) => `${prefix}_condition{type="SecretSynced",status="False"} == 1`).join(" or "),
  for: "30m",
  severity: "warning",
  summary: "{{ $labels.name }} in {{ $labels.namespace }} is not fetched from Vault",
};

const isPlain = ({ address }: Options): boolean => address.startsWith("http:");

const hasOwn = (chosen: Options): boolean => chosen.ownAuthority && !isPlain(chosen);

function docsView(plan: Plan, chosen: Options): View {
  return {
    address: chosen.address,
    plain: isPlain(chosen),
    own: hasOwn(chosen),
    authority: CA.name,
    mount: chosen.mount,
    role: chosen.role,
    audience: AUDIENCE,
    reviewer: REVIEWER,
    namespace: NAMESPACE,
    api: apiUrl(plan),
  };
}
