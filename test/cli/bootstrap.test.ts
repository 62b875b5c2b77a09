/** bootstrap/talos.sh as emitted, with a talosctl that answers what the test says and a sleep that does not. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { isolatedEnvironment, runHere } from "../support/cli.ts";
import { run, type RunResult } from "../support/run.ts";
import { temporaryFolder } from "../support/workspace.ts";

let repository: string;

beforeAll(async () => {
  const folder = temporaryFolder("bootstrap");
  await runHere("create-homelab-net", ["home", "--preset", "talos-cilium-envoy", "--yes", "--no-git"], { cwd: folder });
  repository = join(folder, "home");
});

/** `talosctl` is the body of a shell script; `$calls` counts how often it was called, from 1. */
async function bootstrap(step: string, talosctl: string): Promise<RunResult & { readonly waits: number }> {
  const bin = temporaryFolder("bin");
  mkdirSync(bin, { recursive: true });
  const program = (name: string, body: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\necho >>"${bin}/${name}.calls"\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program("talosctl", `calls=$(($(wc -l <"${bin}/talosctl.calls")))\n${talosctl}`);
  program("sleep", "exit 0");
  const env = isolatedEnvironment();
  const result = await run("bash", [join(repository, "bootstrap/talos.sh"), step], {
    cwd: repository,
    env: { ...env, PATH: `${bin}:${env["PATH"]}` },
  });
  const calls = join(bin, "sleep.calls");
  return { ...result, waits: existsSync(calls) ? readFileSync(calls, "utf8").length : 0 };
}

const REFUSED =
  'rpc error: code = Unavailable desc = connection error: "dial tcp 172.16.1.50:50000: connection refused"';

describe("bootstrap/talos.sh", () => {
  it("shows at once, and once, why it waits, and goes on when that has passed", async () => {
    const { code, stderr, waits } = await bootstrap(
      "kubeconfig",
      `[ "$calls" -lt 4 ] && { echo '${REFUSED} '"$calls" >&2; exit 1; }; exit 0`,
    );
    expect([code, waits]).toEqual([0, 3]);
    expect(stderr).toBe(`${REFUSED} 1\nTrying again every 5 seconds, up to 59 times\n`);
  });
  it.each([
    "rpc error: code = InvalidArgument desc = configuration validation failed: 1 error occurred",
    "unknown flag: --insecure",
    "error reading file: open talos/rendered/nodes/talos-cp-1.yaml: no such file or directory",
  ])("does not wait for %j to pass", async (message) => {
    const { code, stderr, waits } = await bootstrap("apply", `echo '${message}' >&2; exit 1`);
    expect([code, waits]).toEqual([1, 0]);
    expect(stderr).toBe(`${message}\nThis does not pass with time.\n`);
  });
  it("gives up in the end", async () => {
    const { code, stderr, waits } = await bootstrap("kubeconfig", `echo '${REFUSED}' >&2; exit 1`);
    expect([code, waits]).toEqual([1, 59]);
    expect(stderr).toMatch(/Gave up after 60 tries\n$/);
  });
  it("shows what a step that worked has to say", async () => {
    const { code, stdout } = await bootstrap("apply", "echo 'Applied configuration without a reboot' >&2");
    expect(code).toBe(0);
    expect(stdout).toContain("Configuring talos-cp-1 (172.16.1.50)\nApplied configuration without a reboot\n");
  });
});
