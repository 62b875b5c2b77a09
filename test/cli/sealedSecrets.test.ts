import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { copyFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { asMap, at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";
import { runHere } from "../support/cli.ts";
import { temporaryFolder } from "../support/workspace.ts";
import { gen, repositories, textAt } from "../support/repository.ts";

const SETTINGS = ["secrets=sealed-secrets", "certificates={letsencrypt: {}}", "repository.private=true"];
const made = repositories("--config", REFERENCE_FILE, ...SETTINGS.flatMap((setting) => ["--set", setting]));

const ISSUERS = "kubernetes/apps/cert-manager/cert-manager/letsencrypt";
const FILE = `${ISSUERS}/cert-manager-cloudflare-secret.sealed.yaml`;
const CERTIFICATE = "bootstrap/sealing.crt";
const KEY = "bootstrap/sealing.key";
const VALUES = { CERT_MANAGER_CLOUDFLARE_SECRET_API_TOKEN: "v3ry-s3cr3t" };

const secrets = (folder: string, env: Readonly<Record<string, string>> = VALUES, ...args: readonly string[]) =>
  runHere("gen", ["secrets", "--yes", ...args], { cwd: folder, env });

const script = (folder: string) => spawnSync("bash", ["bootstrap/sealing-key.sh"], { cwd: folder, encoding: "utf8" });

let keyed: string;
beforeAll(() => {
  keyed = made.fresh();
  script(keyed);
});

function withKey(): string {
  const folder = made.fresh();
  for (const path of [KEY, CERTIFICATE]) copyFileSync(join(keyed, path), join(folder, path));
  return folder;
}

const sealedIn = (folder: string) =>
  asMap(at(readDocuments(textAt(folder, FILE), FILE)[0], "spec", "encryptedData")) as Readonly<Record<string, string>>;

describe("gen secrets where a controller opens them", () => {
  it("says what makes the key as long as there is none", async () => {
    const { code, stderr } = await secrets(made.fresh());
    expect(code).toBe(2);
    expect(stderr).toContain(`there is no ${CERTIFICATE}`);
    expect(stderr).toContain("bootstrap/sealing-key.sh makes it");
  });

  it("seals what is given beside what uses it, and asks nobody for what bootstrap gives", async () => {
    const folder = withKey();
    const { code, stdout, stderr } = await secrets(folder);
    expect(code, stderr).toBe(0);
    expect(stdout + stderr + textAt(folder, FILE)).not.toContain("v3ry-s3cr3t");
    expect(readDocuments(textAt(folder, FILE), FILE)[0]).toMatchObject({
      apiVersion: "bitnami.com/v1alpha1",
      kind: "SealedSecret",
      metadata: { name: "cert-manager-cloudflare-secret", namespace: "cert-manager" },
      spec: { template: { metadata: { name: "cert-manager-cloudflare-secret", namespace: "cert-manager" } } },
    });
    expect(Object.keys(sealedIn(folder))).toEqual(["api-token"]);
    expect(textAt(folder, `${ISSUERS}/kustomization.yaml`)).toContain(
      "  - ./cert-manager-cloudflare-secret.sealed.yaml\n",
    );
    expect(existsSync(join(folder, "bootstrap/flux-system/git-access.sealed.yaml"))).toBe(false);
    expect(textAt(folder, "bootstrap/secrets.sh")).toContain("begin flux-system git-access ");
    const listed = await gen(folder, "secrets", "--list");
    expect(listed.stdout + listed.stderr).toContain(FILE);
    expect(listed.stdout + listed.stderr).toContain("bootstrap/secrets.sh asks for it");
    // Git ignores it, and there is no git here.
    rmSync(join(folder, KEY));
    expect((await gen(folder, "check")).stdout).not.toMatch(/(SECRET|KUST|DRIFT)-/);
  });

  it("keeps what it cannot open, and replaces what is given", async () => {
    const folder = withKey();
    await secrets(folder);
    const before = sealedIn(folder)["api-token"];
    const again = await secrets(folder, {});
    expect(again.stderr + again.stdout).toContain("is there, with api-token");
    expect(sealedIn(folder)["api-token"]).toBe(before);
    writeFileSync(
      join(folder, FILE),
      textAt(folder, FILE).replace("encryptedData:\n", "encryptedData:\n    mine: AgAB\n"),
    );
    const { code, stderr } = await secrets(folder, { CERT_MANAGER_CLOUDFLARE_SECRET_API_TOKEN: "another" });
    expect(code, stderr).toBe(0);
    expect(sealedIn(folder)["api-token"]).not.toBe(before);
    expect(sealedIn(folder)["mine"]).toBe("AgAB");
  });

  it("writes nothing over a file that is not sealed, and seals for nothing but a certificate", async () => {
    const folder = withKey();
    writeFileSync(join(folder, FILE), "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n");
    expect((await secrets(folder)).stderr).toContain("stands there unsealed");
    rmSync(join(folder, FILE));
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(join(folder, CERTIFICATE), publicKey.export({ type: "spki", format: "pem" }));
    expect((await secrets(folder)).stderr).toContain("holds no certificate of an RSA key");
  });
});

describe("another provider", () => {
  const LIST = `${ISSUERS}/kustomization.yaml`;

  it("finds the files of the one before, and gen secrets lists its own in their place", async () => {
    const folder = withKey();
    await secrets(folder);
    rmSync(join(folder, KEY));
    expect((await gen(folder, "set", "secrets=sops", "--yes")).code).toBe(0);
    expect((await gen(folder, "check")).stdout).toContain(`error[SECRET-LEFT]  ${FILE}`);
    const { code, stderr } = await secrets(
      folder,
      { ...VALUES, GIT_ACCESS_USERNAME: "me", GIT_ACCESS_PASSWORD: "pa55" },
      "--age-key-file",
      join(temporaryFolder("keys"), "keys.txt"),
    );
    expect(code, stderr).toBe(0);
    expect(textAt(folder, LIST)).toContain("./cert-manager-cloudflare-secret.sops.yaml");
    expect(textAt(folder, LIST)).not.toContain(".sealed.yaml");
    expect(existsSync(join(folder, FILE))).toBe(true);
    rmSync(join(folder, FILE));
    expect((await gen(folder, "check")).stdout).not.toMatch(/SECRET-/);
  });
});

describe("bootstrap/sealing-key.sh", () => {
  it("makes a key once, keeps it from git, and replaces no half of it", () => {
    const folder = withKey();
    const key = textAt(folder, KEY);
    expect(script(folder).stdout).toContain("Keeping");
    expect(textAt(folder, KEY)).toBe(key);
    expect(textAt(folder, ".gitignore")).toMatch(/^\*\.key$/m);
    rmSync(join(folder, KEY));
    const { status, stderr } = script(folder);
    expect(status).toBe(2);
    expect(stderr).toContain("take the key from your backup");
    expect(existsSync(join(folder, KEY))).toBe(false);
  });
});
