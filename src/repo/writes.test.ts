import { expect, test } from "vitest";
import { repoPath } from "../model/names.ts";
import { writesOf } from "./writes.ts";

test("every kind of change becomes its write, and what is kept none", () => {
  const path = repoPath("a");
  expect(
    writesOf({
      changes: [
        { kind: "create", path, after: "1", executable: true },
        { kind: "update", path, before: "1", after: "2" },
        { kind: "merge", path, before: "1", after: "3", executable: true },
        { kind: "conflict", path, before: "1", after: "4", reason: "", lines: [1] },
        { kind: "delete", path, before: "1" },
        { kind: "keep", path, reason: "yours" },
      ],
    }),
  ).toEqual([
    { path, content: "1", executable: true },
    { path, content: "2", before: "1" },
    { path, content: "3", before: "1", executable: true },
    { path, content: "4", before: "1" },
    { path, remove: true, before: "1" },
  ]);
});
