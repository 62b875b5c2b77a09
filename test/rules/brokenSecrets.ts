/** Broken networks whose secrets are fetched from somewhere. */
import { edit, type Case } from "./edits.ts";

const secrets = (options: string) =>
  edit("cluster:\n", `secrets: { provider: external-secrets${options} }\n\ncluster:\n`);

export const secretCases: readonly Case[] = [
  {
    id: "SECRETS-STORE",
    broken: [secrets(", store: vault")],
    nearMiss: [secrets(", store: vault, server: https://172.16.1.20:8200")],
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
