import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/names.ts";
import type { File } from "../model/tree.ts";
import { compare } from "../tree/compare.ts";
import { createTree } from "../tree/tree.ts";
import { applyChanges } from "./apply.ts";
import { snapshot, temporaryFolder, temporaryFolderWith } from "./disk.fixture.ts";
import { readFiles } from "./disk.ts";
import { sha256 } from "./hash.ts";
import { objectPath } from "./objects.ts";
import { recordOf } from "./record.ts";
import {
  baseTexts,
  emptyState,
  forgetRecord,
  readState,
  recordedExecutables,
  stateFiles,
  stateWrites,
} from "./state.ts";
import { writesOf } from "./writes.ts";

const [a, b] = [repoPath("docs/a.md"), repoPath("b.sh")];
const file = (content: string, more: Partial<File> = {}): File => ({ content, kept: "managed", by: "x", ...more });
const treeOf = (files: Readonly<Record<string, string>>) =>
  createTree(Object.entries(files).map(([path, content]) => [repoPath(path), file(content)]));
const identity = { generator: "create", instance: "network", version: "1.0.0", inputs: { name: "ragas" } };
const nothing = { disk: new Map<RepoPath, string>(), tree: createTree([]) };

/** What a command does: compare, write, remember. */
async function generate(
  root: string,
  files: Readonly<Record<string, string>>,
  instance = "network",
): Promise<readonly string[]> {
  const tree = treeOf(files);
  const state = readState(root);
  const previous = state.find("create", instance);
  const disk = await readFiles(root, new Set([...tree.keys(), ...(previous?.files.keys() ?? [])]));
  const changes = compare({ tree, disk, base: baseTexts(state, previous, { disk, tree }) });
  const { record, texts } = recordOf({ ...identity, instance, tree, previous });
  await applyChanges(root, [...writesOf(changes), ...stateWrites(state, record, texts)]);
  return changes.changes.map(({ kind, path }) => `${kind} ${path}`);
}

describe("what was remembered is read again", () => {
  test("records, texts and modes", async () => {
    const root = temporaryFolder();
    const tree = createTree([
      [a, file("one\n")],
      [b, file("#!/bin/sh\n", { executable: true, kept: "seeded" })],
    ]);
    const { record, texts } = recordOf({ ...identity, tree });
    await applyChanges(root, stateWrites(emptyState, record, texts));
    const state = readState(root);
    expect(state.records).toEqual([record]);
    expect(state.find("create", "network")).toEqual(record);
    expect(state.find("create", "other")).toBeUndefined();
    expect([state.base(a), state.base(b), state.base(repoPath("c"))]).toEqual(["one\n", "#!/bin/sh\n", undefined]);
    expect(recordedExecutables(record)).toEqual(new Set([b]));
    expect([...stateFiles(record, texts).keys()]).toEqual([
      ".homelab-net/state/create/network.jsonl",
      objectPath(sha256("#!/bin/sh\n")),
      objectPath(sha256("one\n")),
    ]);
  });

  test("a second time there is nothing to write", async () => {
    const root = temporaryFolder();
    await generate(root, { "docs/a.md": "one\n" });
    const before = snapshot(root);
    expect(await generate(root, { "docs/a.md": "one\n" })).toEqual(["keep docs/a.md"]);
    expect(snapshot(root)).toEqual(before);
    const { record, texts } = recordOf({ ...identity, tree: treeOf({ "docs/a.md": "one\n" }) });
    expect([...stateWrites(readState(root), record, texts)].map(({ path }) => path)).toEqual([
      ".homelab-net/state/create/network.jsonl",
    ]);
  });

  test("where nothing is remembered, and among files of other names", () => {
    expect(readState(temporaryFolder()).records).toEqual([]);
    expect(
      readState(
        temporaryFolderWith({
          ".homelab-net/state/.DS_Store": "",
          ".homelab-net/state/create/notes.txt": "",
          ".homelab-net/state/.x/y.jsonl": "",
        }),
      ).records,
    ).toEqual([]);
  });

  test("forgetting takes the record away and nothing else", async () => {
    const root = temporaryFolder();
    await generate(root, { "docs/a.md": "one\n" });
    await generate(root, { "docs/a.md": "one\n" }, "other");
    await applyChanges(root, forgetRecord(readState(root), { generator: "create", instance: "network" }));
    const state = readState(root);
    expect(state.records.map(({ instance }) => instance)).toEqual(["other"]);
    expect(state.text(sha256("one\n"))).toBe("one\n");
    expect(forgetRecord(state, { generator: "create", instance: "network" })).toEqual([]);
  });
});

describe("a file's life", () => {
  test("generated, edited, generated again, left alone by the user, gone", async () => {
    const root = temporaryFolder();
    expect(await generate(root, { "docs/a.md": "1\n2\n3\n" })).toEqual(["create docs/a.md"]);
    writeFileSync(join(root, a), "1\n2\nmine\n");
    expect(await generate(root, { "docs/a.md": "1\n2\n3\n" })).toEqual(["keep docs/a.md"]);
    expect(await generate(root, { "docs/a.md": "one\n2\n3\n" })).toEqual(["merge docs/a.md"]);
    expect(snapshot(root)[a]).toBe("644 one\n2\nmine\n");
    expect(await generate(root, { "b.sh": "b\n" })).toEqual(["create b.sh", "keep docs/a.md"]);
    expect(await generate(root, { "b.sh": "b\n" })).toEqual(["keep b.sh"]);
    expect(await generate(root, {})).toEqual(["delete b.sh"]);
    expect(Object.keys(snapshot(root))).toContain(a);
  });

  test("deleted by the user, it stays deleted for good", async () => {
    const root = temporaryFolder();
    await generate(root, { "docs/a.md": "1\n" });
    rmSync(join(root, a));
    for (const content of ["1\n", "2\n", "3\n"])
      expect(await generate(root, { "docs/a.md": content })).toEqual(["keep docs/a.md"]);
  });
});

describe("what is lost", () => {
  const lose = (root: string, text: string) => rmSync(join(root, objectPath(sha256(text))));

  test("a text that still stands on disk or is generated again is not", async () => {
    const root = temporaryFolder();
    await generate(root, { "docs/a.md": "1\n" });
    lose(root, "1\n");
    const state = readState(root);
    expect(state.base(a)).toBeUndefined();
    const record = state.find("create", "network");
    expect(baseTexts(state, record, { ...nothing, disk: new Map([[a, "1\r\n"]]) })).toEqual(new Map([[a, "1\n"]]));
    expect(baseTexts(state, record, { ...nothing, tree: treeOf({ "docs/a.md": "1\n" }) })).toEqual(
      new Map([[a, "1\n"]]),
    );
    expect(baseTexts(state, record, nothing)).toEqual(new Map([[a, undefined]]));
    expect(await generate(root, { "docs/a.md": "2\n" })).toEqual(["update docs/a.md"]);
  });

  test("a text nobody has any more costs a conflict, never the user's words", async () => {
    const root = temporaryFolder();
    await generate(root, { "docs/a.md": "1\n", "b.sh": "1\n" });
    lose(root, "1\n");
    writeFileSync(join(root, a), "mine\n");
    rmSync(join(root, b));
    expect(await generate(root, { "docs/a.md": "2\n", "b.sh": "2\n" })).toEqual(["keep b.sh", "conflict docs/a.md"]);
    expect(snapshot(root)[a]).toContain("mine\n");
  });

  test("a damaged object is written anew when its text is remembered again", async () => {
    const root = temporaryFolder();
    await generate(root, { "docs/a.md": "1\n" });
    writeFileSync(join(root, objectPath(sha256("1\n"))), "damaged");
    await generate(root, { "docs/a.md": "1\n" });
    expect(readState(root).text(sha256("1\n"))).toBe("1\n");
  });
});

test("of two origins that git put together, the one that stands on disk is the base", async () => {
  const root = temporaryFolder();
  await generate(root, { "docs/a.md": "1\n" });
  const path = ".homelab-net/state/create/network.jsonl";
  const line = (text: string) => JSON.stringify({ path: a, sha256: sha256(text), kept: "managed" });
  writeFileSync(
    join(root, path),
    `{"format":1,"generator":"create","instance":"network","version":"1"}\n${line("1\n")}\n${line("2\n")}\n`,
  );
  const state = readState(root);
  const record = state.find("create", "network");
  expect(record?.files.get(a)).toEqual({ sha256: sha256("2\n"), kept: "managed", alternatives: [sha256("1\n")] });
  expect(baseTexts(state, record, { ...nothing, disk: new Map([[a, "1\n"]]) })).toEqual(new Map([[a, "1\n"]]));
  expect(baseTexts(state, record, nothing)).toEqual(new Map([[a, "1\n"]]));
  expect(state.base(a)).toBe("1\n");
});

describe("untrusted", () => {
  const header = (instance: string) =>
    `{"format":1,"generator":"create","instance":${JSON.stringify(instance)},"version":"1"}\n`;

  test.each([
    [
      "a record under another name",
      { "create/network.jsonl": header("other") },
      '.homelab-net/state/create/network.jsonl is the record of "create other", which has another place',
    ],
    ["a record of another generator", { "add-app/network.jsonl": header("network") }, "which has another place"],
    [
      "a generator that is none",
      { "create/x.jsonl": '{"format":1,"generator":"../x","instance":"x","version":"1"}' },
      "which has another place",
    ],
    [
      "a file where records should be",
      { create: "" },
      ".homelab-net/state/create is no folder, and what gen remembers has to lie there",
    ],
    [
      "no record",
      { "create/network.jsonl": "hello" },
      ".homelab-net/state/create/network.jsonl:1: this is no entry of a record",
    ],
  ])("%s", (_, files, message) => {
    const root = temporaryFolderWith(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`.homelab-net/state/${path}`, text])),
    );
    expect(() => readState(root)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) as string }),
    );
  });

  test.each([
    ["a record", ".homelab-net/state/create/network.jsonl", "is no regular file"],
    ["a folder of records", ".homelab-net/state/create", "is no folder"],
    ["all of it", ".homelab-net", "is no folder"],
  ])("%s behind a link", (_, path, message) => {
    const outside = temporaryFolderWith({
      "state/create/network.jsonl": header("network"),
      "network.jsonl": header("network"),
    });
    const root = temporaryFolderWith({ ".homelab-net/state/create/other.jsonl": header("other") });
    rmSync(join(root, path), { recursive: true, force: true });
    symlinkSync(path.endsWith("jsonl") ? join(outside, "network.jsonl") : outside, join(root, path));
    expect(() => readState(root)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) as string }),
    );
  });
});
