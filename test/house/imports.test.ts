import { describe, expect, test } from "vitest";
import { breaches, isForTests } from "./imports.ts";
import { PACKAGES } from "./rooms.ts";
import { sources } from "./sources.ts";

const program = sources(["src", "generators", "plopfile.ts"], (path) => path.endsWith(".ts") && !isForTests(path));

test("every import goes down the house", () => {
  expect(program.length).toBeGreaterThan(0);
  expect(breaches(program)).toEqual([]);
});

test("every package of the table is imported by the room it belongs to", () => {
  const imported = (name: string): boolean => program.some(({ text }) => text.includes(`"${name}"`));
  const names = Object.keys(PACKAGES).filter((name) => !name.startsWith("handlebars/runtime"));
  expect(names.filter((name) => !imported(name))).toEqual([]);
});

describe("the check reports", () => {
  test.each([
    [
      "an import upwards",
      "src/model/tree.ts",
      'import { plan } from "../plan/plan.ts";',
      "model imports src/plan/plan.ts, which is above it",
    ],
    [
      "a type from above",
      "src/yaml/print.ts",
      'import type { A } from "../render/a.ts";',
      "yaml imports src/render/a.ts, which is above it",
    ],
    [
      "an import sideways",
      "src/ui/ask.ts",
      'import { git } from "../tools/git.ts";',
      "ui imports src/tools/git.ts, which is beside it",
    ],
    [
      "a re-export",
      "src/rules/a.ts",
      'export * from "../compose/a.ts";',
      "rules imports src/compose/a.ts, which is above it",
    ],
    [
      "a lazy import",
      "src/spec/a.ts",
      'const a = await import("../plan/a.ts");',
      "spec imports src/plan/a.ts, which is above it",
    ],
    [
      "the type of a module",
      "src/spec/a.ts",
      'type A = import("../plan/a.ts").A;',
      "spec imports src/plan/a.ts, which is above it",
    ],
    [
      "a generator from below",
      "src/ui/a.ts",
      'import "../../generators/a.ts";',
      "ui imports generators/a.ts, which is above it",
    ],
    [
      "a room the table has not",
      "src/attic/a.ts",
      'import "../model/a.ts";',
      "src/attic/a.ts is in no room of the table",
    ],
    ["what is outside the house", "src/cli/a.ts", 'import "../../test/a.ts";', "test/a.ts is in no room of the table"],
    ["what is for tests", "src/yaml/a.ts", 'import "./a.fixture.ts";', "src/yaml/a.fixture.ts is for tests"],
    [
      "an import put together at run time",
      "src/cli/a.ts",
      "await import(name);",
      "an import that only shows at run time",
    ],
    ["a heavy library elsewhere", "src/compose/a.ts", 'import { parse } from "yaml";', "yaml belongs to src/yaml/"],
    [
      "the compiler of templates",
      "src/render/a.ts",
      'import Handlebars from "handlebars";',
      "handlebars belongs to src/render/compile/",
    ],
    [
      "values where types are allowed",
      "src/model/a.ts",
      'import { z } from "zod";',
      "zod belongs to src/catalog/, src/fields/, src/platforms/, src/spec/",
    ],
    ["a package nobody listed", "src/cli/a.ts", 'import chalk from "chalk";', "chalk is no package of this program"],
    ["a built-in without node:", "src/repo/a.ts", 'import fs from "fs";', "fs is no package of this program"],
    [
      "the disk outside repo",
      "src/cli/gen.ts",
      'import { readFileSync } from "node:fs";',
      "node:fs belongs to src/repo/",
    ],
    [
      "a process outside tools",
      "src/repo/a.ts",
      'import "node:child_process";',
      "node:child_process belongs to src/tools/",
    ],
    ["the network", "src/tools/a.ts", 'import "node:https";', "node:https belongs to nobody"],
    ["the machine in a pure room", "src/plan/a.ts", 'import { hostname } from "node:os";', "node:os in a pure room"],
    ["the environment in a pure room", "src/spec/a.ts", "const home = process.env.HOME;", "process in a pure room"],
    ["the clock in a pure room", "src/compose/a.ts", "const now = Date.now();", "Date.now in a pure room"],
    ["today in a pure room", "src/compose/a.ts", "const now = new Date();", "new Date() in a pure room"],
    ["chance in a pure room", "src/rules/a.ts", "const id = Math.random();", "Math.random in a pure room"],
    ["talk in a pure room", "src/tree/a.ts", 'console.log("a");', "console in a pure room"],
  ])("%s", (_, path, text, message) => {
    expect(breaches([{ path, text: `// first line\n${text}\n` }])).toEqual([`${path}:2: ${message}`]);
  });
});

test.each([
  ["down", "src/cli/a.ts", 'import "../plop/a.ts"; import "../model/a.ts"; import "../../generators/a.ts";'],
  ["within a room", "src/spec/a.ts", 'import "./b/c.ts";'],
  ["types of zod in the model", "src/model/a.ts", 'import type { z } from "zod"; import { type z as y } from "zod";'],
  [
    "the disk in repo, processes in tools",
    "src/repo/a.ts",
    'import { readFile } from "node:fs/promises"; import "node:crypto";',
  ],
  ["generated data", "src/render/a.ts", 'import { templates } from "#generated/templates";'],
  [
    "a field called process, a date with a value",
    "src/plan/a.ts",
    "const a = { process: 1 }; a.process; new Date(0); b.console.log();",
  ],
  ["the process at the border", "src/cli/a.ts", "process.exitCode = 2;"],
])("the check lets pass: %s", (_, path, text) => {
  expect(breaches([{ path, text }])).toEqual([]);
});
