import type { AnsweredOption, OptionQuestion } from "../model/offer.ts";

const SERVER: AnsweredOption = {
  key: "server",
  flag: "secrets-server",
  value: "URL",
  label: "Address of its API  (https://…)",
  summary: "for Vault and another cluster: the address of its API",
  standIn: "https://vault.example.com:8200",
};

const BITWARDEN: readonly AnsweredOption[] = [
  {
    key: "organization",
    flag: "bitwarden-organization",
    value: "ID",
    label: "Organization of Bitwarden  (the id behind sm in the address of its Secrets Manager)",
    summary: "for Bitwarden: id of the organization",
    standIn: "7c0d21ec-10d9-4972-bdf8-ec52df99cc86",
  },
  {
    key: "project",
    flag: "bitwarden-project",
    value: "ID",
    label: "Project of Bitwarden  (the id behind projects in the address of its page)",
    summary: "for Bitwarden: id of the project in its Secrets Manager, which holds nothing else",
    standIn: "9c713cd6-728c-437a-a783-252b0773a0bb",
  },
  {
    key: "server",
    flag: "bitwarden-server",
    value: "URL",
    label: "Address of Bitwarden  (empty: https://vault.bitwarden.com)",
    summary: "for Bitwarden: where its pages are, such as https://vault.bitwarden.eu",
    optional: true,
  },
];

const VAULT: AnsweredOption = {
  key: "vault",
  flag: "onepassword-vault",
  value: "NAME",
  label: "Vault of 1Password  (empty: homelab)",
  summary: "for 1Password: name of the vault, which holds nothing else",
  optional: true,
};

/** Which store External Secrets asks, and what it needs to find it. */
export const storeQuestion: OptionQuestion = {
  flag: "secrets-store",
  label: "Secrets are fetched from",
  summary: "the store that External Secrets asks",
  because: "it is the one that needs no server of yours",
  answers: [
    {
      value: "onepassword",
      title: "1Password",
      summary: "a vault, by a service account; needs no server of yours",
      options: {},
      asks: [VAULT],
    },
    {
      value: "bitwarden",
      title: "Bitwarden Secrets Manager",
      summary: "a project, by a machine account; a small server of its own in the cluster, and cert-manager with it",
      options: { store: "bitwarden" },
      asks: BITWARDEN,
    },
    {
      value: "vault",
      title: "HashiCorp Vault or OpenBao",
      summary: "a key/value engine; it knows the cluster, so no token is kept",
      options: { store: "vault" },
      asks: [SERVER],
    },
    {
      value: "kubernetes",
      title: "Another cluster",
      summary: "Secrets in a namespace there, by the token of a service account",
      options: { store: "kubernetes" },
      asks: [SERVER],
    },
  ],
};
