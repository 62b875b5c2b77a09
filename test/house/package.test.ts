/** The package as it is published: one package, small, with everything it needs and nothing else. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout, dist } from "../support/paths.ts";
import { output } from "../support/run.ts";

interface Packed {
  readonly files: readonly { readonly path: string }[];
  readonly unpackedSize: number;
  readonly size: number;
}

const manifest = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as Readonly<Record<string, unknown>>;

/** Every library in the bundle, with what they bring. One more is a decision about size, licence and upkeep, made here. */
const bundled: readonly string[] = [
  "@inquirer/ansi",
  "@inquirer/checkbox",
  "@inquirer/confirm",
  "@inquirer/core",
  "@inquirer/figures",
  "@inquirer/input",
  "@inquirer/password",
  "@inquirer/select",
  "@inquirer/type",
  "@kwsites/file-exists",
  "@kwsites/promise-deferred",
  "@noble/ciphers",
  "@noble/curves",
  "@noble/hashes",
  "@noble/post-quantum",
  "@scure/base",
  "@sec-ant/readable-stream",
  "@simple-git/args-pathspec",
  "@simple-git/argv-parser",
  "@sindresorhus/merge-streams",
  "age-encryption",
  "change-case",
  "cli-width",
  "cross-spawn",
  "debug",
  "diff",
  "dlv",
  "es-errors",
  "execa",
  "fast-string-truncated-width",
  "fast-string-width",
  "fast-wrap-ansi",
  "fdir",
  "figures",
  "function-bind",
  "get-stream",
  "handlebars",
  "has-flag",
  "hasown",
  "human-signals",
  "ip-address",
  "is-core-module",
  "is-plain-obj",
  "is-stream",
  "is-unicode-supported",
  "isbinaryfile",
  "isexe",
  "ms",
  "mute-stream",
  "node-diff3",
  "node-plop",
  "npm-run-path",
  "parse-ms",
  "path-key",
  "path-parse",
  "picomatch",
  "pretty-ms",
  "resolve",
  "shebang-command",
  "shebang-regex",
  "signal-exit",
  "simple-git",
  "strip-final-newline",
  "supports-color",
  "tinyglobby",
  "title-case",
  "unicorn-magic",
  "which",
  "yaml",
  "yoctocolors",
  "zod",
];

describe("the published package", () => {
  it("needs no other package", () => {
    for (const kind of ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"])
      expect(manifest).not.toHaveProperty(kind);
  });
  it("runs nothing when it is installed", () => {
    // npm Docs, Scripts: these run where a package is installed, `prepare` where it is taken from Git.
    const scripts = Object.keys((manifest as { readonly scripts: object }).scripts);
    for (const script of ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"])
      expect(scripts).not.toContain(script);
    // Without a script, npm builds what has this file.
    expect(existsSync(join(checkout, "binding.gyp"))).toBe(false);
  });
  it("has the programs, their chunks, the licences, and nothing else", async () => {
    const [packed] = JSON.parse(
      await output("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: checkout }),
    ) as readonly [Packed];
    const paths = packed.files.map(({ path }) => path);
    const allowed =
      /^(LICENSE|README\.md|package\.json|dist\/(create-homelab-net|gen|plopfile)\.js|dist\/chunks\/[\w.-]+\.js|dist\/THIRD-PARTY-LICENCES\.txt)$/;
    expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
    for (const path of ["LICENSE", "dist/create-homelab-net.js", "dist/gen.js", "dist/THIRD-PARTY-LICENCES.txt"])
      expect(paths).toContain(path);
    // More than half is our own catalog, templates and messages, and grows with every component; what libraries may add is
    // for the list below to say. This is what a Raspberry Pi fetches at each `npx` without a wait that is felt.
    expect(packed.unpackedSize).toBeLessThan(4_000_000);
    expect(packed.size).toBeLessThan(1_000_000);
  });
  it("has entries that only start", () => {
    for (const program of ["create-homelab-net.js", "gen.js"])
      expect(statSync(join(dist, program)).size).toBeLessThan(1000);
  });
  it("bundles these libraries and no other, and passes on the licence of each", () => {
    const licences = readFileSync(join(dist, "THIRD-PARTY-LICENCES.txt"), "utf8");
    const named = [...licences.matchAll(/^(?<name>@?[a-z][\w./-]*) \d+\.\d+\.\d+\S*, /gm)].map(
      (match) => match.groups?.["name"],
    );
    expect([...new Set(named)]).toEqual(bundled);
  });
});
