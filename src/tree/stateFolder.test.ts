import { expect, test } from "vitest";
import { createTree } from "./tree.ts";
import { stateHousekeeping } from "./stateFolder.ts";

test("housekeeping files can be emitted", () => {
  const tree = createTree(
    [...stateHousekeeping].map(([path, content]) => [path, { content, kept: "managed", by: "state" }]),
  );
  expect([...tree.keys()]).toEqual([".homelab-net/.gitattributes", ".homelab-net/.gitignore"]);
});
