import { describe, expect, test } from "vitest";
import { repoPath } from "../model/names.ts";
import type { File } from "../model/tree.ts";
import { createTree, joinTrees, treeBuilder, type Entry } from "./tree.ts";

const entry = (path: string, by: string, content = "a\n"): Entry => [repoPath(path), { content, kept: "managed", by }];
const build = (...entries: Entry[]) => createTree(entries);

describe("createTree", () => {
  test("iterates in path order, whatever the order of adding", () => {
    expect([...build(entry("b/z", "one"), entry("a", "two"), entry("b/a", "three")).keys()]).toEqual([
      "a",
      "b/a",
      "b/z",
    ]);
  });

  test("takes an empty file", () => {
    expect(build(entry("a/.gitkeep", "one", "")).size).toBe(1);
  });

  test.each([
    [
      "a path twice",
      [entry("a/b", "unit x"), entry("a/b", "engine y")],
      "a/b is a file of unit x and a file of engine y",
    ],
    [
      "two spellings of a file",
      [entry("a/B", "unit x"), entry("a/b", "engine y")],
      "a/b (engine y) and a/B (unit x) differ only in spelling",
    ],
    [
      "two spellings of a folder",
      [entry("Docs/a", "x"), entry("docs/b", "y")],
      "docs (y) and Docs (x) differ only in spelling",
    ],
    ["two Unicode spellings", [entry("\u00fc", "x"), entry("u\u0308", "y")], "differ only in spelling"],
    ["a file where a folder is", [entry("a/b", "x"), entry("a", "y")], "a is a folder of x and a file of y"],
    ["a folder where a file is", [entry("a", "x"), entry("a/b", "y")], "a is a file of x and a folder of y"],
    ["carriage returns", [entry("a", "x", "a\r\n")], "a (x) has \\r line ends"],
    ["no final newline", [entry("a", "x", "a")], "a (x) has no final newline"],
  ])("refuses %s and names both sides", (_, entries, message) => {
    expect(() => build(...entries)).toThrow(message);
  });
});

test("a builder refuses what was added before", () => {
  const file: File = { content: "", kept: "seeded", by: "x" };
  const builder = treeBuilder().add(repoPath("a"), file);
  expect(() => builder.add(repoPath("a"), { ...file, by: "y" })).toThrow("a is a file of x and a file of y");
  expect([...builder.build()]).toEqual([["a", file]]);
});

test("joinTrees refuses what createTree refuses and keeps the order", () => {
  const left = build(entry("b", "left"));
  expect([...joinTrees(left, build(entry("a", "right"))).keys()]).toEqual(["a", "b"]);
  expect(() => joinTrees(left, build(entry("b", "right")))).toThrow("b is a file of left and a file of right");
});
