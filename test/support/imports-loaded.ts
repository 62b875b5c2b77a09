/** Which files a program loads: what starts quickly loads little, and a count does not depend on the machine. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { run, type RunOptions, type RunResult } from "./run.ts";
import { temporaryFolder } from "./workspace.ts";

export interface Loaded extends RunResult {
  /** Sorted paths, relative to the folder of the script, with `/`; `../node_modules/…` for a dependency. */
  readonly modules: readonly string[];
}

const HOOKS = pathToFileURL(join(import.meta.dirname, "imports-loaded.mjs")).href;

/** Runs a script with this Node and lists the files it loaded, itself included, built-in modules not. */
export async function importsLoaded(
  script: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<Loaded> {
  const list = join(temporaryFolder("loaded"), "files");
  const { env = process.env } = options;
  const result = await run(process.execPath, ["--import", HOOKS, script, ...args], {
    ...options,
    env: { ...env, HOMELAB_NET_TEST_LOADED: list },
  });
  if (!existsSync(list)) throw new Error(`${script} loaded nothing\n${result.stderr}`);
  const from = dirname(realpathSync(script));
  const files = readFileSync(list, "utf8")
    .trim()
    .split("\n")
    .map((name) => (name.startsWith("file:") ? fileURLToPath(name) : name));
  const modules = new Set(files.map((file) => relative(from, file).replaceAll("\\", "/")));
  return { ...result, modules: [...modules].toSorted() };
}
