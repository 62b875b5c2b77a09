import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { keyFileEntry, newIdentity, type Identity } from "../../src/sealing/age.ts";
import { openFile } from "../../src/sealing/sops.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";
import { runHere } from "../support/cli.ts";
import { gen, repositories, textAt } from "../support/repository.ts";
import { temporaryFolder } from "../support/workspace.ts";

const SETTINGS = ["secrets=sops", "certificates={letsencrypt: {}}", "repository.private=true", "gitops=argocd"];
const made = repositories("--config", REFERENCE_FILE, ...SETTINGS.flatMap((setting) => ["--set", setting]));

const ISSUERS = "kubernetes/apps/cert-manager/cert-manager/letsencrypt";
const TOKEN = `${ISSUERS}/cert-manager-cloudflare-secret.sops.yaml`;
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

const opened = (folder: string, path: string) => openFile(textAt(folder, path), path, [mine]);

describe("gen secrets under Argo CD", () => {
  it("writes what the operator makes Secrets of, and Secrets where the engine itself needs them", async () => {
    const folder = made.fresh();
    const { code, stderr } = await secrets(folder);
    expect(code, stderr).toBe(0);
    expect(await opened(folder, TOKEN)).toMatchObject({
      object: {
        kind: "SopsSecret",
        spec: {
          secretTemplates: [{ name: "cert-manager-cloudflare-secret", stringData: { "api-token": "v3ry-s3cr3t" } }],
        },
      },
    });
    expect(textAt(folder, TOKEN)).toContain("encrypted_suffix: Templates");
    expect(textAt(folder, `${ISSUERS}/kustomization.yaml`)).toContain(
      "  - ./cert-manager-cloudflare-secret.sops.yaml\n",
    );
    expect(await opened(folder, "bootstrap/argocd/git-access.sops.yaml")).toMatchObject({
      object: {
        kind: "Secret",
        metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } },
        stringData: { type: "git", username: "me", password: "pa55" },
      },
    });
    expect((await secrets(folder)).stderr).toContain("nothing to write");
    expect((await gen(folder, "check")).stdout).not.toMatch(/\.sops\.yaml|SECRET-/);
  });

  it("writes them in the other form when the engine is changed", async () => {
    const folder = made.fresh();
    await secrets(folder);
    expect((await gen(folder, "set", "gitops=flux", "--yes")).code).toBe(0);
    expect((await secrets(folder)).stderr).toContain("becomes a Secret");
    expect(await opened(folder, TOKEN)).toMatchObject({
      object: { kind: "Secret", stringData: { "api-token": "v3ry-s3cr3t" } },
    });
  });
});
