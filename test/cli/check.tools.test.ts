/** `gen check` with the real kubectl beside it. */
import { symlinkSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { onlyGit, runCli } from "../support/cli.ts";
import { gen, repositories } from "../support/repository.ts";
import { output } from "../support/run.ts";
import { tool } from "../support/tools.ts";

const IMAGE = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"];
const REPOSITORY = "https://owner.github.io/charts";

const made = repositories();
let path: string;

beforeAll(async () => {
  await output("git", ["init", "--quiet"], { cwd: made.template });
  path = onlyGit();
  symlinkSync(tool("kubectl"), join(path, "kubectl"));
});

async function check(cwd: string): Promise<{ findings: readonly Record<string, string>[]; ran: readonly string[] }> {
  const { stdout } = await runCli("gen", ["check", "--json"], { cwd, env: { PATH: path } });
  return JSON.parse(stdout) as Awaited<ReturnType<typeof check>>;
}

it("builds every folder of what was emitted", async () => {
  const { findings, ran } = await check(made.template);
  expect(findings).toEqual([]);
  expect(ran).toEqual([expect.stringMatching(/^kubectl kustomize \((?:[1-9]\d) folders\)$/)]);
});

it("builds all that is added to it", async () => {
  const folder = made.fresh();
  const { ran } = await check(folder);
  for (const args of [
    ["add-app", "one", ...IMAGE, "--route", "one.ragas.cc", "--volume", "/config=5Gi", "--secret", "one"],
    ["add-app", "two", ...IMAGE, "--route", "two.ragas.cc", "--manifests", "--run-as", "1000", "--read-only"],
    ["add-app", "three", "--chart", "oci://ghcr.io/owner/charts/app:1.0.0", "--namespace", "media"],
    ["add-app", "four", "--chart", "app", "--repo", REPOSITORY, "--chart-version", "1.0.0", "--namespace", "default"],
    ["add-route", "echo2.ragas.cc", "--app", "echo"],
    ["add-route", "nas.ragas.cc", "--to", "https://172.16.1.20:5001", "--tls-skip-verify"],
    ["add-route", "pve1.ragas.cc", "--to", "https://pve1:8006", "--tls-name", "pve1.example.com"],
    ["add-route", "pve2.ragas.cc", "--to", "http://pve2:8006"],
    ["add-record", "printer.ragas.cc", "--to", "172.16.1.21"],
  ]) {
    const { code, stderr } = await gen(folder, ...args, "--yes");
    expect(code, stderr).toBe(0);
  }
  const after = await check(folder);
  expect(after.findings.filter(({ severity }) => severity !== "note")).toEqual([]);
  expect(after.ran).not.toEqual(ran);
});

it("hands on what only kustomize can know", async () => {
  const folder = made.fresh();
  const list = join(folder, "kubernetes/apps/default/echo/app/kustomization.yaml");
  const before = readFileSync(list, "utf8");
  writeFileSync(
    list,
    `${before}patches:\n  - patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: nobody\n`,
  );
  const { findings } = await check(folder);
  expect(findings.map(({ id, message }) => [id, message])).toEqual([
    ["KUST-BUILD", expect.stringMatching(/^kustomize cannot build kubernetes\/apps\/default\/echo\/app: .*nobody/)],
  ]);
});
