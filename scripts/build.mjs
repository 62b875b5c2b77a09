/**
 * Bundles the program into dist/, which is all that is published: no package is installed with it. What is bundled is
 * listed here, so a new dependency of a dependency does not slip in; the licences of all of it go along.
 */
import { spawnSync } from "node:child_process";
import { chmod, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const PROGRAMS = {
  "create-homelab-net": "src/cli/create-homelab-net.ts",
  gen: "src/cli/gen.ts",
};
const ENTRIES = { ...PROGRAMS, plopfile: "plopfile.ts" };

/** Packages that may be bundled: those the source imports, and what each of them brings along. */
const ALLOWED = {
  "@inquirer/prompts": [
    "@inquirer/ansi",
    "@inquirer/checkbox",
    "@inquirer/confirm",
    "@inquirer/core",
    "@inquirer/figures",
    "@inquirer/input",
    "@inquirer/password",
    "@inquirer/select",
    "@inquirer/type",
    "cli-width",
    "fast-string-truncated-width",
    "fast-string-width",
    "fast-wrap-ansi",
    "mute-stream",
    "signal-exit",
  ],
  "age-encryption": ["@noble/ciphers", "@noble/curves", "@noble/hashes", "@noble/post-quantum", "@scure/base"],
  diff: [],
  execa: [
    "@sec-ant/readable-stream",
    "@sindresorhus/merge-streams",
    "cross-spawn",
    "figures",
    "get-stream",
    "human-signals",
    "is-plain-obj",
    "is-stream",
    "is-unicode-supported",
    "isexe",
    "npm-run-path",
    "parse-ms",
    "path-key",
    "pretty-ms",
    "shebang-command",
    "shebang-regex",
    "strip-final-newline",
    "unicorn-magic",
    "which",
    "yoctocolors",
  ],
  handlebars: [],
  "ip-address": [],
  "node-diff3": [],
  "node-plop": [
    "change-case",
    "dlv",
    "es-errors",
    "fdir",
    "function-bind",
    "hasown",
    "is-core-module",
    "isbinaryfile",
    "path-parse",
    "picomatch",
    "resolve",
    "tinyglobby",
    "title-case",
  ],
  "simple-git": [
    "@kwsites/file-exists",
    "@kwsites/promise-deferred",
    "@simple-git/args-pathspec",
    "@simple-git/argv-parser",
    "debug",
    "has-flag",
    "ms",
    "supports-color",
  ],
  yaml: [],
  zod: [],
};

/**
 * What node-plop loads at start and no generator of ours uses: its questions, and the compiler of its templates
 * (ours are compiled at build, and the runtime has the helpers it registers).
 */
const STAND_INS = {
  inquirer: join(root, "src/plop/no-inquirer.ts"),
  handlebars$: join(root, "node_modules/handlebars/runtime.js"),
};

/** What is loaded before it is known what to do. */
const START =
  /src\/cli\/(main|arguments|help|program)\.ts|generated\/program\.js|src\/ui\/wrap\.ts|src\/model\/(errors|suggest)\.ts|rolldown:runtime|rolldown\/runtime/;

const fail = (message) => {
  throw new Error(message);
};

async function bundle(dir) {
  const missing = [];
  for (const entry of Object.values(ENTRIES)) await stat(join(root, entry)).catch(() => missing.push(entry));
  if (missing.length > 0) fail(`no entry ${missing.join(", ")}`);

  const warnings = [];
  const { output } = await build({
    cwd: root,
    input: ENTRIES,
    platform: "node",
    resolve: { alias: STAND_INS },
    transform: { target: "node20.12" },
    onLog: (level, log) => void (level === "warn" && warnings.push(log.message)),
    output: {
      dir,
      format: "esm",
      // Chunks follow dynamic imports: a hand-made vendor chunk would load all packages for one. The exception is what
      // help needs, which others need as well: one file opens faster than eight.
      codeSplitting: { groups: [{ name: "start", test: START, minSize: 0 }] },
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
      minify: true,
      comments: { legal: false },
    },
  });
  if (warnings.length > 0) fail(`the bundler warns:\n${warnings.join("\n")}`);
  return output.filter(({ type }) => type === "chunk");
}

/** The package a module belongs to, by the last node_modules on its path. */
function packageOf(id) {
  const match = /^(?:\0[^/]*)?(.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+))[/\\]/.exec(id);
  return match === null ? undefined : { name: match[2].replace("\\", "/"), folder: match[1] };
}

const packagesIn = (chunk) =>
  Object.entries(chunk.modules)
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .flatMap(([id]) => packageOf(id) ?? []);

function checkPackages(chunks) {
  const bundled = new Map(chunks.flatMap(packagesIn).map(({ name, folder }) => [folder, name]));
  const names = new Set(bundled.values());
  const allowed = [...Object.keys(ALLOWED), ...Object.values(ALLOWED).flat()];
  const uninvited = [...names].filter((name) => !allowed.includes(name));
  if (uninvited.length > 0) fail(`bundled without being listed in scripts/build.mjs: ${uninvited.sort().join(", ")}`);
  return bundled;
}

/** A chunk and all it imports at once. */
function loadedWith(chunk, byName, seen = new Set()) {
  if (seen.has(chunk)) return seen;
  seen.add(chunk);
  for (const name of chunk.imports) if (byName.has(name)) loadedWith(byName.get(name), byName, seen);
  return seen;
}

/** Help, version and mistakes in the arguments answer at once because nothing else is loaded. */
function checkStart(chunks, byName) {
  for (const program of Object.keys(PROGRAMS)) {
    const packages = [...loadedWith(byName.get(`${program}.js`), byName)].flatMap(packagesIn).map(({ name }) => name);
    if (packages.length > 0) fail(`${program} --help would load ${[...new Set(packages)].join(", ")}`);
  }
}

/** For packages that name the licence in package.json and bring no text of it. */
const mit = (holder) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

async function licence(folder) {
  const { name, version, license, author, homepage } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const holder = author?.name ?? author?.replace(/ *[<(].*/, "");
  if (file === undefined && (license !== "MIT" || holder === undefined))
    return fail(`${name} has no licence to pass on`);
  const text =
    file === undefined ? mit(holder) : (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
  return `${name} ${version}, ${license}${homepage === undefined ? "" : `\n${homepage}`}\n\n${text}\n`;
}

async function licences(bundled) {
  const folders = [...bundled.keys()].sort((a, b) => bundled.get(a).localeCompare(bundled.get(b)));
  return (await Promise.all(folders.map(licence))).join(`\n${"-".repeat(80)}\n\n`);
}

const kilobytes = (chunks) =>
  `${([...chunks].reduce((sum, { code }) => sum + Buffer.byteLength(code), 0) / 1000).toFixed(1)} kB`;

function report(chunks, byName) {
  const lines = Object.keys(ENTRIES).map(
    (name) => `${name}.js starts with ${kilobytes(loadedWith(byName.get(`${name}.js`), byName))}`,
  );
  const rest = chunks.filter(({ isEntry }) => !isEntry).sort((a, b) => b.code.length - a.code.length);
  for (const chunk of rest) lines.push(`  ${chunk.fileName} ${kilobytes([chunk])}`);
  process.stdout.write(`${lines.join("\n")}\nall of it ${kilobytes(chunks)}\n`);
}

async function main() {
  const generated = spawnSync(process.execPath, [join(root, "scripts/generate.mjs")], { stdio: "inherit" });
  if (generated.status !== 0) process.exit(1);
  // Built aside and moved, so that a failed build leaves the last good one.
  const dir = join(root, `dist.${process.pid}`);
  try {
    const chunks = await bundle(dir);
    const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
    const bundled = checkPackages(chunks);
    checkStart(chunks, byName);
    await writeFile(join(dir, "THIRD-PARTY-LICENCES.txt"), await licences(bundled));
    for (const program of Object.keys(PROGRAMS)) {
      const file = join(dir, `${program}.js`);
      if (!byName.get(`${program}.js`).code.startsWith("#!/usr/bin/env node\n"))
        fail(`${program}.js lost its first line`);
      await chmod(file, 0o755);
    }
    await rm(join(root, "dist"), { recursive: true, force: true });
    await rename(dir, join(root, "dist"));
    report(chunks, byName);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await main().catch((error) => {
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 1;
});
