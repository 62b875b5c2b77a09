import { symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repoPath } from "../model/names.ts";
import { applyChanges } from "./apply.ts";
import { fill, modeOf, setMode, snapshot, systemError, temporaryFolderWith } from "./disk.fixture.ts";
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

describe("what is written", () => {
  test("creates, updates, removes, and leaves no trace of how", async () => {
    const root = temporaryFolderWith(before);
    const applied = await applyChanges(root, [
      { path: repoPath("old/deep/b.md"), remove: true, before: "b\n" },
      update,
      { path: repoPath("new/c.md"), content: "c\n" },
    ]);
    expect(applied).toEqual({ written: ["docs/a.md", "new/c.md"], removed: ["old/deep/b.md"], interrupted: false });
    const expected = temporaryFolderWith({
      ".homelab-net/.gitignore": "journal/\n",
      "docs/a.md": "two\n",
      "new/c.md": "c\n",
      "mine.txt": "mine\n",
    });
    expect(snapshot(root)).toEqual(snapshot(expected));
  });

  test("nothing where nothing would change", async () => {
    const root = temporaryFolderWith(before);
    const steps: Action[] = [];
    const applied = await applyChanges(
      root,
      [
        { path: a, content: "one\n", before: "one\n" },
        { path: a.replace("a.md", "A2.md") as typeof a, remove: true, before: "gone already\n" },
      ],
      { before: (action) => void steps.push(action) },
    );
    expect(applied).toEqual({ written: [], removed: [], interrupted: false });
    // The lock, taken and given back.
    expect(steps).not.toContain("rename");
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith(before)));
  });

  test("what is there already is no clash", async () => {
    const root = temporaryFolderWith(before);
    expect((await applyChanges(root, [{ path: a, content: "one\n" }])).written).toEqual([]);
  });

  test("a folder with other files in it stays", async () => {
    const root = temporaryFolderWith({ ...before, "old/deep/mine": "" });
    await applyChanges(root, [{ path: repoPath("old/deep/b.md"), remove: true, before: "b\n" }]);
    expect(Object.keys(snapshot(root))).toContain("old/deep/mine");
  });

  test("modes stay, and executable adds a bit wherever reading is allowed", async () => {
    const root = temporaryFolderWith({ private: "1", script: "1", shared: "1" });
    setMode(root, "private", 0o600);
    setMode(root, "script", 0o750);
    setMode(root, "shared", 0o640);
    await applyChanges(root, [
      { path: repoPath("private"), content: "2", before: "1" },
      { path: repoPath("script"), content: "2", before: "1" },
      { path: repoPath("shared"), content: "1", before: "1", executable: true },
      { path: repoPath("new.sh"), content: "", executable: true },
    ]);
    expect(["private", "script", "shared", "new.sh"].map((path) => modeOf(root, path))).toEqual([
      0o600, 0o750, 0o750, 0o755,
    ]);
  });

  test("overwrite replaces whatever file is there", async () => {
    const root = temporaryFolderWith(before);
    await applyChanges(root, [{ path: a, content: new Uint8Array([0, 255]), overwrite: true }]);
    expect(snapshot(root)["docs/a.md"]).toBe("644 \u0000\u00ff");
  });

  test("through a link to a folder inside, the link stays", async () => {
    const root = temporaryFolderWith({ "real/a.md": "one\n" });
    symlinkSync("real", join(root, "docs"));
    await applyChanges(root, [update, { path: repoPath("docs/new/b.md"), content: "b" }]);
    expect(snapshot(root)).toMatchObject({ docs: "→ real", "real/a.md": "644 two\n", "real/new/b.md": "644 b" });
  });
});

describe("when it fails after the change was noted down", () => {
  test("the next command finishes it", async () => {
    const root = temporaryFolderWith(before);
    const readOnly = failing("EACCES", (action, path) => action === "rename" && path.endsWith("a.md"));
    await expect(
      applyChanges(root, [{ path: repoPath("0.md"), content: "0" }, update], readOnly),
    ).rejects.toMatchObject({
      exitCode: 4,
      message:
        "cannot put the new files into place: your user may not do that there. The change is noted down and the next gen command finishes it.",
    });
    await expect(recover(root, readOnly)).rejects.toMatchObject({
      exitCode: 4,
      message:
        "cannot finish the change that was interrupted: your user may not do that there. It stays noted down, and the next command tries again.",
    });
    expect(await recover(root)).toEqual({ outcome: "finished", paths: ["0.md", "docs/a.md"], left: [] });
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith({ ...before, "0.md": "0", "docs/a.md": "two\n" })));
  });

  test("the next change finishes it first and says so", async () => {
    const root = temporaryFolderWith(before);
    await expect(
      applyChanges(
        root,
        [update],
        failing("EBUSY", (action, path) => action === "rename" && path.endsWith("a.md")),
      ),
    ).rejects.toMatchObject({ exitCode: 4 });
    const applied = await applyChanges(root, [{ path: a, content: "three\n", before: "two\n" }]);
    expect(applied.recovered).toEqual({ outcome: "finished", paths: ["docs/a.md"], left: [] });
    expect(snapshot(root)["docs/a.md"]).toBe("644 three\n");
  });

  test("a file somebody changes at that very moment is left alone, and told", async () => {
    const root = temporaryFolderWith(before);
    const hooks: Hooks = {
      before(action, path) {
        if (action === "rename" && path.endsWith("0.md"))
          fill(root, { "docs/a.md": "edited\n", "old/deep/b.md": "edited\n" });
      },
    };
    const writes: readonly Write[] = [
      { path: repoPath("0.md"), content: "0" },
      update,
      { path: repoPath("old/deep/b.md"), remove: true, before: "b\n" },
    ];
    await expect(applyChanges(root, writes, hooks)).rejects.toMatchObject({
      exitCode: 3,
      message:
        "changed on disk at the very moment of writing, and left as it is: docs/a.md, old/deep/b.md. Everything else is written.",
    });
    expect(snapshot(root)).toEqual(
      snapshot(temporaryFolderWith({ ...before, "0.md": "0", "docs/a.md": "edited\n", "old/deep/b.md": "edited\n" })),
    );
  });
});

test("any change leads from any tree to any other", async () => {
  const names = ["a", "b/c", "b/d/e", "f/g"].map((path) => repoPath(path));
  const tree = fc.dictionary(fc.constantFrom<string>(...names), fc.constantFrom("1", "2", ""));
  await fc.assert(
    fc.asyncProperty(tree, tree, async (old, next) => {
      const root = temporaryFolderWith({ ...old, mine: "mine" });
      const writes = names.flatMap((path): Write[] => {
        const [was, is] = [old[path], next[path]];
        if (is !== undefined) return [{ path, content: is, before: was }];
        return was === undefined ? [] : [{ path, remove: true, before: was }];
      });
      await applyChanges(root, writes);
      expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith({ ...next, mine: "mine" })));
    }),
    { numRuns: 40 },
  );
});
