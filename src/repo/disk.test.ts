import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repoPath } from "../model/names.ts";
import { executableFiles, listFiles, readFiles } from "./disk.ts";
import { setMode, temporaryFolder, temporaryFolderWith } from "./disk.fixture.ts";

const [a, b, c] = [repoPath("docs/a.md"), repoPath("b.txt"), repoPath("b.txt/c.txt")];

describe("readFiles", () => {
  test("gives the texts that are there, byte for byte", async () => {
    const root = temporaryFolderWith({ "docs/a.md": "\ufeffa\r\nü", "b.txt": "" });
    mkdirSync(join(root, "folder"));
    expect(await readFiles(root, [a, b, c, repoPath("folder"), repoPath("no/such")])).toEqual(
      new Map([
        [a, "\ufeffa\r\nü"],
        [b, ""],
      ]),
    );
  });

  test.each([
    ["not UTF-8", new Uint8Array([0xff, 0xfe])],
    ["NUL", new Uint8Array([0x61, 0])],
  ])("refuses or skips what is no text: %s", async (_, bytes) => {
    const root = temporaryFolder();
    writeFileSync(join(root, "b.txt"), bytes);
    await expect(readFiles(root, [b])).rejects.toMatchObject({
      exitCode: 2,
      message: "b.txt cannot be read: it is no UTF-8 text",
      hint: "convert it to UTF-8, or move it away, and run the command again",
    });
    expect(await readFiles(root, [b], { binary: "skip" })).toEqual(new Map());
  });

  test("follows links inside the repository and no others", async () => {
    const outside = temporaryFolderWith({ secret: "secret" });
    const root = temporaryFolderWith({ "docs/a.md": "a" });
    symlinkSync("docs/a.md", join(root, "b.txt"));
    expect(await readFiles(root, [b])).toEqual(new Map([[b, "a"]]));
    symlinkSync(join(outside, "secret"), join(root, "c.txt"));
    await expect(readFiles(root, [repoPath("c.txt")])).rejects.toMatchObject({
      exitCode: 2,
      message: `c.txt cannot be read: a symbolic link leads out of the repository, to ${join(outside, "secret")}`,
    });
    symlinkSync("loop", join(root, "loop"));
    await expect(readFiles(root, [repoPath("loop")])).rejects.toMatchObject({
      exitCode: 4,
      hint: "remove that link and run the command again",
    });
  });
});

describe("listFiles", () => {
  test("lists files in path order, without what is no content", async () => {
    const root = temporaryFolderWith({
      "b/z": "",
      "b/a": "",
      a: "",
      ".git/config": "",
      "b/.git/config": "",
      "node_modules/x/y": "",
      ".homelab-net/state/x": "",
      ".github/x": "",
    });
    expect(await listFiles(root, "")).toEqual([".github/x", "a", "b/a", "b/z"]);
    expect(await listFiles(root, repoPath("b"))).toEqual(["b/a", "b/z"]);
    expect(await listFiles(root, repoPath("no/such"))).toEqual([]);
    expect(await listFiles(root, repoPath("a"))).toEqual([]);
  });

  test("counts links to files inside, enters no linked folder, leaves out names no path can have", async () => {
    const root = temporaryFolderWith({ "b/a": "", "b/x:y": "" });
    symlinkSync("b/a", join(root, "file"));
    symlinkSync("b", join(root, "folder"));
    symlinkSync("..", join(root, "b/up"));
    symlinkSync("/etc/hosts", join(root, "out"));
    symlinkSync("nowhere", join(root, "dangling"));
    expect(await listFiles(root, "")).toEqual(["b/a", "file"]);
  });
});

test("executableFiles", async () => {
  const root = temporaryFolderWith({ "docs/a.md": "", "b.txt": "" });
  setMode(root, "b.txt", 0o755);
  expect(await executableFiles(root, [a, b, repoPath("no/such"), repoPath("docs")])).toEqual(new Set([b]));
});
