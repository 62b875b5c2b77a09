/** `gen check` with the real kubectl beside it. */
import { symlinkSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { runCli } from "../support/cli.ts";
import { output } from "../support/run.ts";
import { tool } from "../support/tools.ts";
import { temporaryFolder } from "../support/workspace.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";

let folder: string;
let path: string;

beforeAll(async () => {
  const parent = temporaryFolder("tools");
  await runCli("create-homelab-net", ["home", "--config", REFERENCE_FILE, "--yes", "--no-git"], { cwd: parent });
  folder = join(parent, "home");
  await output("git", ["init", "--quiet"], { cwd: folder });
  path = temporaryFolder("path");
  symlinkSync(tool("kubectl"), join(path, "kubectl"));
  symlinkSync((await output("which", ["git"])).trim(), join(path, "git"));
});

async function check(): Promise<{ findings: readonly Record<string, string>[]; ran: readonly string[] }> {
  const { stdout } = await runCli("gen", ["check", "--json"], { cwd: folder, env: { PATH: path } });
  return JSON.parse(stdout) as Awaited<ReturnType<typeof check>>;
}

it("builds every folder of what was emitted", async () => {
  const { findings, ran } = await check();
  expect(findings).toEqual([]);
  expect(ran).toEqual([expect.stringMatching(/^kubectl kustomize \((?:[1-9]\d) folders\)$/)]);
});

it("hands on what only kustomize can know", async () => {
  const list = join(folder, "kubernetes/apps/default/echo/app/kustomization.yaml");
  const before = readFileSync(list, "utf8");
  writeFileSync(
    list,
    `${before}patches:\n  - patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: nobody\n`,
  );
  const { findings } = await check();
  expect(findings.map(({ id, message }) => [id, message])).toEqual([
    ["KUST-BUILD", expect.stringMatching(/^kustomize cannot build kubernetes\/apps\/default\/echo\/app: .*nobody/)],
  ]);
});
