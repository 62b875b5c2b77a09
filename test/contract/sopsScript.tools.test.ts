/** Needs HOMELAB_NET_TOOLS: bootstrap/secrets.sh of encrypted secrets, run with sops itself beside a kubectl that only takes notes. */
import { chmodSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readDocuments } from "../../src/yaml/documents.ts";
import { at } from "../../src/model/unknown.ts";
import { identitiesIn } from "../../src/sealing/age.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";
import { runHere } from "../support/cli.ts";
import { builtTool } from "../support/goTools.ts";
import { repositories } from "../support/repository.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const SSH = "repository.url=ssh://git@github.com/example/homelab.git";
const made = repositories("--config", REFERENCE_FILE, "--set", "secrets=sops", "--set", SSH);

const KUBECTL = `#!/usr/bin/env bash
case "$*" in
  *"config view"*) printf %s "\${API:-https://172.16.1.49:6443}" ;;
  *"get namespace"*) exit 1 ;;
  *"--filename -"*) printf -- '---\\n' >>"$NOTES"; cat >>"$NOTES" ;;
esac
printf '%s\\n' "$*" >>"$NOTES.arguments"
`;

const IDENTITY = "-----BEGIN KEY-----\n\nabc\n";

let tools: string;
beforeAll(async () => {
  tools = temporaryFolder("tools");
  writeFiles(tools, { kubectl: KUBECTL });
  chmodSync(join(tools, "kubectl"), 0o755);
  symlinkSync((await builtTool("sops")).path, join(tools, "sops"));
});

async function filled() {
  const folder = made.fresh();
  const home = temporaryFolder("home");
  const keys = join(home, "keys.txt");
  const env = { GIT_ACCESS_IDENTITY: IDENTITY, GIT_ACCESS_KNOWN_HOSTS: "github.com ssh-ed25519 AAAA" };
  const { code, stderr } = await runHere("gen", ["secrets", "--yes", "--age-key-file", keys], { cwd: folder, env });
  expect(code, stderr).toBe(0);
  return { folder, home, keys };
}

async function script(folder: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const notes = join(temporaryFolder("notes"), "notes");
  const result = await run("bash", [join(folder, "bootstrap/secrets.sh"), ...args], {
    env: { PATH: `${tools}:${process.env["PATH"]}`, NOTES: notes, ...env },
  });
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
  return { ...result, applied: readDocuments(read(notes), "notes"), arguments: read(`${notes}.arguments`) };
}

describe("bootstrap/secrets.sh of encrypted secrets", () => {
  test("gives the key and what is needed before the engine, and shows neither", async () => {
    const { folder, home, keys } = await filled();
    const result = await script(folder, { HOME: home, SOPS_AGE_KEY_FILE: keys });
    expect(result.code, result.stderr).toBe(0);
    const [key, access] = result.applied;
    const [identity] = await identitiesIn(readFileSync(keys, "utf8"));
    expect(key).toMatchObject({ kind: "Secret", metadata: { name: "sops-age", namespace: "flux-system" } });
    expect(Buffer.from(String(at(key, "data", "age.agekey")), "base64").toString()).toBe(`${identity?.secret}\n`);
    expect(access).toMatchObject({
      metadata: { name: "git-access", namespace: "flux-system" },
      stringData: { identity: IDENTITY },
    });
    expect(result.stdout + result.stderr + result.arguments).not.toMatch(/AGE-SECRET-KEY|BEGIN KEY/);
    expect(result.arguments).toContain("kubernetes/apps/flux-system/namespace.yaml");
  });

  test.each([
    ["a computer without the key", { SOPS_AGE_KEY_FILE: "/dev/null" }, [], 4, "has none of the keys"],
    ["no key file", { SOPS_AGE_KEY_FILE: "/nowhere" }, [], 4, "there is no key file"],
    ["another cluster", { API: "https://10.0.0.1:6443" }, [], 4, "kubectl reaches https://10.0.0.1:6443"],
    ["a name, as other networks take one", {}, ["git-access"], 2, "gen secrets git-access"],
  ] as const)("says what is wrong: %s", async (_, env, args, code, message) => {
    const { folder, home, keys } = await filled();
    const result = await script(folder, { HOME: home, SOPS_AGE_KEY_FILE: keys, ...env }, ...args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(result.applied).toEqual([]);
  });

  test("says what is missing", async () => {
    const nothing = await script(made.fresh(), {});
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining("gen secrets makes one")]);
  });
});
