import { expect, test } from "vitest";
import { UserError } from "../model/errors.ts";
import { readDocuments } from "./documents.ts";

test("every document that holds something", () => {
  expect(readDocuments("---\na: 1\n---\n# nothing\n---\n- b\n...\n", "f.yaml")).toEqual([{ a: 1 }, ["b"]]);
  expect(readDocuments("", "f.yaml")).toEqual([]);
});

test("words and numbers as Kubernetes reads them, dates and times as text", () => {
  const text = "a: yes\nb: 0644\nc: 2026-01-01\nd: 12:30:45\ne: 1e3\nf: 1_000\n";
  expect(readDocuments(text, "f.yaml")).toEqual([
    { a: true, b: 0o644, c: "2026-01-01", d: "12:30:45", e: 1000, f: 1000 },
  ]);
});

test("what begins like a number and is none is text", () => {
  expect(readDocuments("[., e5, +., .5, 5., .inf]\n", "f.yaml")).toEqual([[".", "e5", "+.", 0.5, 5, Infinity]]);
});

test("aliases and merge keys are resolved", () => {
  expect(readDocuments("a: &x { b: 1 }\nc: *x\nd: { <<: *x, e: 2 }\n", "f.yaml")).toEqual([
    { a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } },
  ]);
});

test.each([
  ["a: 1\na: 2\n", "f.yaml:2:1: "],
  ["a: 1\n---\nb:\n\tc: 1\n", "f.yaml:4:1: "],
  ["a: *nobody\n", "f.yaml:1:1: "],
])("%j is refused with its place", (text, start) => {
  expect(() => readDocuments(text, "f.yaml")).toThrow(UserError);
  expect(() => readDocuments(text, "f.yaml")).toThrow(start);
});
