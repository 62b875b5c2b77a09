/** `gen doctor` as a program, with tools of the test's own; nobody outside this machine is asked. */
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../support/cli.ts";
import { expectUntouched, temporaryFolder, writeFiles } from "../support/workspace.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";

let folder: string;

beforeAll(async () => {
  folder = join(temporaryFolder("doctor"), "home");
  await runCli("create-homelab-net", ["home", "--config", REFERENCE_FILE, "--yes", "--no-git"], {
    cwd: dirname(folder),
  });
});

const GOOD = {
  talosctl: "Client v1.13.9",
  tofu: "OpenTofu v1.12.6",
  kubectl: "Client Version: v1.36.4",
  helm: "v4.2.4+g1234567",
  kubeconform: "v0.8.0",
};

/** Programs that print one line whatever they are asked, and nothing else on PATH. */
function programs(lines: Readonly<Record<string, string>>): string {
  const path = temporaryFolder("programs");
  mkdirSync(path, { recursive: true });
  for (const name of ["sh", "echo"]) symlinkSync(`/bin/${name}`, join(path, name));
  writeFiles(
    path,
    Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, `#!/bin/sh\necho "${line}"\n`])),
  );
  return path;
}

const doctor = (path: string, ...args: readonly string[]) =>
  expectUntouched(folder, () =>
    runCli("gen", ["doctor", "--only", "tools", ...args], { cwd: folder, env: { PATH: path } }),
  );

describe("gen doctor", () => {
  it("ends with 0 where all is well, names what it asks first, and writes nothing", async () => {
    const { code, stdout, stderr } = await doctor(programs(GOOD));
    expect([code, stdout]).toEqual([0, expect.stringContaining("✔ talosctl v1.13.9")]);
    expect(stderr).toMatch(/Asks, and changes nothing:\n {2}tools {2}talosctl version --client --short\n/);
    expect(stdout).toContain("0 errors, 0 warnings. As it should be: 5. Cannot be told: 0.");
  });
  it("ends with 2 where something is wrong", async () => {
    const { helm: _none, ...others } = GOOD;
    const { code, stdout } = await doctor(programs(others));
    expect([code, stdout]).toEqual([2, expect.stringContaining("error[DOCTOR-TOOL-MISSING]  helm is not installed")]);
  });
  it("ends well with warnings and with what it cannot tell, unless it is strict", async () => {
    const path = programs({ ...GOOD, talosctl: "Client v1.12.0", helm: "no version" });
    const { code, stdout } = await doctor(path);
    expect([code, stdout]).toEqual([0, expect.stringContaining("warning[DOCTOR-TOOL-VERSION]  talosctl is v1.12.0")]);
    expect(stdout).toMatch(/cannot tell, because it does not say one:\n {2}\? the version of helm/);
    expect((await doctor(path, "--strict")).code).toBe(2);
  });
  it("prints one object", async () => {
    const { kubeconform: _none, ...others } = GOOD;
    const { code, stdout, stderr } = await doctor(programs({ ...others, helm: "no version" }), "--json");
    expect([code, stderr]).toEqual([2, ""]);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      command: "doctor",
      asked: true,
      asks: expect.arrayContaining([{ area: "tools", asks: "tofu version" }]),
      findings: [expect.objectContaining({ id: "DOCTOR-TOOL-MISSING", severity: "error" })],
      fine: expect.arrayContaining([{ area: "tools", says: "tofu v1.12.6" }]),
      unknown: [{ area: "tools", says: "the version of helm", because: "it does not say one" }],
    });
  });
  it("asks nobody in a dry run, and shows the whole list", async () => {
    const run = (...args: readonly string[]) =>
      expectUntouched(folder, () =>
        runCli("gen", ["doctor", "--dry-run", ...args], { cwd: folder, env: { PATH: programs({}) } }),
      );
    const { code, stdout, stderr } = await run();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/TCP 22, 53, 80, 443, 445 at 172\.16\.1\.60-69\n[^]*dry run: nothing was asked/);
    expect(JSON.parse((await run("--json", "--skip", "tools,domains")).stdout)).toMatchObject({
      ok: true,
      asked: false,
      asks: expect.not.arrayContaining([expect.objectContaining({ area: "tools" })]),
    });
  });
  it("knows what can be left out", async () => {
    const { code, stderr } = await runCli("gen", ["doctor", "--only", "resolver"], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining("did you mean resolvers?")]);
  });
  it("is refused outside a repository, and explained by id anywhere", async () => {
    const nowhere = temporaryFolder("nowhere");
    expect((await runCli("gen", ["doctor"], { cwd: nowhere })).code).toBe(2);
    const { stdout, code } = await runCli("gen", ["explain", "doctor-resolver-rebind"], { cwd: nowhere });
    expect([code, stdout]).toEqual([0, expect.stringContaining("stop-dns-rebind")]);
  });
});
