import { describe, expect, test } from "vitest";
import type { SourceFile } from "./imports.ts";
import { sources } from "./sources.ts";

const LONGEST = 250;
const isCode = (path: string): boolean => /\.(ts|mts|mjs|js)$/.test(path);

const tooLong = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split("\n").length;
    return lines > LONGEST ? [`${path}: ${lines} lines`] : [];
  });

const matches = (files: readonly SourceFile[], pattern: RegExp): string[] =>
  files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [])),
  );

// Spelled so that this file does not match itself.
const LEFT_FOR_LATER = /\b(?:TO[D]O|FIX[M]E)\b/;
const DOES_NOT_RUN = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|todo|only|skipIf|runIf|fails)\b/;
const OTHER_PACKAGE = /npx\s+(?:-\S+\s+)*gen\b/;

const code = sources(["src", "generators", "plopfile.ts", "scripts", "bench", "test"], isCode);
const everything = [...code, ...sources(["templates"])];
const forUsers = sources(["src", "generators", "templates", "docs", "README.md"]);

describe("this repository", () => {
  test("has no file of more than 250 lines", () => {
    expect(tooLong(code)).toEqual([]);
  });

  test("leaves nothing for later", () => {
    expect(matches(everything, LEFT_FOR_LATER)).toEqual([]);
  });

  test("runs every test it has", () => {
    expect(
      matches(
        code.filter(({ path }) => path.endsWith(".test.ts")),
        DOES_NOT_RUN,
      ),
    ).toEqual([]);
  });

  test("never tells anybody to run another package called gen", () => {
    expect(matches(forUsers, OTHER_PACKAGE)).toEqual([]);
  });
});

describe("the checks report", () => {
  const file = (text: string): SourceFile[] => [{ path: "src/a.ts", text }];

  test("a long file, by its lines", () => {
    expect(tooLong(file("x\n".repeat(250)))).toEqual([]);
    expect(tooLong(file("x\n".repeat(251)))).toEqual(["src/a.ts: 251 lines"]);
  });

  test("a note for later, with its line", () => {
    expect(matches(file(`a\n// ${"TO"}${"DO"}: b`), LEFT_FOR_LATER)).toEqual([`src/a.ts:2: // ${"TO"}${"DO"}: b`]);
    expect(matches(file(`${"FIX"}${"ME"}`), LEFT_FOR_LATER)).toHaveLength(1);
  });

  test.each(["skip", "todo", "only", "skipIf", "concurrent.skip"])("a test that does not run: %s", (how) => {
    expect(matches(file(`${"test"}.${how}("a")`), DOES_NOT_RUN)).toHaveLength(1);
    expect(matches(file(`${"describe"}.${how}("a")`), DOES_NOT_RUN)).toHaveLength(1);
  });

  test.each([`npx ${"gen"} add-app`, `npx --yes ${"gen"}`])("%s", (line) => {
    expect(matches(file(line), OTHER_PACKAGE)).toHaveLength(1);
  });

  test("neither names that only look like it nor the real spelling", () => {
    expect(matches(file("npx create-homelab-net@1.0.0 gen add-app\nnpx general"), OTHER_PACKAGE)).toEqual([]);
    expect(matches(file("fit.skip\nmethod"), DOES_NOT_RUN)).toEqual([]);
  });
});
