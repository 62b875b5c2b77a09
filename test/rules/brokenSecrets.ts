/** Broken networks whose secrets are fetched from somewhere. */
import { edit, type Case } from "./edits.ts";

const secrets = (options: string) =>
  edit("cluster:\n", `secrets: { provider: external-secrets${options} }\n\ncluster:\n`);

const BITWARDEN = "organization: 7c0d21ec-10d9-4972-bdf8-ec52df99cc86, project: 9c713cd6-728c-437a-a783-252b0773a0bb";

export const secretCases: readonly Case[] = [
  {
    id: "SECRETS-STORE",
    broken: [secrets(", store: vault")],
    nearMiss: [secrets(", store: vault, server: https://172.16.1.20:8200")],
  },
  {
    id: "SECRETS-STORE",
    broken: [secrets(", store: bitwarden, project: 9c713cd6-728c-437a-a783-252b0773a0bb")],
    nearMiss: [secrets(`, store: bitwarden, ${BITWARDEN}`)],
  },
  {
    id: "SECRETS-STORE-KEY",
    broken: [secrets(", project: 9c713cd6-728c-437a-a783-252b0773a0bb")],
    nearMiss: [secrets(`, store: bitwarden, ${BITWARDEN}, server: "https://vault.bitwarden.eu"`)],
  },
  { id: "SECRETS-STORE", broken: [secrets(", store: kubernetes")], nearMiss: [secrets("")] },
  {
    id: "SECRETS-STORE-KEY",
    broken: [secrets(", server: https://172.16.1.20:8200")],
    nearMiss: [secrets(", store: vault, server: https://172.16.1.20:8200")],
  },
  {
    id: "SECRETS-STORE-KEY",
    broken: [secrets(", store: vault, server: https://172.16.1.20:8200, namespace: home")],
    nearMiss: [secrets(", store: kubernetes, server: https://172.16.1.20:6443, namespace: home")],
  },
  {
    id: "SECRETS-STORE-SELF",
    broken: [secrets(", store: kubernetes, server: https://172.16.1.49:6443")],
    nearMiss: [secrets(", store: kubernetes, server: https://172.16.1.48:6443")],
  },
  {
    id: "SECRETS-STORE-SELF",
    broken: [secrets(", store: kubernetes, server: https://172.16.1.50:6443")],
    nearMiss: [secrets(", store: vault, server: https://172.16.1.50:8200")],
  },
];
