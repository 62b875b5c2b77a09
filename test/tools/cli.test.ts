import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { isolatedEnvironment, programFile, runCli, startCli } from "../support/cli.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const PROGRAM = `
  let input = "";
  for await (const text of process.stdin.setEncoding("utf8")) input += text;
  console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), input, env: process.env }));
  process.exitCode = 2;`;

function built(script: string): string {
  const folder = temporaryFolder("dist");
  writeFiles(folder, { "package.json": '{ "type": "module" }', "gen.js": script });
  return folder;
}

describe("running the program", () => {
  test("gives arguments, input and folder to it and its exit code back", async () => {
    const cwd = temporaryFolder();
    const result = await runCli("gen", ["check", "--json"], { cwd, input: "spec", dist: built(PROGRAM) });
    expect(result.code).toBe(2);
    expect(JSON.parse(result.stdout)).toMatchObject({ args: ["check", "--json"], cwd, input: "spec" });
  });

  test("hands over nothing of the person who runs the tests", async () => {
    vi.stubEnv("CI", "true");
    vi.stubEnv("NO_COLOR", "1");
    vi.stubEnv("HOMELAB_NET_NAME", "mine");
    const { stdout } = await runCli("gen", [], { cwd: temporaryFolder(), env: { EXTRA: "1" }, dist: built(PROGRAM) });
    vi.unstubAllEnvs();
    const { env } = JSON.parse(stdout) as { readonly env: Record<string, string> };
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(["CI"]));
    expect(env).toMatchObject({ EXTRA: "1", TZ: "UTC" });
    expect([env["NO_COLOR"], env["HOMELAB_NET_NAME"]]).toEqual([undefined, undefined]);
    expect(env["HOME"]).not.toBe(process.env["HOME"]);
  });

  test("in a terminal it has one", async () => {
    const dist = built("console.log('terminal', process.stdout.isTTY, process.env.CI); process.stdin.resume()");
    const terminal = startCli("gen", [], { cwd: temporaryFolder(), dist });
    onTestFinished(() => terminal.kill());
    await terminal.waitFor("terminal true undefined");
  });

  test("says what to do when it has not been built", () => {
    expect(() => programFile("create-homelab-net", built(""))).toThrow(
      /create-homelab-net\.js is not there: npm run build makes it/,
    );
  });
});

describe("git in the isolated environment", () => {
  const commit = async (
    env: Record<string, string>,
  ): Promise<{ readonly code: number | null; readonly author: string }> => {
    const cwd = temporaryFolder("git");
    await run("git", ["init", "--quiet"], { cwd, env });
    const { code } = await run("git", ["commit", "--quiet", "--allow-empty", "--message", "first"], { cwd, env });
    const { stdout } = await run("git", ["log", "--format=%an <%ae>"], { cwd, env });
    return { code, author: stdout.trim() };
  };

  test("commits as the test, or as nobody", async () => {
    expect(await commit(isolatedEnvironment())).toEqual({ code: 0, author: "Test <test@example.com>" });
    expect((await commit(isolatedEnvironment({ identity: false }))).code).not.toBe(0);
  });

  test("its home is a folder of its own each time", () => {
    const [one, two] = [isolatedEnvironment(), isolatedEnvironment()];
    expect(one["HOME"]).not.toBe(two["HOME"]);
    expect(readFileSync(join(one["HOME"] ?? "", ".gitconfig"), "utf8")).toContain("Test");
  });
});
