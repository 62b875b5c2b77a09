import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newIdentity } from "../../src/sealing/age.ts";
import { openFile } from "../../src/sealing/sops.ts";
import { runHere } from "../support/cli.ts";
import { edit, expectInLine, gen, textAt } from "../support/repository.ts";
import { ISSUERS, sopsRepositories, TOKEN, VALUE, VARIABLE } from "../support/sopsRepository.ts";
import { expectUntouched } from "../support/workspace.ts";

const { made, identity, withKey, secrets, fresh, opened } = sopsRepositories();
const LIST = `${ISSUERS}/kustomization.yaml`;
const EARLY = "bootstrap/flux-system/git-access.sops.yaml";

describe("gen secrets", () => {
  it("writes a value encrypted, lists its file, and shows it nowhere; the second time changes nothing", async () => {
    const folder = await fresh();
    const env = { ...withKey(), [VARIABLE]: VALUE };
    const first = await secrets(folder, env, "--yes", "--diff");
    expect(first.code, first.stderr).toBe(0);
    expect(await opened(folder, TOKEN)).toEqual({ "api-token": VALUE });
    expect(textAt(folder, LIST)).toContain("  - ./cert-manager-cloudflare-secret.sops.yaml\n  - ./issuers.yaml\n");
    expect(first.stdout + first.stderr + textAt(folder, TOKEN)).not.toContain(VALUE);
    const second = await expectUntouched(folder, () => secrets(folder, env, "--yes"));
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("nothing to write")]);
    expect((await gen(folder, "check", "--strict")).stdout).not.toContain("cert-manager-cloudflare-secret");
    await expectInLine(folder);
  });

  it("lists what is missing, what it is for and where it is made, as text and as data", async () => {
    const folder = await fresh();
    const { stdout } = await expectUntouched(folder, () => secrets(folder, {}, "--list"));
    expect(stdout).toContain("cert-manager-cloudflare-secret in namespace cert-manager: missing");
    expect(stdout).toContain(`api-token [${VARIABLE}]`);
    expect(stdout).toContain("Zone / DNS / Edit");
    const json = JSON.parse((await secrets(folder, withKey(), "--list", "--json")).stdout) as Listed;
    expect(json.secrets.map(({ name, state }) => [name, state])).toContainEqual(["git-access", "missing"]);
  });

  it("puts what is needed before the engine beside the scripts, in no list", async () => {
    const folder = await fresh();
    const env = { ...withKey(), GIT_ACCESS_IDENTITY: "@key", GIT_ACCESS_KNOWN_HOSTS: "github.com ssh-ed25519 AAAA" };
    writeFileSync(join(folder, "key"), "-----BEGIN KEY-----\n\nabc\n");
    const { code, stderr } = await secrets(folder, env, "git-access", "--yes");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("bootstrap/secrets.sh");
    expect(await opened(folder, EARLY)).toEqual({
      identity: "-----BEGIN KEY-----\n\nabc\n",
      known_hosts: "github.com ssh-ed25519 AAAA",
    });
    expect(textAt(folder, "bootstrap/secrets.sh")).toContain("give flux-system git-access");
  });

  it("takes a value from standard input", async () => {
    const folder = await fresh();
    const env = { ...withKey(), [VARIABLE]: "@-" };
    const { code } = await runHere("gen", ["secrets", "--yes"], { cwd: folder, env, input: VALUE });
    expect(code).toBe(0);
    expect(await opened(folder, TOKEN)).toEqual({ "api-token": VALUE });
  });

  it.each([
    ["a token with the line break of an editor", "s3cr3t\n", "s3cr3t"],
    ["a token out of Windows", "\uFEFFs3cr3t\r\n", "s3cr3t"],
    ["a key of several lines", "a\nb\n", "a\nb\n"],
  ])("takes %s out of a file as it is meant", async (_, text, value) => {
    const folder = await fresh();
    const { code } = await runHere("gen", ["secrets", "--yes"], {
      cwd: folder,
      env: { ...withKey(), [VARIABLE]: "@-" },
      input: text,
    });
    expect([code, await opened(folder, TOKEN)]).toEqual([0, { "api-token": value }]);
  });

  it("takes a value that begins with @, and repeats none that was meant so", async () => {
    const folder = await fresh();
    expect((await secrets(folder, { ...withKey(), [VARIABLE]: "@@s3cr3t" }, "--yes")).code).toBe(0);
    expect(await opened(folder, TOKEN)).toEqual({ "api-token": "@s3cr3t" });
    for (const value of ["@s3cr3t", `@s3cr3t${"x".repeat(5000)}`, "@s3cr3t/s3cr3t"]) {
      const { code, stdout, stderr } = await secrets(folder, { ...withKey(), [VARIABLE]: value }, "--yes", "--json");
      expect(code).not.toBe(0);
      expect(stdout + stderr).toContain("the file after @");
      expect(stdout + stderr).not.toContain("s3cr3t");
    }
  });

  it("repeats no argument that could be a value", async () => {
    const folder = await fresh();
    for (const words of [["ghp_s3cr3t"], ["S3cr3t"], ["git-access", "s3cr3t"], ["token=s3cr3t"], ["--token=s3cr3t"]]) {
      const { code, stdout, stderr } = await secrets(folder, withKey(), ...words, "--yes");
      expect(code).toBe(2);
      expect(stdout + stderr).not.toMatch(/s3cr3t/i);
    }
  });

  it("writes nothing of a secret that lacks a value, and says which", async () => {
    const folder = await fresh();
    const env = { ...withKey(), GIT_ACCESS_IDENTITY: VALUE };
    const { code, stderr } = await expectUntouched(folder, () => secrets(folder, env, "--yes"));
    expect([code, stderr]).toEqual([0, expect.stringMatching(/git-access .*\n?.*known_hosts/)]);
  });

  it("is reported by check while it is missing", async () => {
    const folder = await fresh();
    const { stdout } = await gen(folder, "check");
    expect(stdout).toContain("SECRET-MISSING");
    expect(stdout).toContain("cert-manager-cloudflare-secret");
  });

  it("changes a value and keeps what sops or people added", async () => {
    const folder = await fresh();
    await secrets(folder, { ...withKey(), [VARIABLE]: "old" }, "--yes");
    const { stderr } = await secrets(folder, { ...withKey(), [VARIABLE]: VALUE }, "--yes");
    expect(stderr).toContain("gets other values");
    expect(await opened(folder, TOKEN)).toEqual({ "api-token": VALUE });
  });

  it("does not write over what it cannot compare without being told to", async () => {
    const folder = await fresh();
    await secrets(folder, { ...withKey(), [VARIABLE]: "old" }, "--yes");
    const env = { [VARIABLE]: VALUE };
    const refused = await expectUntouched(folder, () => secrets(folder, env, "--yes"));
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining("--replace")]);
    expect((await secrets(folder, env, "--yes", "--replace")).code).toBe(0);
    expect(await opened(folder, TOKEN)).toEqual({ "api-token": VALUE });
  });

  it("leaves a file alone that was changed without sops, and says so", async () => {
    const folder = await fresh();
    await secrets(folder, { ...withKey(), [VARIABLE]: VALUE }, "--yes");
    edit(folder, TOKEN, /lastmodified: "\d{4}/, 'lastmodified: "2001');
    const { stderr } = await expectUntouched(folder, () => secrets(folder, withKey(), "--yes"));
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("was changed without sops");
  });

  it("encrypts for others when homelab.yaml names others", async () => {
    const folder = await fresh();
    await secrets(folder, { ...withKey(), [VARIABLE]: VALUE }, "--yes");
    const other = await newIdentity();
    await gen(folder, "set", `secrets.age=[${identity().recipient}, ${other.recipient}]`, "--yes");
    expect((await secrets(folder, withKey(), "--yes")).stderr).toContain("is encrypted for others than before");
    expect(await openFile(textAt(folder, TOKEN), TOKEN, [other])).toMatchObject({
      object: { stringData: { "api-token": VALUE } },
    });
  });

  it("takes no value as an argument, and repeats none", async () => {
    const folder = await fresh();
    const { code, stderr } = await secrets(folder, withKey(), `cloudflare=${VALUE}`, "--yes");
    expect([code, stderr]).toEqual([2, expect.stringContaining("a value is no argument")]);
    expect(stderr).not.toContain(VALUE);
  });

  it("says who asks where nothing stands in files", async () => {
    const folder = made.fresh();
    await gen(folder, "set", "secrets=cluster", "--yes");
    const { code, stdout } = await secrets(folder, {});
    expect([code, stdout.replaceAll(/\s+/g, " ")]).toEqual([
      0,
      expect.stringContaining("bootstrap/secrets.sh asks for it"),
    ]);
  });
});

interface Listed {
  readonly secrets: readonly { readonly name: string; readonly state: string }[];
}
