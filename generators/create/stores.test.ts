/** What stores secrets are fetched from, and what each has to be told: at a terminal and by flags. */
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/model/errors.ts";
import { ANSWERS_FOR_MACHINES } from "../../test/fixtures/createFlags.ts";
import { recordedSession } from "../../test/support/session.ts";
import { collect } from "./collect.ts";

const ORGANIZATION = "7c0d21ec-10d9-4972-bdf8-ec52df99cc86";
const PROJECT = "9c713cd6-728c-437a-a783-252b0773a0bb";

type Answers = Readonly<Record<string, string>>;

const session = (flags: Answers, answers?: Answers) =>
  recordedSession({
    cwd: "/home/me",
    argument: "my-homelab",
    flags: { ...ANSWERS_FOR_MACHINES, ...flags },
    ...(answers && { answers: { "Start from": "each-part", ...answers, Secrets: "external-secrets" } }),
  });

const STORES = [
  ["a vault of 1Password", "onepassword", {}, {}, "secrets: external-secrets"],
  [
    "another vault of 1Password",
    "onepassword",
    { "Vault of 1Password": "lab" },
    { "onepassword-vault": "lab" },
    "vault: lab",
  ],
  [
    "Bitwarden",
    "bitwarden",
    { "Organization of Bitwarden": ORGANIZATION, "Project of Bitwarden": PROJECT },
    { "bitwarden-organization": ORGANIZATION, "bitwarden-project": PROJECT },
    `store: bitwarden`,
  ],
  [
    "Bitwarden in Europe",
    "bitwarden",
    {
      "Organization of Bitwarden": ORGANIZATION,
      "Project of Bitwarden": PROJECT,
      "Address of Bitwarden": "https://vault.bitwarden.eu",
    },
    {
      "bitwarden-organization": ORGANIZATION,
      "bitwarden-project": PROJECT,
      "bitwarden-server": "https://vault.bitwarden.eu",
    },
    "server: https://vault.bitwarden.eu",
  ],
  [
    "Vault",
    "vault",
    { "Address of its API": "https://172.16.1.20:8200" },
    { "secrets-server": "https://172.16.1.20:8200" },
    "server: https://172.16.1.20:8200",
  ],
  [
    "another cluster",
    "kubernetes",
    { "Address of its API": "https://172.16.1.30:6443" },
    { "secrets-server": "https://172.16.1.30:6443" },
    "store: kubernetes",
  ],
] as const;

describe.each(STORES)("%s", (_, store, answers, flags, expected) => {
  it("is the same at a terminal as by flags", async () => {
    const asked = await collect(session({}, { "Secrets are fetched from": store, ...answers }));
    const told = await collect(session({ secrets: "external-secrets", "secrets-store": store, ...flags }));
    expect(told.text).toContain(expected);
    expect(asked.text).toBe(told.text);
  });
});

it("asks for nothing of other stores, and nothing of any where secrets are kept otherwise", async () => {
  const ofVault = session(
    {},
    { "Secrets are fetched from": "vault", "Address of its API": "https://172.16.1.20:8200" },
  );
  await collect(ofVault);
  expect(ofVault.asked.filter((message) => /1Password|Bitwarden/.test(message))).toEqual([]);
  const other = recordedSession({
    cwd: "/home/me",
    argument: "a",
    flags: ANSWERS_FOR_MACHINES,
    answers: { "Start from": "each-part" },
  });
  await collect(other);
  expect(other.asked.filter((message) => /fetched|Vault|Bitwarden/.test(message))).toEqual([]);
});

it("names the flags of what is missing", async () => {
  const error = await collect(session({ secrets: "external-secrets", "secrets-store": "bitwarden" })).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).toContain("2 answers are missing");
  expect((error as UserError).hint).toContain("--bitwarden-organization ID --bitwarden-project ID");
});

it("refuses what is no id, and what is no address, where it is said", async () => {
  const wrong = collect(
    session({ secrets: "external-secrets", "secrets-store": "bitwarden", "bitwarden-project": "homelab" }),
  );
  await expect(wrong).rejects.toMatchObject({ findings: [{ paths: ["--bitwarden-project"] }] });
});
