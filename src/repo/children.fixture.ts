/** Starts interrupted.fixture.ts as a program: bundled first, since the oldest supported Node reads no TypeScript. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { fill, temporaryFolder } from "./disk.fixture.ts";
import { scenarios, type ScenarioName } from "./scenarios.fixture.ts";

export interface Program {
  start(scenario: ScenarioName, folder: string, step: number, deed: string): Child;
  remove(): void;
}

export interface Child {
  readonly pid: number;
  /** Resolves with the first word it says. */
  readonly says: Promise<string>;
  goOn(): void;
  readonly ended: Promise<{ readonly said: string; readonly signal: NodeJS.Signals | null }>;
}

export async function buildProgram(): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "homelab-net-program-"));
  const file = join(folder, "interrupted.mjs");
  const bundle = await rolldown({
    input: join(import.meta.dirname, "interrupted.fixture.ts"),
    platform: "node",
    logLevel: "silent",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  return {
    remove: () => rmSync(folder, { recursive: true, force: true }),
    start(scenario, at, step, deed) {
      const child = spawn(process.execPath, [file, scenario, at, String(step), deed], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
      return {
        pid: child.pid ?? 0,
        says: once(child.stdout, "data").then(([text]) => String(text).trim()),
        goOn: () => child.stdin.end("go\n"),
        ended: once(child, "close").then(([, signal]) => ({
          said: said.trim(),
          signal: signal as NodeJS.Signals | null,
        })),
      };
    },
  };
}

/** A folder as it is before a scenario. */
export function folderBefore(name: ScenarioName): string {
  const folder = temporaryFolder();
  fill(folder, scenarios[name].before);
  if (name === "create in an empty folder") cpSync(temporaryFolder(), join(folder, "empty"), { recursive: true });
  return folder;
}
