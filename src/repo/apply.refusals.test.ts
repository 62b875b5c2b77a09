import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repoPath } from "../model/names.ts";
import { applyChanges } from "./apply.ts";
import { snapshot, systemError, temporaryFolder, temporaryFolderWith } from "./disk.fixture.ts";
import type { Action, Hooks } from "./effects.ts";
import { recover } from "./recover.ts";
import type { Write } from "./writes.ts";

const before = {
  ".homelab-net/.gitignore": "journal/\n",
  "docs/a.md": "one\n",
  "old/deep/b.md": "b\n",
  "mine.txt": "mine\n",
};
const a = repoPath("docs/a.md");
const update: Write = { path: a, content: "two\n", before: "one\n" };

const failing = (code: string, when: (action: Action, path: string) => boolean): Hooks => ({
  before(action, path) {
    if (when(action, path)) throw systemError(code);
  },
});

describe("what is refused, with nothing changed", () => {
  async function refused(root: string, writes: readonly Write[], error: object, hooks?: Hooks): Promise<void> {
    const untouched = snapshot(root);
    await expect(applyChanges(root, writes, hooks)).rejects.toMatchObject(error);
    expect(snapshot(root)).toEqual(untouched);
  }

  const rerun = "run the command again: it starts from the files as they are now";

  test.each<[string, Write, string]>([
    [
      "changed",
      { path: a, content: "two\n", before: "zero\n" },
      "docs/a.md has changed on disk since it was read. Nothing was written.",
    ],
    [
      "appeared",
      { path: a, content: "two\n" },
      "docs/a.md has changed on disk since it was read. Nothing was written.",
    ],
    [
      "vanished",
      { path: repoPath("no.md"), content: "two\n", before: "one\n" },
      "no.md has changed on disk since it was read. Nothing was written.",
    ],
    [
      "changed, to be removed",
      { path: a, remove: true, before: "zero\n" },
      "docs/a.md has changed on disk since it was read. Nothing was written.",
    ],
  ])("a file that %s since it was read", async (_, write, message) => {
    await refused(temporaryFolderWith(before), [write, { path: repoPath("new.md"), content: "" }], {
      exitCode: 3,
      message,
      hint: rerun,
    });
  });

  test("all of several files that changed are named", async () => {
    await refused(
      temporaryFolderWith(before),
      [
        { ...update, before: "x" },
        { path: repoPath("mine.txt"), content: "" },
      ],
      {
        exitCode: 3,
        message: "2 files have changed on disk since they were read: docs/a.md, mine.txt. Nothing was written.",
      },
    );
  });

  test("a file that changes while the others are being staged", async () => {
    const root = temporaryFolderWith(before);
    const hooks: Hooks = {
      before(action, path) {
        if (action === "write" && path.endsWith("/1")) writeFileSync(join(root, "docs/a.md"), "edited\n");
      },
    };
    await expect(applyChanges(root, [update, { path: repoPath("new.md"), content: "" }], hooks)).rejects.toMatchObject({
      exitCode: 3,
      hint: rerun,
    });
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith({ ...before, "docs/a.md": "edited\n" })));
  });

  test("a path outside, through a link", async () => {
    const outside = temporaryFolder();
    const root = temporaryFolderWith(before);
    symlinkSync(outside, join(root, "linked"));
    await refused(root, [update, { path: repoPath("linked/a"), content: "" }], { exitCode: 2 });
    expect(snapshot(outside)).toEqual({});
  });

  test("two paths that are one file through a link", async () => {
    const root = temporaryFolderWith(before);
    symlinkSync("docs", join(root, "pages"));
    await refused(root, [update, { path: repoPath("pages/a.md"), content: "x", before: "one\n" }], {
      exitCode: 2,
      message: "docs/a.md and pages/a.md are one file here, through a symbolic link, and have to be two",
    });
  });

  test("a path that is written twice is our bug", async () => {
    await expect(applyChanges(temporaryFolderWith(before), [update, update])).rejects.toThrow(
      "docs/a.md is written twice in one change",
    );
  });

  test.each([
    ["ENOSPC", "cannot write docs/a.md: the disk is full. Nothing was changed.", "make room and run the command again"],
    [
      "EDQUOT",
      "cannot write docs/a.md: your disk quota is used up. Nothing was changed.",
      "make room and run the command again",
    ],
    [
      "EIO",
      "cannot write docs/a.md: the disk reports an error. Nothing was changed.",
      "look at the disk, then run the command again",
    ],
  ])("%s while staging", async (code, message, hint) => {
    await refused(
      temporaryFolderWith(before),
      [update],
      { exitCode: 4, message, hint },
      failing(code, (action, path) => action === "write" && path.endsWith("/0")),
    );
  });

  test("a full disk before the first file", async () => {
    const none = temporaryFolderWith({ "mine.txt": "" });
    await refused(
      none,
      [{ path: a, content: "" }],
      { exitCode: 4, message: "cannot write .homelab-net/lock: the disk is full. Nothing was changed." },
      failing("ENOSPC", (action) => action === "write"),
    );
    await refused(
      none,
      [{ path: a, content: "" }],
      { exitCode: 4, message: "cannot note down what is to be written: the disk is full. Nothing was changed." },
      failing("ENOSPC", (_, path) => path.endsWith("manifest.part")),
    );
  });

  test.each([
    ["EACCES", "cannot write docs/a.md: your user may not do that there. Nothing was changed."],
    ["EROFS", "cannot write docs/a.md: the file system is mounted read-only. Nothing was changed."],
  ])("a folder that may not be written: %s", async (code, message) => {
    await refused(
      temporaryFolderWith(before),
      [update],
      { exitCode: 4, message },
      failing(code, (action, path) => action === "access" && path.endsWith("/docs")),
    );
  });

  test("a bug of ours is no fault of the disk", async () => {
    const hooks: Hooks = {
      before(action, path) {
        if (action === "write" && path.endsWith("/0")) throw new TypeError("bug");
      },
    };
    await refused(temporaryFolderWith(before), [update], { name: "TypeError" }, hooks);
  });

  test.each([
    [".homelab-net", ".homelab-net is a symbolic link, and has to be a folder: what gen remembers lies there"],
    [
      ".homelab-net/journal",
      ".homelab-net/journal is a symbolic link, and has to be a folder: what gen remembers lies there",
    ],
  ])("%s behind a link", async (path, message) => {
    const outside = temporaryFolder();
    const root = temporaryFolderWith({ "docs/a.md": "one\n" });
    if (path !== ".homelab-net") mkdirSync(join(root, ".homelab-net"));
    symlinkSync(outside, join(root, path));
    await refused(root, [update], { exitCode: 2, message });
    await expect(recover(root)).rejects.toMatchObject({ exitCode: 2, message });
    expect(snapshot(outside)).toEqual({});
  });
});
