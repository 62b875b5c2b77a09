/** A made repository to change, by hand and by gen. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect } from "vitest";
import { repoPath } from "../../src/model/names.ts";
import { recordOf } from "../../src/repo/record.ts";
import { readState, stateFiles } from "../../src/repo/state.ts";
import { runHere } from "./cli.ts";
import { expectUntouched, temporaryFolder } from "./workspace.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";

export interface Repositories {
  /** As it was made. Not to be changed. */
  readonly template: string;
  /** A copy of it. */
  fresh(): string;
}

/** One repository for all tests of a file: of the plain network, or of what is said instead. */
export function repositories(...source: readonly string[]): Repositories {
  let template = "";
  beforeAll(async () => {
    const folder = temporaryFolder("template");
    const from = source.length === 0 ? ["--config", REFERENCE_FILE] : source;
    const made = await runHere("create-homelab-net", ["home", ...from, "--yes", "--no-git"], { cwd: folder });
    expect(made.code, made.stderr).toBe(0);
    template = join(folder, "home");
  });
  return {
    get template() {
      return template;
    },
    fresh() {
      const folder = temporaryFolder("repository");
      cpSync(template, folder, { recursive: true });
      return folder;
    },
  };
}

export const gen = (cwd: string, ...args: readonly string[]) => runHere("gen", args, { cwd });

export const textAt = (folder: string, path: string): string => readFileSync(join(folder, path), "utf8");

/** As with an editor: what is replaced must be there. */
export function edit(folder: string, path: string, from: string | RegExp, to: string): string {
  const before = textAt(folder, path);
  const after = before.replace(from, () => to);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, path), after);
  return after;
}

/** Both commands find nothing left to do. */
export async function expectInLine(folder: string): Promise<void> {
  await expectUntouched(folder, async () => {
    const [again, shown] = [await gen(folder, "apply", "--yes"), await gen(folder, "diff")];
    expect([again.code, shown.code], `${again.stderr}${shown.stdout}`).toEqual([0, 0]);
    expect(again.stderr).toContain("nothing to do");
    expect(shown.stdout).toBe("");
  });
}

/** The repository as a program would have left it that generated `text` for `path`, or that had another version. */
export function rememberInstead(folder: string, { path, text, version }: Remembered): void {
  const previous = readState(folder).find("create", "network");
  if (previous === undefined) throw new Error("no record");
  const tree = new Map(
    path === undefined ? [] : [[repoPath(path), { content: text ?? "", kept: "managed", by: "x" }] as const],
  );
  const { record, texts } = recordOf({ ...previous, ...(version !== undefined && { version }), tree, previous });
  const files = stateFiles({ ...record, files: new Map([...previous.files, ...record.files]) }, texts);
  for (const [at, content] of files) {
    mkdirSync(dirname(join(folder, at)), { recursive: true });
    writeFileSync(join(folder, at), content);
  }
}

interface Remembered {
  readonly path?: string;
  readonly text?: string;
  readonly version?: string;
}
