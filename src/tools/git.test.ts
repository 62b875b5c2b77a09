import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { initialCommit, isInsideRepository, remoteUrl } from "./git.ts";

let home: string;

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "homelab-net-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("git", args, { cwd, encoding: "utf8", stdio: "pipe" }).trim();

// A machine with a git that nobody has configured.
beforeEach(() => {
  home = folderWith();
  vi.stubEnv("HOME", home);
  vi.stubEnv("XDG_CONFIG_HOME", home);
  vi.stubEnv("GIT_CONFIG_NOSYSTEM", "1");
  for (const name of ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"])
    vi.stubEnv(name, undefined);
  return () => vi.unstubAllEnvs();
});

const introduce = () => writeFileSync(join(home, ".gitconfig"), "[user]\n\tname = Ada\n\temail = ada@example.com\n");

const first = (...paths: readonly string[]) => ({ message: "first", branch: "main", paths });

describe("initialCommit", () => {
  test("commits the files it is given and no other, on main, as the user", async () => {
    introduce();
    const folder = folderWith({
      "homelab.yaml": "a\n",
      "docs/a.md": "",
      ".gitignore": "",
      "node_modules/a": "",
      key: "",
    });
    const result = await initialCommit(folder, {
      ...first("homelab.yaml", "docs/a.md", ".gitignore"),
      message: 'Describe "ragas"',
    });
    expect(result).toEqual({
      outcome: "committed",
      commit: git(folder, "rev-parse", "--short", "HEAD"),
      summary: "git repository, 1 commit",
    });
    expect(git(folder, "log", "--format=%an <%ae> %s")).toBe('Ada <ada@example.com> Describe "ragas"');
    expect(git(folder, "branch", "--show-current")).toBe("main");
    expect(git(folder, "ls-files").split("\n")).toEqual([".gitignore", "docs/a.md", "homelab.yaml"]);
    expect(git(folder, "status", "--porcelain")).toBe("?? key\n?? node_modules/");
  });

  test("also those that the user ignores everywhere", async () => {
    introduce();
    git(home, "config", "--global", "core.excludesFile", join(folderWith({ ignored: "*.yaml\n" }), "ignored"));
    const folder = folderWith({ "homelab.yaml": "a\n" });
    expect(await initialCommit(folder, first("homelab.yaml"))).toMatchObject({ outcome: "committed" });
    expect(git(folder, "ls-files")).toBe("homelab.yaml");
  });

  test("on another branch", async () => {
    introduce();
    const folder = folderWith({ a: "" });
    await initialCommit(folder, { ...first("a"), branch: "trunk" });
    expect(git(folder, "branch", "--show-current")).toBe("trunk");
  });

  test("an identity from the environment is one", async () => {
    for (const who of ["AUTHOR", "COMMITTER"]) {
      vi.stubEnv(`GIT_${who}_NAME`, "Grace");
      vi.stubEnv(`GIT_${who}_EMAIL`, "grace@example.com");
    }
    const folder = folderWith({ a: "" });
    expect(await initialCommit(folder, first("a"))).toMatchObject({ outcome: "committed" });
    expect(git(folder, "log", "--format=%an")).toBe("Grace");
  });

  test("inside somebody's hook, which points git elsewhere", async () => {
    introduce();
    vi.stubEnv("GIT_DIR", join(folderWith(), "elsewhere"));
    const folder = folderWith({ a: "" });
    expect(await initialCommit(folder, first("a"))).toMatchObject({ outcome: "committed" });
    vi.stubEnv("GIT_DIR", undefined);
    expect(git(folder, "ls-files")).toBe("a");
  });

  test("without an identity everything is staged, and no author is made up", async () => {
    const folder = folderWith({ a: "" });
    expect(await initialCommit(folder, first("a"))).toEqual({
      outcome: "staged",
      reason: "git does not know your name and e-mail address",
      commands: [
        'git config --global user.name "Your Name"',
        "git config --global user.email you@example.com",
        'git commit -m "first"',
      ],
      summary: "git repository, files staged but not committed: git does not know your name and e-mail address",
    });
    expect(git(folder, "status", "--porcelain")).toBe("A  a");
    expect(() => git(folder, "rev-parse", "HEAD")).toThrow();
  });

  test("a hook of the user that refuses leaves everything staged", async () => {
    introduce();
    const hooks = folderWith({ "pre-commit": "#!/bin/sh\necho 'no tickets, no commits' >&2\nexit 1\n" });
    chmodSync(join(hooks, "pre-commit"), 0o755);
    git(home, "config", "--global", "core.hooksPath", hooks);
    const folder = folderWith({ a: "" });
    expect(await initialCommit(folder, first("a"))).toMatchObject({
      outcome: "staged",
      reason: "git refused the commit: no tickets, no commits",
      commands: ['git commit -m "first"'],
    });
    expect(git(folder, "status", "--porcelain")).toBe("A  a");
  });

  test("nothing to commit is no commit", async () => {
    introduce();
    expect(await initialCommit(folderWith({ a: "" }), first())).toMatchObject({
      outcome: "staged",
      reason: "git found nothing to commit",
    });
  });

  test.each(["", "below/deeper"])("an existing repository is left alone: %j", async (below) => {
    introduce();
    const top = folderWith({ "below/deeper/a": "" });
    git(top, "init", "-q", "-b", "old");
    expect(await initialCommit(join(top, below), first("a"))).toEqual({
      outcome: "existing",
      top,
      summary: "part of an existing git repository, nothing committed",
    });
    expect(git(top, "status", "--porcelain")).toBe("?? below/");
    expect(git(top, "branch", "--show-current")).toBe("old");
  });

  test("without git", async () => {
    const folder = folderWith({ a: "" });
    vi.stubEnv("PATH", folder);
    const missing = {
      exitCode: 4,
      message: "git not found",
      hint: "install git, or make the repository without it: --no-git",
    };
    await expect(initialCommit(folder, first("a"))).rejects.toMatchObject(missing);
    await expect(isInsideRepository(folder)).rejects.toMatchObject(missing);
    expect(await remoteUrl(folder)).toBeUndefined();
  });
});

test("isInsideRepository, also of a folder that is still to be made", async () => {
  const folder = folderWith({ "below/a": "" });
  expect(await isInsideRepository(folder)).toBe(false);
  expect(await isInsideRepository(join(folder, "no/such"))).toBe(false);
  git(folder, "init", "-q");
  expect(await isInsideRepository(join(folder, "below"))).toBe(true);
  expect(await isInsideRepository(join(folder, "no/such"))).toBe(true);
});

describe("remoteUrl", () => {
  async function urlWith(...remotes: readonly (readonly [name: string, url: string])[]): Promise<string | undefined> {
    const folder = folderWith();
    git(folder, "init", "-q");
    for (const [name, url] of remotes) git(folder, "remote", "add", name, url);
    return remoteUrl(folder);
  }

  test.each([
    ["https://github.com/example/homelab.git", "https://github.com/example/homelab.git"],
    ["https://ada:token@github.com/example/homelab.git", "https://github.com/example/homelab.git"],
    ["https://token@github.com/example/homelab.git", "https://github.com/example/homelab.git"],
    ["git@github.com:example/homelab.git", "git@github.com:example/homelab.git"],
    ["ssh://git@host:2222/homelab.git", "ssh://git@host:2222/homelab.git"],
  ])("%s → %s", async (url, shown) => {
    expect(await urlWith(["origin", url])).toBe(shown);
  });

  test("origin before others, the only one, or none", async () => {
    expect(await urlWith(["a", "https://a/x"], ["origin", "https://o/x"])).toBe("https://o/x");
    expect(await urlWith(["a", "https://a/x"])).toBe("https://a/x");
    expect(await urlWith(["a", "https://a/x"], ["b", "https://b/x"])).toBeUndefined();
    expect(await urlWith()).toBeUndefined();
    expect(await remoteUrl(join(folderWith(), "no/such"))).toBeUndefined();
  });
});

test("a configuration that git cannot read is told before anything is written", async () => {
  writeFileSync(join(home, ".gitconfig"), "[broken\n");
  await expect(isInsideRepository(folderWith())).rejects.toMatchObject({
    exitCode: 4,
    message: expect.stringMatching(/^git does not work here: fatal: bad config/),
  });
});

test.each(["", "refs", "no/such"])("a bare repository is no place for files: %j", async (below) => {
  const folder = folderWith();
  git(folder, "init", "-q", "--bare");
  await expect(isInsideRepository(join(folder, below))).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining("git's own files"),
  });
});
