/** Stores that External Secrets can ask: what each needs to be told, and under which names values are found there. */
import { z } from "zod";
import { labelField } from "../fields/fields.ts";
import type { Plan } from "../model/plan.ts";
import type { Begun } from "../model/policies.ts";
import type { Pods, SecretNeed } from "../model/unit.ts";
import { asksInternet, asksServer, tcp } from "./begins.ts";
import { atUrl } from "./lanServer.ts";

export const EXTERNAL_SECRETS_NAMESPACE = "external-secrets";

/** The chart calls its Service and the Secret of its certificate so (bitwarden-sdk-server v0.6.0, values.yaml). */
export const BITWARDEN_SDK_SERVER = "bitwarden-sdk-server";
export const SDK_SERVER = {
  host: `${BITWARDEN_SDK_SERVER}.${EXTERNAL_SECRETS_NAMESPACE}.svc`,
  port: 9998,
  secret: "bitwarden-tls-certs",
  authority: `${BITWARDEN_SDK_SERVER}-ca`,
} as const;

const BEGIN = "-----BEGIN CERTIFICATE-----";

export const externalSecretsOptions = z.strictObject({
  store: z
    .enum(["onepassword", "bitwarden", "vault", "kubernetes"])
    .default("onepassword")
    .describe(
      "where the values are: onepassword a vault of 1Password; bitwarden a project of Bitwarden Secrets Manager; vault HashiCorp Vault or OpenBao; kubernetes a namespace of another cluster",
    )
    .meta({ because: "it is the one that needs no server of yours" }),
  vault: z
    .string()
    .min(1)
    .default("homelab")
    .describe("for 1Password: name of the vault, which holds nothing else")
    .meta({ because: "a service account sees all of a vault", example: "homelab" }),
  organization: z
    .uuid("expected the id of an organization, as it stands in the address of its page")
    .optional()
    .describe("for Bitwarden: id of the organization")
    .meta({ kind: "an id", example: "7c0d21ec-10d9-4972-bdf8-ec52df99cc86" }),
  project: z
    .uuid("expected the id of a project, as it stands in the address of its page")
    .optional()
    .describe("for Bitwarden: id of the project in its Secrets Manager, which holds nothing else")
    .meta({ kind: "an id", example: "9c713cd6-728c-437a-a783-252b0773a0bb" }),
  server: z
    .string()
    .regex(
      /^https:\/\/[A-Za-z0-9.[\]:-]+$/,
      "expected where its API is, without a path, like https://vault.example.com:8200",
    )
    .optional()
    .describe(
      "for Vault and another cluster: the address of its API; for Bitwarden: of its pages, where they are not at https://vault.bitwarden.com",
    )
    .meta({ kind: "an https:// address", example: "https://vault.example.com:8200" }),
  ca: z
    .string()
    .regex(
      new RegExp(`^(?![^]*PRIVATE KEY)${BEGIN}[^]+-----END CERTIFICATE-----\\s*$`),
      "expected certificates, as PEM, and no key",
    )
    .optional()
    .describe("for Vault and another cluster: the authority of its certificate, where not everybody trusts it")
    .meta({ kind: "certificates, as PEM" }),
  path: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, "expected the path of an engine, like secret")
    .default("secret")
    .describe("for Vault: where its key/value engine of version 2 is mounted")
    .meta({ because: "Vault has it there in its documentation" }),
  role: labelField()
    .prefault("external-secrets")
    .describe("for Vault: role of its Kubernetes auth method that may read there")
    .meta({ because: "it is called as who asks" }),
  namespace: labelField()
    .prefault("homelab")
    .describe("for another cluster: the namespace there that has the Secrets")
    .meta({ because: "a token sees all of a namespace" }),
  namespaces: z
    .array(labelField())
    .default([])
    .describe("namespaces of your own apps that may fetch secrets from the store as well")
    .meta({ kind: "a list of namespaces", because: "whoever may fetch one can fetch all" }),
});

export type ExternalSecretsOptions = z.output<typeof externalSecretsOptions>;
type StoreName = ExternalSecretsOptions["store"];

interface Store {
  /** Keys without which the store cannot be found, and what stands there. */
  readonly needs: readonly { readonly key: keyof ExternalSecretsOptions; readonly what: string }[];
  /** Keys that say something about this store. */
  readonly reads: readonly (keyof ExternalSecretsOptions)[];
  title(options: ExternalSecretsOptions): string;
  /** What has to be `where` it is, for a Secret with these keys. */
  entry(name: string, keys: readonly string[], where: string): string;
  /** What ESO asks for one key of a Secret. */
  reference(name: string, key: string): { readonly key: string; readonly property?: string };
  provider(options: ExternalSecretsOptions): object;
  credential?(options: ExternalSecretsOptions): SecretNeed;
  begins(pods: Pods, options: ExternalSecretsOptions, plan: Plan): readonly Begun[];
}

const ASKS = "it fetches secrets from their store";

function atServer(pods: Pods, { server }: ExternalSecretsOptions, plan: Plan): readonly Begun[] {
  const { host, ports } = atUrl(server) ?? {};
  return host === undefined || ports === undefined ? [] : asksServer(pods, host, ports, plan, ASKS);
}

const BITWARDEN = "https://vault.bitwarden.com";

const BECAUSE = "the other secrets are fetched with it";
const TOKEN = "token";

const tokenOf = (name: string, what: string, from: string): SecretNeed => ({
  name,
  keys: [{ key: TOKEN, what, from }],
  because: BECAUSE,
  first: true,
});

const itemWithKeys = (name: string, keys: readonly string[], where: string): string =>
  `${name} in ${where}, with ${keys.join(", ")}`;

const inNamespace = (name: string) => ({ name, key: TOKEN, namespace: EXTERNAL_SECRETS_NAMESPACE });

const API_ADDRESS = "the address of its API, like https://vault.example.com:8200";
const ON_ITS_PAGE = "the id in the address of its page in the Secrets Manager,";

const trusting = ({ ca }: ExternalSecretsOptions) => ca !== undefined && { caBundle: btoa(ca) };

/** CRD of external-secrets v2.9.0, clustersecretstores: spec.provider. */
export const STORES: Readonly<Record<StoreName, Store>> = {
  onepassword: {
    needs: [],
    reads: ["vault"],
    begins: (pods) => [asksInternet(pods, tcp(443), ASKS)],
    title: ({ vault }) => `the vault ${vault} of 1Password`,
    entry: itemWithKeys,
    // The field is a part of the key (external-secrets v2.9.0, docs/provider/1password-sdk.md).
    reference: (name, key) => ({ key: `${name}/${key}` }),
    provider: ({ vault }) => ({
      onepasswordSDK: {
        vault,
        auth: { serviceAccountSecretRef: inNamespace("onepassword-service-account") },
        integrationInfo: { name: "1Password SDK", version: "v1.0.0" },
      },
    }),
    credential: ({ vault }) =>
      tokenOf(
        "onepassword-service-account",
        `token of a service account of 1Password that may read the vault ${vault} and nothing else`,
        "https://my.1password.com/developer-tools/infrastructure-secrets/serviceaccount: Create a Service Account, that vault, Read Items",
      ),
  },
  vault: {
    needs: [{ key: "server", what: API_ADDRESS }],
    reads: ["server", "ca", "path", "role"],
    begins: atServer,
    title: ({ server = "", path }) => `the engine ${path} of Vault at ${server}`,
    entry: itemWithKeys,
    reference: (name, key) => ({ key: name, property: key }),
    provider: (options) => ({
      vault: {
        server: options.server,
        path: options.path,
        version: "v2",
        ...trusting(options),
        auth: {
          kubernetes: {
            mountPath: "kubernetes",
            role: options.role,
            serviceAccountRef: { name: EXTERNAL_SECRETS_NAMESPACE, namespace: EXTERNAL_SECRETS_NAMESPACE },
          },
        },
      },
    }),
  },
  kubernetes: {
    needs: [{ key: "server", what: API_ADDRESS }],
    reads: ["server", "ca", "namespace"],
    begins: atServer,
    title: ({ server = "", namespace }) => `the namespace ${namespace} of the cluster at ${server}`,
    entry: itemWithKeys,
    reference: (name, key) => ({ key: name, property: key }),
    provider: (options) => ({
      kubernetes: {
        remoteNamespace: options.namespace,
        server: { url: options.server, ...trusting(options) },
        auth: { token: { bearerToken: inNamespace("remote-cluster") } },
      },
    }),
    credential: ({ namespace, server = "" }) =>
      tokenOf(
        "remote-cluster",
        `token of a service account of ${server} that may read Secrets in the namespace ${namespace} and nothing else`,
        `a Secret of type kubernetes.io/service-account-token there; its Role has get, list and watch on secrets in ${namespace}, and create on selfsubjectrulesreviews`,
      ),
  },
  bitwarden: {
    needs: [
      { key: "organization", what: `${ON_ITS_PAGE} behind sm` },
      { key: "project", what: `${ON_ITS_PAGE} behind projects` },
    ],
    reads: ["organization", "project", "server"],
    // The server that asks for it is a neighbour, and says itself whom it asks.
    begins: () => [],
    title: ({ project = "", server = BITWARDEN }) => `the project ${project} of Bitwarden at ${server}`,
    entry: (name, keys, where) => {
      const apart = keys.length > 1 ? ", each a secret of its own" : "";
      return `${keys.map((key) => `${name}/${key}`).join(", ")} in ${where}${apart}`;
    },
    // Nothing reads `property` there: a secret of Bitwarden is one value (external-secrets v2.9.0, providers/v1/bitwarden/client.go).
    reference: (name, key) => ({ key: `${name}/${key}` }),
    provider: ({ organization, project, server }) => ({
      bitwardensecretsmanager: {
        // Both are below the address of a server (bitwarden-sdk-server, README); without a word they are those of bitwarden.com.
        ...(server !== undefined && { apiURL: `${server}/api`, identityURL: `${server}/identity` }),
        bitwardenServerSDKURL: `https://${SDK_SERVER.host}:${SDK_SERVER.port}`,
        // Of the authority, not of the server, whose Secret is another one when it is renewed (bitwarden-sdk-server, README).
        caProvider: {
          type: "Secret",
          name: SDK_SERVER.authority,
          key: "tls.crt",
          namespace: EXTERNAL_SECRETS_NAMESPACE,
        },
        organizationID: organization,
        projectID: project,
        auth: { secretRef: { credentials: inNamespace("bitwarden-access-token") } },
      },
    }),
    credential: ({ project = "", server = BITWARDEN }) =>
      tokenOf(
        "bitwarden-access-token",
        `access token of a machine account of Bitwarden that can read the project ${project} and nothing else`,
        `${server}: Secrets Manager, Machine accounts, New; that project with Can read, then Access tokens, Create access token`,
      ),
  },
};
