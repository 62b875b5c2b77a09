import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRepoPath } from "../model/names.ts";
import { foldSpelling } from "../tree/spelling.ts";
import { fileNameOf, recordPath } from "./instance.ts";

test.each([
  ["network", "network"],
  ["photos.ragas.cc", "photos.ragas.cc"],
  ["*.ragas.cc", "_2a.ragas.cc"],
  ["default/echo", "default_2fecho"],
  ["Echo", "_45cho"],
  ["a_b", "a_5fb"],
  ["..", "_2e."],
  ["con.ragas.cc", "_63on.ragas.cc"],
  ["nul", "_6eul"],
  ["münchen", "m_c3_bcnchen"],
  ["a\\b", "a_5cb"],
])("%s → %s", (instance, name) => {
  expect(fileNameOf(instance)).toBe(name);
});

test("a longest host name fits every file system", () => {
  const host = Array.from({ length: 4 }, (_, index) => String(index).repeat(61)).join(".");
  expect(fileNameOf(host)).toHaveLength(200);
  expect(recordPath("add-route", host)).toMatch(/^\.homelab-net\/state\/add-route\/0{61}\./);
});

test("every name is one path inside the repository, and no two are the same", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(name, name, (one, other) => {
      const [left, right] = [recordPath("x", one), recordPath("x", other)];
      expect(parseRepoPath(left)).toBe(left);
      expect(left.split("/")).toHaveLength(4);
      expect(Buffer.byteLength(left.split("/").at(-1) ?? "")).toBeLessThan(255);
      expect(foldSpelling(left) === foldSpelling(right)).toBe(one === other);
    }),
  );
});

test("no name and no generator are bugs", () => {
  expect(() => fileNameOf("")).toThrow("an instance of a generator needs a name");
  expect(() => recordPath("../x", "network")).toThrow("no name of a generator");
});
