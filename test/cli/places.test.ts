/** Folders that are no place for a repository, and what is left alone in those that are. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isolatedEnvironment, runCli } from "../support/cli.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";

const PRESET = ["--preset", "talos-cilium-envoy", "--yes"] as const;

const create = (cwd: string, ...args: readonly string[]) => runCli("create-homelab-net", [...args, ...PRESET], { cwd });
const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("git", args, { cwd, encoding: "utf8", env: isolatedEnvironment() }).trim();

describe("no repository is made", () => {
  it.each([
    ["file", "it is a file"],
    ["file/below", "is a file"],
    ["loop", "a symbolic link that leads to no folder"],
    [".git/below", "that is git's own folder"],
    ["bare", "lies among git's own files"],
    ["bare/below", "lies among git's own files"],
    ["two\nlines", "the name has a control character"],
  ])("at %j", async (at, message) => {
    const folder = temporaryFolder("place");
    writeFileSync(join(folder, "file"), "");
    symlinkSync("loop", join(folder, "loop"));
    git(folder, "init", "-q", "--bare", "bare");
    const { code, stderr } = await expectUntouched(folder, () => create(folder, at));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
  it("where files would be overwritten, which a dry run says as well", async () => {
    const folder = temporaryFolder("clash");
    mkdirSync(join(folder, "home"));
    writeFileSync(join(folder, "home/homelab.yaml"), "mine\n");
    const { code, stderr } = await expectUntouched(folder, () => create(folder, "home", "--dry-run"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("a file stands in the way")]);
    expect((await expectUntouched(folder, () => create(folder, "home", "--dry-run", "--force"))).code).toBe(0);
  });
  it("while git cannot read its configuration", async () => {
    const folder = temporaryFolder("configuration");
    const config = join(temporaryFolder("config"), "config");
    writeFileSync(config, "[broken\n");
    const env = { GIT_CONFIG_GLOBAL: config };
    const { code, stderr } = await expectUntouched(folder, () =>
      runCli("create-homelab-net", ["home", ...PRESET], { cwd: folder, env }),
    );
    expect([code, stderr]).toEqual([4, expect.stringContaining("git does not work here: fatal: bad config")]);
  });
});

describe("a folder with files of somebody", () => {
  it("gets a repository whose first commit has none of them", async () => {
    const folder = temporaryFolder("files");
    mkdirSync(join(folder, "node_modules"));
    writeFileSync(join(folder, "node_modules/a.js"), "");
    writeFileSync(join(folder, "notes.txt"), "mine\n");
    expect((await create(folder, ".")).code).toBe(0);
    expect(git(folder, "status", "--porcelain").split("\n").sort()).toEqual(["?? node_modules/", "?? notes.txt"]);
  });
});

describe("the lines to copy", () => {
  it.each([
    ["with space", "1. cd 'with space'", "--config 'with space/homelab.yaml' --yes"],
    ["it's", "1. cd 'it'\\''s'", "--config 'it'\\''s/homelab.yaml' --yes"],
    [".", "2. git remote add", "--config homelab.yaml --yes"],
  ])("can be copied for %j", async (at, first, again) => {
    const { stderr } = await create(temporaryFolder("words"), at);
    expect(stderr).toContain(first);
    expect(stderr).toContain(again);
  });
});
