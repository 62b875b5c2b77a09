import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolderWith } from "./disk.fixture.ts";
import { findRepository } from "./location.ts";

const repository = { "homelab.yaml": "", ".homelab-net/.gitignore": "", "docs/deep/a.md": "" };

test("is found from every folder below, the nearest one first", () => {
  const root = temporaryFolderWith({
    ...repository,
    "inner/homelab.yaml": "",
    "inner/.homelab-net/.gitignore": "",
    "inner/docs/a": "",
  });
  expect(findRepository(root)).toEqual({ root });
  expect(findRepository(join(root, "docs/deep"))).toEqual({ root });
  expect(findRepository(join(root, "not/there/yet"))).toEqual({ root });
  expect(findRepository(join(root, "inner/docs"))).toEqual({ root: join(root, "inner") });
});

test.each([
  ["no .homelab-net", { "homelab.yaml": "" }],
  ["no homelab.yaml", { ".homelab-net/.gitignore": "" }],
  [".homelab-net is a file", { "homelab.yaml": "", ".homelab-net": "" }],
])("is not found: %s", (_, files) => {
  expect(findRepository(temporaryFolderWith(files))).toBeUndefined();
});

test("is not found where homelab.yaml is a folder, or the state lies behind a link", () => {
  const root = temporaryFolderWith({ ".homelab-net/.gitignore": "", "other/homelab.yaml": "" });
  mkdirSync(join(root, "homelab.yaml"));
  symlinkSync("../.homelab-net", join(root, "other/.homelab-net"));
  expect(findRepository(root)).toBeUndefined();
  expect(findRepository(join(root, "other"))).toBeUndefined();
});

test("is found by the journal an interrupted run left, so that it can be finished", () => {
  const root = temporaryFolderWith({ ".homelab-net/journal/1/manifest.json": "" });
  expect(findRepository(root)).toEqual({ root });
});
