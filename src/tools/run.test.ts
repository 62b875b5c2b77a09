import { describe, expect, onTestFinished, test } from "vitest";
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.ts";

const node = (script: string, ...args: readonly string[]) => ["-e", script, "--", ...args];

describe("run", () => {
  test("gives exit code and both outputs as they are", async () => {
    const script = 'process.stdout.write("out\\n\\n"); process.stderr.write("err\\n"); process.exitCode = 3';
    expect(await run(process.execPath, node(script))).toEqual({ exitCode: 3, stdout: "out\n\n", stderr: "err\n" });
  });

  test("hands arguments over as they are", async () => {
    const args = ["a b", "$HOME", "; exit 1", "*", '"', "ü", ""];
    const { stdout } = await run(process.execPath, node("console.log(JSON.stringify(process.argv.slice(1)))", ...args));
    expect(JSON.parse(stdout)).toEqual(args);
  });

  test("standard input is what was given, and empty otherwise", async () => {
    const echo = node("process.stdin.pipe(process.stdout)");
    expect((await run(process.execPath, echo, { input: "secret\n" })).stdout).toBe("secret\n");
    expect((await run(process.execPath, echo)).stdout).toBe("");
  });

  test("in the given folder", async () => {
    const cwd = realpathSync(tmpdir());
    expect((await run(process.execPath, node("process.stdout.write(process.cwd())"), { cwd })).stdout).toBe(cwd);
  });

  test("a program that is missing, with how to get it", async () => {
    await expect(run("no-such-program", [])).rejects.toMatchObject({
      exitCode: 4,
      message: "no-such-program not found",
      hint: "install no-such-program, or look at what PATH says",
    });
    await expect(run("no-such-program", [], { install: "mise install" })).rejects.toMatchObject({
      hint: "mise install",
    });
  });

  test("a folder that is missing is no missing program", async () => {
    await expect(run(process.execPath, [], { cwd: join(tmpdir(), "no", "such") })).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining("could not be run") as string,
    });
  });

  test("a file that is no program", async () => {
    const temporary = mkdtempSync(join(tmpdir(), "homelab-net-"));
    onTestFinished(() => rmSync(temporary, { recursive: true }));
    const file = join(temporary, "tool");
    writeFileSync(file, "text");
    chmodSync(file, 0o644);
    await expect(run(file, [])).rejects.toMatchObject({
      exitCode: 4,
      message: `${file} is there but may not be executed`,
    });
  });

  test("a program that takes too long, or is killed", async () => {
    await expect(run(process.execPath, node("setInterval(() => {}, 1000)"), { timeout: 200 })).rejects.toMatchObject({
      exitCode: 4,
      message: `${process.execPath} did not answer within 0.2 seconds and was stopped`,
    });
    await expect(run(process.execPath, node("process.kill(process.pid, 'SIGKILL')"))).rejects.toMatchObject({
      exitCode: 4,
      message: `${process.execPath} was ended by SIGKILL`,
    });
  });
});
