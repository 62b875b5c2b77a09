// The built program, from --help to a repository with one more route, under any Node:
//   node scripts/smoke.mjs [--node NODE] [--package FOLDER]
// FOLDER holds package.json and dist/; the checkout when absent.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { addRoute, create, hostOf, sandbox } from "./example.mjs";

/**
 * @param {{ node: string, packageFolder: string }} options executable, and where the package is
 * @returns {{ name: string, problem?: string }[]}
 */
export function smoke({ node, packageFolder }) {
  const { version, bin } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const box = sandbox();
  const home = join(box.folder, "my-homelab");
  const run = (program, args, cwd = box.folder) => {
    const script = join(packageFolder, bin[program]);
    const { status, stdout, stderr, error } = spawnSync(node, [script, ...args], {
      cwd,
      env: box.env,
      encoding: "utf8",
      timeout: 60_000,
    });
    return { code: status, stdout, stderr, all: `${stdout}${stderr}`, error };
  };
  const ends = (result, code) => {
    if (result.error !== undefined) throw result.error;
    if (result.code !== code) throw new Error(`ended with ${result.code}, not ${code}\n${result.all}`);
    return result;
  };
  const holds = (condition, message) => {
    if (!condition) throw new Error(message);
  };

  const checks = {
    "create-homelab-net --help": () =>
      holds(ends(run("create-homelab-net", ["--help"]), 0).all.includes("--preset"), "help names no --preset"),
    "create-homelab-net --version": () =>
      holds(ends(run("create-homelab-net", ["--version"]), 0).stdout.trim() === version, `not ${version}`),
    "gen --help": () => holds(ends(run("gen", ["--help"]), 0).all.includes("add-route"), "help names no add-route"),
    "a mistake": () =>
      holds(
        ends(run("create-homelab-net", ["--no-such-option"]), 2).stderr.includes("--no-such-option"),
        "the option is not named",
      ),
    "create from a preset": () => {
      ends(run("create-homelab-net", create(home)), 0);
      for (const path of ["homelab.yaml", "README.md", "kubernetes/apps"])
        holds(existsSync(join(home, path)), `${path} is not there`);
    },
    "gen add-route": () => {
      ends(run("gen", addRoute("smoke"), join(home, "kubernetes")), 0);
      holds(
        texts(join(home, "kubernetes")).some((text) => text.includes(hostOf("smoke"))),
        `no file names ${hostOf("smoke")}`,
      );
    },
    "a second create into the same folder": () => ends(run("create-homelab-net", create(home)), 2),
  };
  try {
    return Object.entries(checks).map(([name, check]) => {
      try {
        check();
        return { name };
      } catch (error) {
        return { name, problem: error.message };
      }
    });
  } finally {
    box.dispose();
  }
}

const texts = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({ options: { node: { type: "string" }, package: { type: "string" } } });
  const results = smoke({ node: values.node ?? process.execPath, packageFolder: resolve(values.package ?? ".") });
  for (const { name, problem } of results)
    console.log(problem === undefined ? `ok      ${name}` : `failed  ${name}: ${problem}`);
  process.exitCode = results.some(({ problem }) => problem !== undefined) ? 1 : 0;
}
