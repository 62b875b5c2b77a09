import { join } from "node:path";
import { expect, test } from "vitest";
import { importsLoaded } from "../support/imports-loaded.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const folder = temporaryFolder("program");
writeFiles(folder, {
  "dist/package.json": '{ "type": "module" }',
  "dist/main.js": `import "./help.js"; import { existsSync } from "node:fs";
    if (process.argv[2] === "all") { await import("./later.js"); const { createRequire } = await import("node:module"); createRequire(import.meta.url)("common"); }
    console.log("done", existsSync("."));`,
  "dist/help.js": "",
  "dist/later.js": 'import "dependency";',
  "node_modules/dependency/package.json": '{ "type": "module", "main": "index.js" }',
  "node_modules/dependency/index.js": "",
  "node_modules/common/index.js": 'require("./more.js");',
  "node_modules/common/more.js": "",
});
const script = join(folder, "dist/main.js");

test("lists what is loaded at once and nothing else", async () => {
  const { code, stdout, modules } = await importsLoaded(script);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "done true\n" });
  expect(modules).toEqual(["help.js", "main.js"]);
});

test("lists what is loaded later, and dependencies of both kinds", async () => {
  const { modules } = await importsLoaded(script, ["all"]);
  expect(modules).toEqual([
    "../node_modules/common/index.js",
    "../node_modules/common/more.js",
    "../node_modules/dependency/index.js",
    "help.js",
    "later.js",
    "main.js",
  ]);
});

test("a script that is not there is an error, not a program that loads nothing", async () => {
  await expect(importsLoaded(join(folder, "dist/none.js"))).rejects.toThrow(/none\.js loaded nothing/);
});
