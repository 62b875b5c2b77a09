import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UserError } from "../model/errors.ts";
import { repoPath } from "../model/names.ts";
import { isInside, resolveInside } from "./contain.ts";
import { fill, temporaryFolder, temporaryFolderWith } from "./disk.fixture.ts";

const find = (root: string, path: string) => resolveInside(root, repoPath(path));

async function refusal(root: string, path: string): Promise<{ message: string; hint: string | undefined }> {
  try {
    await find(root, path);
  } catch (error) {
    if (error instanceof UserError) return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error(`${path} was not refused`);
}

describe("paths that may be written", () => {
  test.each(["a.txt", "new/folder/a.txt", "docs/a.txt", "docs/new/a.txt"])("%s", async (path) => {
    const root = temporaryFolderWith({ "a.txt": "", "docs/a.txt": "" });
    expect(await find(root, path)).toBe(join(root, path));
  });

  test("through a link to a folder inside the repository, at the place it leads to", async () => {
    const root = temporaryFolderWith({ "real/a.txt": "" });
    symlinkSync("real", join(root, "link"));
    expect(await find(root, "link/a.txt")).toBe(join(root, "real/a.txt"));
    expect(await find(root, "link/new/b.txt")).toBe(join(root, "real/new/b.txt"));
  });

  test("a root that is itself behind a link", async () => {
    const root = temporaryFolderWith({ "a.txt": "" });
    const link = join(temporaryFolder(), "link");
    symlinkSync(root, link);
    expect(await find(link, "a.txt")).toBe(join(root, "a.txt"));
  });
});

describe("paths that may not, with what to do", () => {
  test("through a link that leads out", async () => {
    const outside = temporaryFolderWith({ "a.txt": "" });
    const root = temporaryFolder();
    symlinkSync(outside, join(root, "docs"));
    expect(await refusal(root, "docs/a.txt")).toEqual({
      message: `docs/a.txt cannot be written: the symbolic link docs leads out of the repository, to ${outside}`,
      hint: "replace the link docs by a folder; nothing outside the repository is ever written",
    });
  });

  test("through a link to a neighbour whose name begins alike", async () => {
    const parent = temporaryFolderWith({ "repo/a": "", "repo-2/a": "" });
    symlinkSync("../repo-2", join(parent, "repo/docs"));
    expect((await refusal(join(parent, "repo"), "docs/a")).message).toContain("leads out of the repository");
  });

  test("through a chain of links that leads out in the end", async () => {
    const outside = temporaryFolder();
    const root = temporaryFolder();
    symlinkSync("second", join(root, "first"));
    symlinkSync(outside, join(root, "second"));
    expect((await refusal(root, "first/a/b")).message).toContain(`leads out of the repository, to ${outside}`);
  });

  test("a link deeper down, behind one that stays inside", async () => {
    const outside = temporaryFolder();
    const root = temporaryFolderWith({ "real/a": "" });
    symlinkSync("real", join(root, "link"));
    symlinkSync(outside, join(root, "real/out"));
    expect((await refusal(root, "link/out/a")).message).toContain(
      "the symbolic link link/out leads out of the repository",
    );
  });

  test("through a link that leads nowhere", async () => {
    const root = temporaryFolder();
    symlinkSync("nowhere", join(root, "docs"));
    expect((await refusal(root, "docs/a.txt")).message).toBe(
      "docs/a.txt cannot be written: the symbolic link docs leads nowhere",
    );
  });

  test("through a link to a file", async () => {
    const root = temporaryFolderWith({ file: "" });
    symlinkSync("file", join(root, "docs"));
    expect((await refusal(root, "docs/a.txt")).message).toBe(
      "docs/a.txt cannot be written: docs is a file, and a folder is needed there",
    );
  });

  test.each(["file", "nowhere", "../outside"])("a link itself, to %s", async (to) => {
    const root = temporaryFolderWith({ file: "" });
    symlinkSync(to, join(root, "a.txt"));
    expect(await refusal(root, "a.txt")).toEqual({
      message: "a.txt cannot be written: it is a symbolic link, and writing would replace the link",
      hint: "put the file itself at a.txt, or remove the link, and run the command again",
    });
  });

  test("a folder", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "README.md"));
    expect(await refusal(root, "README.md")).toEqual({
      message: "README.md cannot be written: it is a folder",
      hint: "move or remove README.md and run the command again",
    });
  });

  test("below a file", async () => {
    const root = temporaryFolderWith({ docs: "" });
    expect(await refusal(root, "docs/a/b.txt")).toEqual({
      message: "docs/a/b.txt cannot be written: docs is a file, and a folder is needed there",
      hint: "move or remove docs and run the command again",
    });
  });

  test.each([
    ["readme.md", "README.md", "README.md is there, which macOS and Windows take for the same name as readme.md"],
    ["docs/a", "Docs/b", "Docs is there, which macOS and Windows take for the same name as docs"],
    ["docs/A", "docs/a", "a is there, which macOS and Windows take for the same name as A"],
    ["\u00fc", "u\u0308", "which macOS and Windows take for the same name as \u00fc"],
  ])("%s where %s is", async (path, there, message) => {
    expect((await refusal(temporaryFolderWith({ [there]: "" }), path)).message).toContain(message);
  });

  test.each([".git/hooks/pre-commit", ".GIT/config", "sub/.git/config", "git~1/config"])(
    "%s, git's own",
    async (path) => {
      expect((await refusal(temporaryFolder(), path)).message).toBe(
        `${path} cannot be written: it would lie in git's own folder`,
      );
    },
  );

  test("through a link into git's folder", async () => {
    const root = temporaryFolder();
    fill(root, { ".git/hooks/x": "" });
    symlinkSync(".git/hooks", join(root, "docs"));
    expect((await refusal(root, "docs/pre-commit")).message).toContain("git's own folder");
  });
});

test.each([
  ["/a/b", "/a", true],
  ["/a", "/a", true],
  ["/ab", "/a", false],
  ["/", "/a", false],
  ["/a/..b", "/a", true],
])("%s inside %s: %s", (path, folder, inside) => {
  expect(isInside(path, folder)).toBe(inside);
});
