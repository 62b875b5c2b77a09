/** The guard on what is no text of ours: binary files, other encodings, names that no path here may have. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { isolatedEnvironment, runHere } from "../support/cli.ts";
import { repositories } from "../support/repository.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/workspace.ts";

const TOKEN = `ghp_${"aB3dE6gH9j".repeat(4)}`;
const NOISE = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 37) % 256));
const big = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();
const SECRET = "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData:\n  word: correct-horse\n";

const FILES: Readonly<Record<string, Uint8Array>> = {
  "state.db": Buffer.concat([NOISE, Buffer.from(TOKEN), NOISE]),
  "little.txt": Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`login ${TOKEN}\n`, "utf16le")]),
  "big.txt": Buffer.concat([Buffer.from([0xfe, 0xff]), big(`login ${TOKEN}\n`)]),
  "unmarked.txt": Buffer.from(`login ${TOKEN}\n`, "utf16le"),
  "secret.yaml": Buffer.from(`\uFEFF${SECRET}`, "utf16le"),
  "latin.env": Buffer.from("NAME=M\u00fcller\nDB_PASSWORD=correct-horse\n", "latin1"),
  "aux.txt": Buffer.from(TOKEN),
  "what?.txt": Buffer.from(TOKEN),
  "two\nlines\u001b[31m.txt": Buffer.from(TOKEN),
  "ends with a dot.": Buffer.from(TOKEN),
  ".homelab-net/notes.txt": Buffer.from(TOKEN),
  "node_modules/a/token.txt": Buffer.from(TOKEN),
};

const made = repositories();
let folder: string;
let git: (...args: readonly string[]) => Promise<unknown>;
beforeAll(async () => {
  folder = made.fresh();
  git = (...args) => run("git", args, { cwd: folder, env: isolatedEnvironment() });
  await git("init", "--quiet", "-b", "main");
  await git("add", "--all");
  await git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message", "first");
  for (const [name, bytes] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  writeFileSync(join(folder, "picture.bin"), NOISE);
  const outside = join(temporaryFolder("outside"), "token.txt");
  writeFileSync(outside, TOKEN);
  symlinkSync(outside, join(folder, "link.txt"));
  // What the list of ignored files names is carried all the same once it was added.
  await git("add", "--all", "--force");
}, 60_000);

const names = Object.keys(FILES).map((name) => name.replace(/\p{Cc}/gu, "\u{FFFD}"));

async function guarded(
  ...args: readonly string[]
): Promise<{ readonly files: readonly string[]; readonly text: string }> {
  const { stdout, stderr } = await runHere("gen", ["check", "--json", ...args], { cwd: folder });
  const { findings } = JSON.parse(stdout) as { findings: { id: string; places?: { file: string }[] }[] };
  const guard = findings.filter(({ id }) => /^SECRET-(?:PLAIN|TOKEN|PASSWORD|KEY)$/.test(id));
  return { files: guard.flatMap(({ places = [] }) => places.map(({ file }) => file)).sort(), text: stdout + stderr };
}

describe.each([["as it lies there"], ["as it is staged", "--staged"]])("what Git carries, %s", (_, ...args) => {
  it("is looked at whatever it is, and nothing that lies elsewhere", async () => {
    const { files, text } = await guarded(...args);
    expect(files).toEqual([...names].sort());
    expect(text).not.toMatch(/aB3dE|correct-horse/);
    expect(text).not.toContain("\u001b");
  });
});
