/** The state on two branches of a real git repository, put together by a real git. */
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repoPath } from "../model/names.ts";
import { stateHousekeeping } from "../tree/stateFolder.ts";
import { createTree } from "../tree/tree.ts";
import { applyChanges } from "./apply.ts";
import { temporaryFolder } from "./disk.fixture.ts";
import { packObject } from "./objects.ts";
import { recordOf } from "./record.ts";
import { readState, stateWrites } from "./state.ts";

interface Repository {
  readonly root: string;
  git(...args: readonly string[]): string;
  branch(name: string): void;
  remember(
    instance: string,
    files: Readonly<Record<string, string>>,
    more?: { readonly version?: string; readonly inputs?: Readonly<Record<string, unknown>> },
  ): Promise<void>;
}

async function repository(): Promise<Repository> {
  const root = temporaryFolder();
  const git = (...args: readonly string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", ...args],
      {
        cwd: root,
        encoding: "utf8",
        stdio: "pipe",
      },
    );
  git("init", "-q", "-b", "main");
  await applyChanges(
    root,
    [...stateHousekeeping].map(([path, content]) => ({ path, content })),
  );
  return {
    root,
    git,
    branch: (name) => void git("switch", "-q", "-c", name, "main"),
    async remember(instance, files, { version = "1.0.0", inputs = {} } = {}) {
      const state = readState(root);
      const previous = state.find("create", instance);
      const tree = createTree(
        Object.entries(files).map(([path, content]) => [repoPath(path), { content, kept: "managed", by: "x" }]),
      );
      const { record, texts } = recordOf({ generator: "create", instance, version, inputs, tree, previous });
      await applyChanges(root, stateWrites(state, record, texts));
      git("add", "-A");
      git("commit", "-q", "-m", instance);
    },
  };
}

const letters = ["a", "b", "c", "d", "e", "f"];
const files = (changes: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...Object.fromEntries(letters.map((letter) => [`${letter}.md`, `${letter}\n`])),
  ...changes,
});

/** Records as path → texts they may come from. */
function origins(root: string, instance = "network"): Readonly<Record<string, readonly string[]>> {
  const state = readState(root);
  const record = state.find("create", instance);
  return Object.fromEntries(
    [...(record?.files ?? [])].map(([path, { sha256: hash, alternatives = [] }]) => [
      path,
      [hash, ...alternatives].map((each) => state.text(each) ?? "lost").sort(),
    ]),
  );
}

describe.each(["merge", "rebase"])("%s never conflicts in the state", (how) => {
  const together = ({ git }: Repository) =>
    how === "merge" ? git("merge", "-q", "--no-edit", "one") : git("rebase", "-q", "one");

  test("two new instances, with a text in common", async () => {
    const repo = await repository();
    await repo.remember("network", files());
    repo.branch("one");
    await repo.remember("one.ragas.cc", { "one.md": "shared\n" });
    repo.branch("two");
    await repo.remember("two.ragas.cc", { "two.md": "shared\n" });
    together(repo);
    expect([origins(repo.root, "one.ragas.cc"), origins(repo.root, "two.ragas.cc")]).toEqual([
      { "one.md": ["shared\n"] },
      { "two.md": ["shared\n"] },
    ]);
  });

  test("neighbouring files generated anew", async () => {
    const repo = await repository();
    await repo.remember("network", files());
    repo.branch("one");
    await repo.remember("network", files({ "b.md": "one\n" }));
    repo.branch("two");
    await repo.remember("network", files({ "c.md": "two\n" }));
    together(repo);
    expect(origins(repo.root)).toEqual({
      ...origins(repo.root),
      "b.md": ["one\n"],
      "c.md": ["two\n"],
      "d.md": ["d\n"],
    });
  });

  test("the same file, files added at one place and removed beside, other inputs and versions", async () => {
    const repo = await repository();
    await repo.remember("network", files(), { inputs: { x: 1, y: 1 } });
    repo.branch("one");
    const { "d.md": _, ...withoutD } = files({ "b.md": "one\n", "b1.md": "new\n", "e.md": "one\n" });
    await repo.remember("network", withoutD, { version: "1.1.0", inputs: { x: 2, y: 1 } });
    repo.branch("two");
    await repo.remember("network", files({ "b.md": "two\n", "b2.md": "new\n", "c.md": "two\n" }), {
      version: "1.2.0",
      inputs: { x: 1, y: 2, z: 1 },
    });
    together(repo);
    const merged = origins(repo.root);
    expect(merged["b.md"]).toEqual(expect.arrayContaining(["one\n", "two\n"]));
    expect(merged).toMatchObject({ "b1.md": ["new\n"], "b2.md": ["new\n"], "c.md": ["two\n"], "a.md": ["a\n"] });
    expect(Object.values(merged).flat()).not.toContain("lost");
    expect(["1.1.0", "1.2.0"]).toContain(readState(repo.root).find("create", "network")?.version);
  });

  test("one instance new on both branches", async () => {
    const repo = await repository();
    await repo.remember("network", files());
    repo.branch("one");
    await repo.remember("app", { "app.md": "one\n" });
    repo.branch("two");
    await repo.remember("app", { "app.md": "two\n" });
    together(repo);
    expect(origins(repo.root, "app")).toEqual({ "app.md": ["one\n", "two\n"] });
  });
});

test("edits of different files need no merge driver, for Git hosts that ignore it", async () => {
  const repo = await repository();
  writeFileSync(join(repo.root, ".homelab-net/.gitattributes"), "");
  await repo.remember("network", files());
  repo.branch("one");
  await repo.remember("network", files({ "b.md": "one\n" }));
  repo.branch("two");
  await repo.remember("network", files({ "c.md": "two\n" }));
  repo.git("merge", "-q", "--no-edit", "one");
  expect(origins(repo.root)).toMatchObject({ "b.md": ["one\n"], "c.md": ["two\n"] });
});

test("what is being written is not git's business", async () => {
  const repo = await repository();
  await repo.remember("network", files());
  await applyChanges(repo.root, [{ path: repoPath("b.md"), content: "" }], {
    before() {
      expect(repo.git("status", "--porcelain", "--untracked-files=all", ".homelab-net")).toBe("");
    },
  });
});

test("what is remembered survives a git that converts line ends", async () => {
  const repo = await repository();
  repo.git("config", "core.autocrlf", "true");
  // Enough texts that some packed byte looks like a line end.
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`${index}.md`, `text ${index}\n`.repeat(index)]),
  );
  await repo.remember("network", many);
  expect(Object.values(many).some((text) => packObject(text).includes(10))).toBe(true);
  repo.git("rm", "-q", "-r", "--cached", ".");
  rmSync(join(repo.root, ".homelab-net"), { recursive: true });
  repo.git("reset", "-q", "--hard");
  expect(origins(repo.root)).toEqual(Object.fromEntries(Object.entries(many).map(([path, text]) => [path, [text]])));
});
