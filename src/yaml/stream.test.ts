import { describe, expect, it } from "vitest";
import { readStream } from "./stream.ts";

const lines = (...text: readonly string[]): string => `${text.join("\n")}\n`;

describe("readStream", () => {
  it("reads every document that holds anything, as Kubernetes does", () => {
    const { documents, problems } = readStream(lines("---", "a: yes", "---", "# nothing", "---", "b: 010"), "a.yaml");
    expect(problems).toEqual([]);
    expect(documents.map(({ value }) => value)).toEqual([{ a: true }, { b: 8 }]);
  });
  it("places things in the second document by the line of the file", () => {
    const [, second] = readStream(lines("---", "a: 1", "---", "b:", "  - c: 2"), "a.yaml").documents;
    expect(second?.place(["b", 0, "c"], "value")).toMatchObject({ line: 5, column: 8, length: 1, text: "  - c: 2" });
    expect(second?.place([])).toMatchObject({ line: 4, column: 1, text: "b:" });
  });
  it("places what is not there by what is above it", () => {
    const [document] = readStream(lines("a:", "  b: 1"), "a.yaml").documents;
    expect(document?.place(["a", "c", "d"])).toMatchObject({ line: 1, column: 1, text: "a:" });
  });
  it("places what an alias repeats by the alias", () => {
    const [document] = readStream(lines("a: &x", "  b: 1", "c: *x"), "a.yaml").documents;
    expect(document?.value).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(document?.place(["c", "b"])).toMatchObject({ line: 3 });
  });
  it.each([
    ["YAML-SYNTAX", lines("a: [1")],
    ["YAML-DUPLICATE", lines("---", "a: 1", "---", "b: 1", "b: 2")],
    ["YAML-ALIAS", lines("a: *nobody")],
    ["YAML-CONFLICT", lines("<<<<<<< ours", "a: 1", "=======", "a: 2", ">>>>>>> theirs")],
  ])("%s is a finding with a place", (id, text) => {
    expect(readStream(text, "a.yaml").problems.map((problem) => [problem.id, problem.places?.length !== 0])).toEqual([
      [id, true],
    ]);
  });
  it("leaves tags of other programs alone", () => {
    expect(readStream("key: !secret password\n", "a.yaml")).toMatchObject({ problems: [], documents: [{}] });
  });
});

describe("what nobody writes by hand", () => {
  it.each(["[", "{a: ", "- ", "? ", "a: [", "[{a: "])("%s, a hundred thousand times, is said and survived", (part) => {
    const { documents, problems } = readStream(part.repeat(100_000), "a.yaml");
    expect(documents).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual(["values are nested too deeply to be read"]);
  });
  it("indentation that never ends", () => {
    const text = Array.from({ length: 2000 }, (_, level) => `${" ".repeat(level)}a:\n`).join("");
    expect(readStream(text, "a.yaml").problems.map(({ message }) => message)).toEqual([
      "values are nested too deeply to be read",
    ]);
  });
  it("five hundred levels, and thousands of values beside each other, are read", () => {
    const deep = `a: ${"[".repeat(500)}${"]".repeat(500)}\nb:\n${"  - c: [d, { e: f }]\n".repeat(3000)}`;
    expect(readStream(deep, "a.yaml").problems).toEqual([]);
  });
  it("thousands of mistakes", () => {
    const { problems } = readStream('"["\n'.repeat(20_000), "a.yaml");
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThan(101);
  });
});
