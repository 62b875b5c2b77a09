import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { snapshot, systemError, temporaryFolder, temporaryFolderWith } from "./disk.fixture.ts";
import { sha256 } from "./hash.ts";
import { recover } from "./recover.ts";

const kept = { ".homelab-net/.gitignore": "", "a.md": "one\n", "b.md": "b\n" };
const journal = (steps: unknown, more: Readonly<Record<string, string>> = {}) => ({
  ...kept,
  ".homelab-net/journal/1/manifest.json": JSON.stringify({ format: 1, steps }),
  ...more,
});
const step = { path: "a.md", before: sha256("one\n"), after: sha256("two\n") };
const staged = { ".homelab-net/journal/1/0": "two\n" };

test.each([
  ["no state folder", { "a.md": "" }],
  ["a tidy one", kept],
])("nothing to recover, nothing written: %s", async (_, files) => {
  const root = temporaryFolderWith(files);
  const steps: string[] = [];
  expect(await recover(root, { before: (action) => void steps.push(action) })).toBeUndefined();
  expect(steps).toEqual([]);
});

describe("a complete journal is finished", () => {
  test("with what it had still to do", async () => {
    const root = temporaryFolderWith(journal([step, { path: "b.md", before: sha256("b\n") }], staged));
    expect(await recover(root)).toEqual({ outcome: "finished", paths: ["a.md", "b.md"], left: [] });
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith({ ".homelab-net/.gitignore": "", "a.md": "two\n" })));
  });

  test("but a file somebody edited since is theirs", async () => {
    const root = temporaryFolderWith({
      ...journal([step, { path: "b.md", before: sha256("other\n") }], staged),
      "a.md": "mine\n",
    });
    expect(await recover(root)).toEqual({ outcome: "finished", paths: ["a.md", "b.md"], left: ["a.md", "b.md"] });
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith({ ...kept, "a.md": "mine\n" })));
  });

  test("and is still known as that when clearing up is cut short", async () => {
    const root = temporaryFolderWith({ ...journal([step], staged), "a.md": "two\n" });
    const hooks = {
      before(action: string, path: string) {
        if (action === "remove" && path.endsWith("/1/0")) throw systemError("EIO");
      },
    };
    await expect(recover(root, hooks)).rejects.toMatchObject({ exitCode: 4 });
    expect(await recover(root)).toEqual({ outcome: "finished", paths: ["a.md"], left: [] });
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith({ ...kept, "a.md": "two\n" })));
  });

  test("a file that was in place before and edited since is nobody's business", async () => {
    const root = temporaryFolderWith({ ...journal([step]), "a.md": "mine\n" });
    expect(await recover(root)).toEqual({ outcome: "finished", paths: ["a.md"], left: [] });
  });
});

test("an incomplete one is undone, with the paths it was about", async () => {
  const root = temporaryFolderWith({
    ...kept,
    ".homelab-net/journal/1/manifest.part": JSON.stringify({ format: 1, steps: [step] }),
    ...staged,
  });
  expect(await recover(root)).toEqual({ outcome: "undone", paths: ["a.md"], left: [] });
  expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith(kept)));
});

test("two of them are both dealt with, the older one first", async () => {
  const second = { path: "a.md", before: sha256("two\n"), after: sha256("three\n") };
  const root = temporaryFolderWith({
    ...journal([step], staged),
    ".homelab-net/journal/10/manifest.part": JSON.stringify({ format: 1, steps: [{ path: "b.md" }] }),
    ".homelab-net/journal/2/manifest.json": JSON.stringify({ format: 1, steps: [second] }),
    ".homelab-net/journal/2/0": "three\n",
  });
  expect(await recover(root)).toEqual({ outcome: "finished", paths: ["a.md", "b.md"], left: [] });
  expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith({ ...kept, "a.md": "three\n" })));
});

describe("a journal somebody else wrote", () => {
  test.each([
    ["a path outside", [{ ...step, path: "../a.md" }]],
    ["an absolute path", [{ ...step, path: "/etc/passwd" }]],
    ["a path with backslashes", [{ ...step, path: "..\\a.md" }]],
    ["a hash that is none", [{ ...step, before: "x" }]],
    ["steps that are none", [null]],
    ["no list", {}],
  ])("with %s changes nothing", async (_, steps) => {
    const root = temporaryFolderWith(journal(steps, staged));
    const untouched = snapshot(root);
    await expect(recover(root)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(
        ".homelab-net/journal holds an interrupted change that cannot be read",
      ) as string,
      hint: expect.stringContaining("remove the folder .homelab-net/journal") as string,
    });
    expect(snapshot(root)).toEqual(untouched);
  });

  test.each(["{ torn", "", "[]", '{"format":2,"steps":[]}'])("that says %j changes nothing", async (text) => {
    await expect(
      recover(temporaryFolderWith({ ...kept, ".homelab-net/journal/1/manifest.json": text })),
    ).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  test("reaches nothing outside through a link, and nothing of git's", async () => {
    const outside = temporaryFolder();
    const out = temporaryFolderWith(journal([{ path: "link/a.md", after: sha256("two\n") }], staged));
    symlinkSync(outside, join(out, "link"));
    await expect(recover(out)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("leads out of the repository") as string,
    });
    expect(snapshot(outside)).toEqual({});
    const git = temporaryFolderWith(journal([{ path: ".git/hooks/pre-commit", after: sha256("two\n") }], staged));
    await expect(recover(git)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("git's own folder") as string,
    });
    expect(Object.keys(snapshot(git))).not.toContain(".git/");
  });
});
