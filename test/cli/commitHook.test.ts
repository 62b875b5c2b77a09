/** The hook of the repository, run by git itself: what is staged is looked at, and nothing else. */
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packObject } from "../../src/repo/objects.ts";
import { reference } from "../fixtures/reference.ts";
import { isolatedEnvironment, onlyGit, programFile, runCli, runHere } from "../support/cli.ts";
import { repositories, textAt } from "../support/repository.ts";
import { run, type RunResult } from "../support/run.ts";
import { onPath } from "../support/tools.ts";
import { temporaryFolder } from "../support/workspace.ts";

const TOKEN = `ghp_${"aB3dE6gH9j".repeat(4)}`;
const made = repositories();

/** Git, a shell, and what else is named: a machine on which the rest is not installed. */
function programs(others: Readonly<Record<string, string>> = {}): string {
  const folder = onlyGit();
  for (const name of ["sh", "env", "rm", "cat"])
    symlinkSync(onPath(name, process.env["PATH"] ?? "") ?? "", join(folder, name));
  for (const [name, text] of Object.entries(others)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const ours = (): string => `#!/bin/sh\nexec "${process.execPath}" "${programFile("gen")}" "$@"\n`;

interface Work {
  readonly folder: string;
  git(...args: readonly string[]): Promise<RunResult>;
  write(path: string, text: string): void;
  commits(): Promise<string>;
}

function workIn(folder: string, top: string, path: string): Work {
  const env = { ...isolatedEnvironment(), PATH: path };
  const git = (...args: readonly string[]) => run("git", args, { cwd: top, env });
  return {
    folder,
    git,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    commits: async () => (await git("rev-list", "--count", "HEAD")).stdout.trim(),
  };
}

/** A repository with one commit and the hook switched on, as its page says. */
async function repository({ below = "", path = programs({ gen: ours() }) } = {}): Promise<Work> {
  const top = below === "" ? made.fresh() : temporaryFolder("top");
  const folder = join(top, below);
  if (below !== "") {
    await run("git", ["init", "--quiet", "-b", "main", "."], { cwd: top, env: isolatedEnvironment() });
    const from = ["--config", "-", "--set", `repository.path=${below}`, "--yes"];
    const result = await runCli("create-homelab-net", [".", ...from], { cwd: top, input: reference });
    expect(result.code, result.stderr).toBe(0);
  }
  const work = workIn(folder, top, path);
  if (below === "") await work.git("init", "--quiet", "-b", "main");
  await work.git("add", "--all");
  expect((await work.git("commit", "--quiet", "--message", "first")).code).toBe(0);
  const [line] = /git config core\.hooksPath \S+/.exec(textAt(folder, "docs/security.md")) ?? [];
  await work.git(...(line ?? "").split(" ").slice(1));
  return work;
}

describe("the hook", () => {
  let work: Work;
  beforeAll(async () => {
    work = await repository();
  });

  it("lets through what carries no secret", async () => {
    work.write("docs/notes/day.md", "a day\n");
    await work.git("add", "--all");
    const { code, stderr } = await work.git("commit", "--message", "a day");
    expect([code, stderr, await work.commits()]).toEqual([0, "", "2"]);
  });

  it("refuses a token, says where, and shows none of it", async () => {
    work.write("docs/notes/day.md", `login: ${TOKEN}\n`);
    await work.git("add", "--all");
    const { code, stdout, stderr } = await work.git("commit", "--message", "oh");
    expect(code).toBe(1);
    expect(stderr).toContain("docs/notes/day.md holds a token of GitHub");
    expect(stderr).toContain("nothing is committed");
    expect(`${stdout}${stderr}`).not.toContain(TOKEN.slice(4, 12));
    expect(await work.commits()).toBe("2");
  });

  it("looks at what is staged, not at what lies there", async () => {
    // Staged with the token, clean on disk.
    work.write("docs/notes/day.md", "a day\n");
    expect((await work.git("commit", "--message", "oh")).code).toBe(1);
    // Clean where it is staged, the token only on disk.
    await work.git("add", "--all");
    work.write("docs/notes/other.md", "another\n");
    await work.git("add", "--all");
    work.write("docs/notes/other.md", `${TOKEN}\n`);
    expect((await work.git("commit", "--message", "another")).code).toBe(0);
  });

  it.each([["--all"], ["docs/notes/other.md"], ["--amend", "docs/notes/other.md"]])(
    "looks at what commit %s takes",
    async (...args) => {
      const { code, stderr } = await work.git("commit", "--message", "oh", ...args);
      expect([code, stderr]).toEqual([1, expect.stringContaining("docs/notes/other.md holds a token of GitHub")]);
      await work.git("reset", "--quiet");
    },
  );

  it("finds the Secret that a file of a list becomes", async () => {
    work.write("secrets/kustomization.yaml", "secretGenerator: [{ name: a, files: [word.txt] }]\n");
    work.write("secrets/word.txt", "CHANGE_ME\n");
    await work.git("add", "secrets");
    expect((await work.git("commit", "--message", "a list")).code).toBe(0);
    work.write("secrets/word.txt", "open sesame\n");
    await work.git("add", "secrets");
    const { code, stderr } = await work.git("commit", "--message", "oh");
    expect([code, stderr]).toEqual([1, expect.stringContaining("Secret a is made of word.txt")]);
    await work.git("reset", "--quiet", "--hard");
  });

  it("says nothing of what was committed before", async () => {
    work.write(".env", "PASSWORD=hunter2\n");
    await work.git("add", "--all");
    expect((await work.git("commit", "--no-verify", "--message", "oh")).code).toBe(0);
    work.write("docs/notes/day.md", "the day after\n");
    await work.git("add", "docs");
    expect((await work.git("commit", "--message", "after")).code).toBe(0);
    // A check of all files does, as CI runs it.
    const { code, stdout } = await runHere("gen", ["check"], { cwd: work.folder });
    expect([code, stdout]).toEqual([2, expect.stringContaining(".env holds PASSWORD in plain text")]);
  });

  it("looks at what gen remembers, also where that is compressed", async () => {
    const base = ".homelab-net/objects/ab/cdef";
    mkdirSync(dirname(join(work.folder, base)), { recursive: true });
    writeFileSync(join(work.folder, base), packObject(`login: ${TOKEN}\n`));
    work.write(".homelab-net/state/create/notes.txt", `login: ${TOKEN}\n`);
    const both = [base, ".homelab-net/state/create/notes.txt"].map((path) => `${path} holds a token of GitHub`);
    // As CI asks, before it is staged.
    const { code, stdout } = await runHere("gen", ["check"], { cwd: work.folder });
    expect(code).toBe(2);
    for (const one of both) expect(stdout).toContain(one);
    expect(stdout).not.toContain(TOKEN.slice(4, 12));
    await work.git("add", "--all");
    const commit = await work.git("commit", "--message", "oh");
    expect(commit.code).toBe(1);
    for (const one of both) expect(commit.stderr).toContain(one);
    await work.git("reset", "--quiet", "--hard");
  });

  it("takes files that are binary, links, removed, and called anything", async () => {
    writeFileSync(join(work.folder, "picture.png"), Buffer.from([0x89, 0x50, 0, 0xff, 0xfe, 0x0a]));
    work.write("a name with spaces, ü and\ttab.md", "text\n");
    symlinkSync("/etc/passwd", join(work.folder, "link"));
    rmSync(join(work.folder, ".env"));
    await work.git("add", "--all");
    const { code, stderr } = await work.git("commit", "--message", "all sorts");
    expect([code, stderr]).toEqual([0, ""]);
    work.write("a name with spaces, ü and\ttab.md", `${TOKEN}\n`);
    expect((await work.git("commit", "--all", "--message", "oh")).code).toBe(1);
    await work.git("checkout", "--", ".");
  });
  it("works in a work tree of its own", async () => {
    const other = join(temporaryFolder("other"), "tree");
    await work.git("worktree", "add", "--quiet", other);
    const there = workIn(other, other, programs({ gen: ours() }));
    there.write("docs/notes/day.md", `${TOKEN}\n`);
    expect((await there.git("commit", "--all", "--message", "oh")).code).toBe(1);
  });
});

it("works for the first commit of all, and below the top of a larger repository", async () => {
  const work = await repository({ below: "net" });
  work.write("docs/notes/day.md", "a day\n");
  await work.git("add", "--all");
  const clean = await work.git("commit", "--message", "a day");
  expect([clean.code, clean.stderr]).toEqual([0, ""]);
  work.write("docs/notes/day.md", `${TOKEN}\n`);
  const refused = await work.git("commit", "--all", "--message", "oh");
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining("docs/notes/day.md holds a token of GitHub"),
  ]);
});

describe("without gen", () => {
  it("refuses, and says what brings it", async () => {
    const work = await repository({ path: programs() });
    work.write("docs/notes/day.md", "a day\n");
    await work.git("add", "--all");
    const { code, stderr } = await work.git("commit", "--message", "a day");
    expect([code, stderr]).toEqual([1, expect.stringContaining("mise install brings it")]);
  });
  it("takes the one that mise has, and lets mise install nothing", async () => {
    const tools = temporaryFolder("mise");
    mkdirSync(join(tools, "bin"));
    writeFileSync(join(tools, "bin/gen"), ours(), { mode: 0o755 });
    const mise = `#!/bin/sh\n[ "$1" = where ] || { echo "$*" >"${tools}/asked"; exit 1; }\n[ "$2" = node ] || echo "${tools}"\n`;
    const work = await repository({ path: programs({ mise }) });
    work.write("docs/notes/day.md", `${TOKEN}\n`);
    await work.git("add", "--all");
    const { code, stderr } = await work.git("commit", "--message", "oh");
    expect([code, stderr]).toEqual([1, expect.stringContaining("a token of GitHub")]);
    expect(() => readFileSync(join(tools, "asked"))).toThrow(/ENOENT/);
  });
});
