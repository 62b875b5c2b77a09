import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";
import { expectInLine, gen, repositories, textAt } from "../support/repository.ts";

const SETTINGS = [
  "secrets={provider: external-secrets, namespaces: [media]}",
  "certificates={letsencrypt: {}}",
  "repository.private=true",
];
const made = repositories("--config", REFERENCE_FILE, ...SETTINGS.flatMap((setting) => ["--set", setting]));

const ISSUERS = "kubernetes/apps/cert-manager/cert-manager/letsencrypt";
const FILE = `${ISSUERS}/cert-manager-cloudflare-secret.external.yaml`;
const STORE = "kubernetes/apps/external-secrets/external-secrets/store/store.yaml";

const read = (folder: string, path: string): unknown => readDocuments(textAt(folder, path), path)[0];

describe("secrets in a store", () => {
  it("are fetched beside what uses them, in those namespaces alone", () => {
    expect(read(made.template, FILE)).toEqual({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: "cert-manager-cloudflare-secret", namespace: "cert-manager" },
      spec: {
        refreshInterval: "1h0m0s",
        secretStoreRef: { kind: "ClusterSecretStore", name: "homelab" },
        target: { name: "cert-manager-cloudflare-secret", creationPolicy: "Owner", deletionPolicy: "Retain" },
        data: [{ secretKey: "api-token", remoteRef: { key: "cert-manager-cloudflare-secret/api-token" } }],
      },
    });
    expect(textAt(made.template, `${ISSUERS}/kustomization.yaml`)).toContain(
      "./cert-manager-cloudflare-secret.external.yaml",
    );
    expect(read(made.template, STORE)).toMatchObject({
      spec: {
        conditions: [{ namespaces: ["cert-manager", "media"] }],
        provider: { onepasswordSDK: { vault: "homelab" } },
      },
    });
  });

  it("are told of by gen secrets, which writes nothing", async () => {
    const folder = made.fresh();
    const { code, stdout, stderr } = await gen(folder, "secrets", "--yes");
    expect(code, stderr).toBe(0);
    const said = (stdout + stderr).replace(/\s+/g, " ");
    expect(said).toContain("in the vault homelab of 1Password, with api-token");
    expect(said).toMatch(/git-access in namespace flux-system: bootstrap\/secrets\.sh asks for it/);
    expect(said).toMatch(/onepassword-service-account in namespace external-secrets: bootstrap\/secrets\.sh asks/);
    await expectInLine(folder);
  });

  it("leave to bootstrap what opens the store, and what is needed before the engine", () => {
    const { status, stdout } = spawnSync("bash", ["bootstrap/secrets.sh", "--list"], {
      cwd: made.template,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toContain("onepassword-service-account in namespace external-secrets");
    expect(stdout).toContain("git-access in namespace flux-system");
    expect(stdout).not.toContain("cloudflare");
  });

  it("leave a repository that gen check finds nothing in, also in another store", async () => {
    const folder = made.fresh();
    expect((await gen(folder, "check")).stdout).toContain("0 errors, 0 warnings");
    const changed = await gen(folder, "set", "secrets.store=vault", "secrets.server=https://172.16.1.20:8200", "--yes");
    expect(changed.code, changed.stderr).toBe(0);
    expect(read(folder, FILE)).toMatchObject({
      spec: { data: [{ remoteRef: { key: "cert-manager-cloudflare-secret", property: "api-token" } }] },
    });
    expect((await gen(folder, "check")).stdout).toContain("0 errors, 0 warnings");
  });

  it("are fetched from Bitwarden by way of a server of its own, which comes first", async () => {
    const folder = made.fresh();
    const changed = await gen(
      folder,
      "set",
      "secrets.store=bitwarden",
      "secrets.server=https://vault.bitwarden.eu",
      "secrets.organization=7c0d21ec-10d9-4972-bdf8-ec52df99cc86",
      "secrets.project=9c713cd6-728c-437a-a783-252b0773a0bb",
      "--yes",
    );
    expect(changed.code, changed.stderr).toBe(0);
    expect(read(folder, STORE)).toMatchObject({
      spec: {
        provider: {
          bitwardensecretsmanager: {
            apiURL: "https://vault.bitwarden.eu/api",
            identityURL: "https://vault.bitwarden.eu/identity",
            bitwardenServerSDKURL: "https://bitwarden-sdk-server.external-secrets.svc:9998",
            organizationID: "7c0d21ec-10d9-4972-bdf8-ec52df99cc86",
            projectID: "9c713cd6-728c-437a-a783-252b0773a0bb",
          },
        },
      },
    });
    // There a secret is one value: nothing could be said of a part of it.
    expect(read(folder, FILE)).toMatchObject({
      spec: { data: [{ secretKey: "api-token", remoteRef: { key: "cert-manager-cloudflare-secret/api-token" } }] },
    });
    const steps = readDocuments(textAt(folder, "kubernetes/apps/external-secrets/external-secrets/ks.yaml"), "ks.yaml");
    expect(steps.map((step) => [at(step, "metadata", "name"), at(step, "spec", "dependsOn")])).toContainEqual([
      "external-secrets-store",
      expect.arrayContaining([expect.objectContaining({ name: "bitwarden-sdk-server" })]),
    ]);
    const { stdout, stderr } = await gen(folder, "secrets", "--list");
    const said = (stdout + stderr).replace(/\s+/g, " ");
    expect(said).toContain("cert-manager-cloudflare-secret/api-token in the project 9c713cd6");
    expect(said).toContain("https://vault.bitwarden.eu: Secrets Manager, Machine accounts, New");
    expect((await gen(folder, "check")).stdout).toContain("0 errors, 0 warnings");
  });
});
