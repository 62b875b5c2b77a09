import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { repoPath } from "../model/names.ts";
import { createRepository, refuseTaken } from "./create.ts";
import { fill, modeOf, setMode, snapshot, systemError, temporaryFolder, temporaryFolderWith } from "./disk.fixture.ts";
import type { Action, Hooks } from "./effects.ts";
import type { FileWrite } from "./writes.ts";

const writes: readonly FileWrite[] = [
  { path: repoPath(".homelab-net/.gitignore"), content: "journal/\n" },
  { path: repoPath("README.md"), content: "ours\n" },
  { path: repoPath("homelab.yaml"), content: "name: x\n" },
  { path: repoPath("run.sh"), content: "#!/bin/sh\n", executable: true },
];
const ours = {
  ".homelab-net/": "folder",
  ".homelab-net/.gitignore": "644 journal/\n",
  "README.md": "644 ours\n",
  "homelab.yaml": "644 name: x\n",
  "run.sh": "755 #!/bin/sh\n",
};

const failing = (code: string, when: (action: Action, path: string) => boolean): Hooks => ({
  before(action, path) {
    if (when(action, path)) throw systemError(code);
  },
});

describe("where nothing is", () => {
  test.each(["new", "new/below/below"])("%s appears by one rename, parents included", async (at) => {
    const parent = temporaryFolder();
    const renames: string[] = [];
    const hooks: Hooks = { before: (action, path) => void (action === "rename" && renames.push(path)) };
    const created = await createRepository(join(parent, at), writes, { hooks });
    expect(created).toEqual({
      root: join(parent, at),
      written: writes.map(({ path }) => path),
      kept: [],
      interrupted: false,
    });
    expect(snapshot(join(parent, at))).toEqual(ours);
    expect(renames).toEqual([join(parent, "new")]);
    expect(Object.keys(snapshot(parent)).filter((path) => !path.startsWith("new"))).toEqual([]);
  });

  test("an empty folder is replaced and keeps its mode", async () => {
    const parent = temporaryFolder();
    const target = join(parent, "empty");
    mkdirSync(target);
    setMode(parent, "empty", 0o700);
    await createRepository(target, writes);
    expect(snapshot(target)).toEqual(ours);
    expect(modeOf(parent, "empty")).toBe(0o700);
  });

  test("the folder somebody stands in is filled, not replaced", async () => {
    const target = temporaryFolder();
    const renames: string[] = [];
    await createRepository(target, writes, {
      cwd: target,
      hooks: { before: (action, path) => void (action === "rename" && renames.push(path)) },
    });
    expect(renames).not.toContain(target);
    expect(snapshot(target)).toEqual(ours);
  });

  test("a folder of the user in one that is not is filled", async () => {
    const target = join(temporaryFolder(), "mine");
    mkdirSync(target);
    const hooks = failing("EACCES", (action, path) => action === "access" && path === dirname(target));
    await refuseTaken(target, writes, { hooks });
    await createRepository(target, writes, { hooks });
    expect(snapshot(target)).toEqual(ours);
  });

  test("a mount point is filled, not replaced", async () => {
    const target = join(temporaryFolder(), "mounted");
    mkdirSync(target);
    await createRepository(target, writes, {
      hooks: failing("EBUSY", (action, path) => action === "rename" && path === target),
    });
    expect(snapshot(target)).toEqual(ours);
    expect(snapshot(dirname(target))).toMatchObject({ "mounted/": "folder" });
    expect(Object.keys(snapshot(dirname(target))).filter((path) => !path.startsWith("mounted"))).toEqual([]);
  });

  test("through a link to an empty folder, the link stays", async () => {
    const parent = temporaryFolder();
    mkdirSync(join(parent, "real"));
    symlinkSync("real", join(parent, "link"));
    expect((await createRepository(join(parent, "link"), writes)).root).toBe(join(parent, "real"));
    expect(snapshot(parent)).toMatchObject({ link: "→ real", "real/homelab.yaml": "644 name: x\n" });
  });
});

describe("where other files are", () => {
  test("a README and a licence stay, and so does the history", async () => {
    const target = temporaryFolderWith({ "README.md": "mine\n", LICENSE: "mine\n", ".git/HEAD": "ref\n" });
    const created = await createRepository(target, writes);
    expect(created.kept).toEqual(["README.md"]);
    expect(created.written).toEqual([".homelab-net/.gitignore", "homelab.yaml", "run.sh"]);
    expect(snapshot(target)).toEqual({
      ...ours,
      "README.md": "644 mine\n",
      LICENSE: "644 mine\n",
      ".git/": "folder",
      ".git/HEAD": "644 ref\n",
    });
  });

  test("a README in another spelling stays too", async () => {
    const target = temporaryFolderWith({ "Readme.md": "mine\n" });
    expect((await createRepository(target, writes)).kept).toEqual(["README.md"]);
  });

  test("files that are none of ours stay", async () => {
    const target = temporaryFolderWith({ "notes.txt": "mine\n", "docs/x": "" });
    await createRepository(target, writes);
    expect(snapshot(target)).toEqual({ ...ours, "notes.txt": "644 mine\n", "docs/": "folder", "docs/x": "644 " });
  });

  test("the same files are no clash: the second time nothing is written", async () => {
    const target = join(temporaryFolder(), "new");
    await createRepository(target, writes);
    expect((await createRepository(target, writes)).written).toEqual([]);
    expect(snapshot(target)).toEqual(ours);
  });

  test("others in the place of ours are named, and nothing is written", async () => {
    const target = temporaryFolderWith({ "homelab.yaml": "mine\n", "run.sh": "mine\n", other: "" });
    const untouched = snapshot(target);
    await expect(createRepository(target, writes)).rejects.toMatchObject({
      exitCode: 2,
      message: `2 files stand in the way in ${target}: homelab.yaml, run.sh`,
      hint: "choose another folder, move them away, or replace exactly these files with --force",
    });
    expect(snapshot(target)).toEqual(untouched);
  });

  test("what was cut short there before is finished first, and told", async () => {
    const target = temporaryFolderWith({ other: "" });
    const broken = failing("EIO", (action, path) => action === "rename" && path.endsWith("run.sh"));
    await expect(createRepository(target, writes, { hooks: broken })).rejects.toMatchObject({ exitCode: 4 });
    expect(await createRepository(target, writes)).toEqual({
      root: target,
      written: [],
      kept: [],
      recovered: { outcome: "finished", paths: writes.map(({ path }) => path), left: [] },
      interrupted: false,
    });
    expect(snapshot(target)).toEqual({ ...ours, other: "644 " });
  });

  test("force replaces exactly those", async () => {
    const target = temporaryFolderWith({ "homelab.yaml": "mine\n", other: "mine\n", "docs/x": "" });
    await createRepository(target, writes, { force: true });
    expect(snapshot(target)).toEqual({ ...ours, other: "644 mine\n", "docs/": "folder", "docs/x": "644 " });
  });

  test("force replaces no folder and follows no link", async () => {
    const folder = temporaryFolderWith({ "homelab.yaml/x": "" });
    await expect(createRepository(folder, writes, { force: true })).rejects.toMatchObject({
      exitCode: 2,
      message: "homelab.yaml cannot be written: it is a folder",
    });
    const linked = temporaryFolderWith({ other: "" });
    symlinkSync("other", join(linked, "homelab.yaml"));
    await expect(createRepository(linked, writes, { force: true })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("it is a symbolic link") as string,
    });
  });
});

describe("where no repository can be", () => {
  test.each([
    ["a file", "file", "it is a file"],
    ["below a file", "file/new", "file is a file"],
    ["a link that leads nowhere", "dangling", "it is a symbolic link that leads to no folder"],
  ])("%s", async (_, at, message) => {
    const parent = temporaryFolderWith({ file: "" });
    symlinkSync("nowhere", join(parent, "dangling"));
    const untouched = snapshot(parent);
    await expect(createRepository(join(parent, at), writes)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message) as string,
    });
    expect(snapshot(parent)).toEqual(untouched);
  });

  test.each([
    ["ENOSPC", "write", "cannot write .homelab-net/.gitignore: the disk is full. Nothing was written."],
    ["EACCES", "access", "your user may not do that there. Nothing was written."],
    ["EROFS", "make-folder", "the file system is mounted read-only. Nothing was written."],
  ] as const)("%s at %s: nothing is left behind", async (code, failed, message) => {
    const parent = temporaryFolder();
    await expect(
      createRepository(join(parent, "new"), writes, { hooks: failing(code, (action) => action === failed) }),
    ).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining(message) as string,
    });
    expect(snapshot(parent)).toEqual({});
  });

  test("a folder that fills up in the meantime is left as it is", async () => {
    const parent = temporaryFolder();
    const target = join(parent, "new");
    const hooks: Hooks = {
      before(action, path) {
        if (action === "rename" && path === target) fill(target, { mine: "" });
      },
    };
    await expect(createRepository(target, writes, { hooks })).rejects.toMatchObject({
      exitCode: 3,
      message: `${target} was filled by somebody else in the meantime. Nothing was written.`,
    });
    expect(snapshot(parent)).toEqual({ "new/": "folder", "new/mine": "644 " });
  });
});

test("leftovers of dead runs are removed, of living ones and of the user not", async () => {
  const parent = temporaryFolder();
  const dead = ".other.create-homelab-net-4194305";
  const living = `.other.create-homelab-net-${process.ppid}`;
  fill(parent, {
    [`${dead}/a/b`]: "",
    [`${living}/a`]: "",
    ".my.create-homelab-net-notes/a": "",
    "x.create-homelab-net-4194305/a": "",
  });
  writeFileSync(join(parent, ".file.create-homelab-net-4194305"), "");
  await createRepository(join(parent, "new"), writes);
  const names = new Set(Object.keys(snapshot(parent)).map((path) => path.split("/")[0]));
  expect(names).toEqual(
    new Set([
      living,
      ".my.create-homelab-net-notes",
      "x.create-homelab-net-4194305",
      ".file.create-homelab-net-4194305",
      "new",
    ]),
  );
});
