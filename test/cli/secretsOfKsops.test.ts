import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { keyFileEntry, newIdentity, type Identity } from "../../src/sealing/age.ts";
import { openFile } from "../../src/sealing/sops.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";
import { runHere } from "../support/cli.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { temporaryFolder } from "../support/workspace.ts";

const SETTINGS = [
  "secrets={provider: sops, argocd: ksops}",
  "certificates={letsencrypt: {}}",
  "repository.private=true",
  "gitops=argocd",
];
const made = repositories("--config", REFERENCE_FILE, ...SETTINGS.flatMap((setting) => ["--set", setting]));

const ISSUERS = "kubernetes/apps/cert-manager/cert-manager/letsencrypt";
const LIST = `${ISSUERS}/kustomization.yaml`;
const GENERATOR = `${ISSUERS}/secret-generator.yaml`;
const NAME = "cert-manager-cloudflare-secret.sops.yaml";
const VALUES = {
  CERT_MANAGER_CLOUDFLARE_SECRET_API_TOKEN: "v3ry-s3cr3t",
  GIT_ACCESS_USERNAME: "me",
  GIT_ACCESS_PASSWORD: "pa55",
};

let mine: Identity;
let keys: string;
beforeAll(async () => {
  mine = await newIdentity();
  keys = join(temporaryFolder("keys"), "keys.txt");
  writeFileSync(keys, keyFileEntry(mine, new Date()));
});

const secrets = (folder: string) =>
  runHere("gen", ["secrets", "--yes", "--age-key-file", keys], { cwd: folder, env: VALUES });

async function filled(): Promise<string> {
  const folder = made.fresh();
  const { code, stderr } = await secrets(folder);
  expect(code, stderr).toBe(0);
  return folder;
}

const opened = (folder: string, path: string) => openFile(textAt(folder, path), path, [mine]);

const read = (folder: string, path: string): unknown => readDocuments(textAt(folder, path), path)[0];

async function change(folder: string, ...settings: readonly string[]): Promise<void> {
  const { code, stderr } = await gen(folder, "set", ...settings, "--yes");
  expect(code, stderr).toBe(0);
}

describe("gen secrets where ksops opens them", () => {
  it("writes Secrets, and names them where kustomize looks for what is to be generated", async () => {
    const folder = await filled();
    expect(await opened(folder, `${ISSUERS}/${NAME}`)).toMatchObject({
      object: { kind: "Secret", stringData: { "api-token": "v3ry-s3cr3t" } },
    });
    expect(textAt(folder, `${ISSUERS}/${NAME}`)).toContain("encrypted_regex: ^(data|stringData)$");
    expect(read(folder, GENERATOR)).toEqual({
      apiVersion: "viaduct.ai/v1",
      kind: "ksops",
      metadata: { name: "secrets", annotations: { "config.kubernetes.io/function": "exec:\n  path: ksops\n" } },
      files: [`./${NAME}`],
    });
    expect(read(folder, LIST)).toMatchObject({ generators: ["./secret-generator.yaml"] });
    expect(textAt(folder, LIST)).not.toContain(NAME);
    expect(existsSync(join(folder, "bootstrap/argocd/git-access.sops.yaml"))).toBe(true);
    expect(existsSync(join(folder, "kubernetes/apps/argocd/argocd/app/secret-generator.yaml"))).toBe(false);
    expect((await secrets(folder)).stderr).toContain("nothing to write");
  });

  it("leaves a repository that gen check finds nothing in", async () => {
    const before = await gen(made.fresh(), "check");
    expect(before.stdout).toContain("SECRET-MISSING");
    const { stdout } = await gen(await filled(), "check");
    expect(stdout).not.toMatch(/secret-generator|\.sops\.yaml|(SECRET|ARGO|KUST|DRIFT)-/);
  });

  it("keeps what names them when gen writes the folder anew", async () => {
    const folder = await filled();
    await change(folder, "certificates.letsencrypt.environment=production");
    expect(read(folder, LIST)).toMatchObject({ generators: ["./secret-generator.yaml"] });
    expect(read(folder, GENERATOR)).toMatchObject({ files: [`./${NAME}`] });
    await expectInLine(folder);
  });

  it("hands them over to the operator and takes them back", async () => {
    const folder = await filled();
    await change(folder, "secrets.argocd=operator");
    expect((await secrets(folder)).stderr).toContain("becomes a SopsSecret");
    expect(existsSync(join(folder, GENERATOR))).toBe(false);
    expect(textAt(folder, LIST)).toContain(`  - ./${NAME}\n`);
    expect(textAt(folder, LIST)).not.toContain("secret-generator");
    await change(folder, "secrets.argocd=ksops");
    expect((await secrets(folder)).stderr).toContain("becomes a Secret");
    expect(read(folder, GENERATOR)).toMatchObject({ files: [`./${NAME}`] });
    expect(textAt(folder, LIST)).not.toContain(NAME);
  });

  it("names them elsewhere for Flux, which opens the same files, and keeps what else the generator makes", async () => {
    const folder = await filled();
    const before = textAt(folder, `${ISSUERS}/${NAME}`);
    edit(folder, GENERATOR, "files:\n", "files:\n  - ./mine.enc.yaml\n");
    // The word about Argo CD stays, for who comes back to it.
    await change(folder, "gitops=flux");
    expect((await secrets(folder)).code).toBe(0);
    expect(textAt(folder, `${ISSUERS}/${NAME}`)).toBe(before);
    expect(textAt(folder, LIST)).toContain(`  - ./${NAME}\n`);
    expect(read(folder, GENERATOR)).toMatchObject({ files: ["./mine.enc.yaml"] });
    expect(read(folder, LIST)).toMatchObject({ generators: ["./secret-generator.yaml"] });
  });
});
