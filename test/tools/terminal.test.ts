import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { isolatedEnvironment } from "../support/cli.ts";
import { startTerminal, type Terminal } from "../support/terminal.ts";
import { temporaryFolder } from "../support/workspace.ts";

function start(script: string, options: { readonly cols?: number; readonly rows?: number } = {}): Terminal {
  const cwd = temporaryFolder("terminal");
  const file = join(cwd, "script.mjs");
  writeFileSync(file, script);
  const terminal = startTerminal(process.execPath, [file], { cwd, env: isolatedEnvironment(), ...options });
  onTestFinished(() => terminal.kill());
  return terminal;
}

const KEYS = `
  process.stdin.setRawMode(true).on("data", (data) => {
    console.log("got " + JSON.stringify(String(data)));
    if (String(data) === "\\u0003") process.exit(130);
  });
  console.log("ready");`;

describe("a command in a terminal", () => {
  test("sees a terminal of the size asked for", async () => {
    const terminal = start(
      "console.log(process.stdin.isTTY, process.stdout.isTTY, process.stdout.columns, process.stdout.rows)",
      {
        cols: 72,
        rows: 20,
      },
    );
    await terminal.waitFor("true true 72 20");
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined });
  });

  test("gets text and keys and ends with its exit code", async () => {
    const terminal = start(KEYS);
    await terminal.waitFor("ready");
    terminal.type("homelab");
    await terminal.waitFor('got "homelab"');
    terminal.key("down");
    await terminal.waitFor('got "\\u001b[B"');
    terminal.key("enter");
    await terminal.waitFor('got "\\r"');
    terminal.key("ctrl-c");
    expect(await terminal.exit).toEqual({ code: 130, signal: undefined });
  });

  test("its screen is what a person sees, not what was printed", async () => {
    const terminal = start(
      'process.stdout.write("first\\nchoose a\\r\\u001b[2K\\u001b[1mchoose b\\u001b[0m\\n\\u001b[1A\\u001b[7Cc\\n")',
    );
    await terminal.exit;
    expect(terminal.screen()).toBe("first\nchoose c");
    expect(terminal.raw()).toContain("\u001b[1m");
  });

  test("a line longer than the terminal stays one line", async () => {
    const terminal = start('console.log("0123456789".repeat(4))', { cols: 25 });
    await terminal.exit;
    expect(terminal.screen()).toBe("0123456789".repeat(4));
  });

  test("what has scrolled off is still there", async () => {
    const terminal = start("for (let line = 0; line < 50; line++) console.log(`line ${line}.`)", { rows: 10 });
    await terminal.exit;
    expect(terminal.screen()).toMatch(/^line 0\.\n[^]*\nline 49\.$/);
  });

  test("learns of another size", async () => {
    const terminal = start(
      'process.stdout.on("resize", () => { console.log("now " + process.stdout.columns); }); console.log("ready"); process.stdin.resume()',
    );
    await terminal.waitFor("ready");
    terminal.resize(60, 20);
    await terminal.waitFor("now 60");
  });

  test("whether it left the cursor hidden can be told", async () => {
    const hidden = start('process.stdout.write("\\u001b[?25h\\u001b[?25l\\nx")');
    const shown = start('process.stdout.write("\\u001b[?25l\\nx\\u001b[?25h")');
    await Promise.all([hidden.exit, shown.exit]);
    expect([hidden.cursorVisible(), shown.cursorVisible()]).toEqual([false, true]);
  });
});

describe("waiting", () => {
  test("takes a regular expression and gives the screen", async () => {
    expect(await start("console.log('exit 7')").waitFor(/exit \d/)).toContain("exit 7");
  });

  test("ends at its deadline, showing the screen", async () => {
    const terminal = start("console.log('something else'); process.stdin.resume()");
    await terminal.waitFor("something else");
    await expect(terminal.waitFor("this", 50)).rejects.toThrow("50 ms went by and never showed this:\nsomething else");
  });

  test("ends when the command does", async () => {
    await expect(start("console.log('bye'); process.exit(3)").waitFor("this")).rejects.toThrow(
      "the command ended with 3 and never showed this:\nbye",
    );
  });

  test("a killed command ends with the signal", async () => {
    const terminal = start("console.log('ready'); process.stdin.resume()");
    await terminal.waitFor("ready");
    terminal.kill("SIGTERM");
    expect((await terminal.exit).signal).toBe(15);
  });
});
