// One run of the program from nothing to a second route, for the smoke test and the benchmark.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @param {string} folder */
export const create = (folder) => [folder, "--preset", "talos-cilium-envoy", "--yes", "--no-git"];

// The preset's domain, and the app every repository starts with.
const DOMAIN = "ragas.cc";
const SERVICE = "default/echo:8080";

/** @param {string} name first label of the host name */
export const addRoute = (name) => ["add-route", hostOf(name), "--service", SERVICE, "--yes"];

/** @param {string} name */
export const hostOf = (name) => `${name}.${DOMAIN}`;

/**
 * A temporary folder with a home of its own and the environment that belongs to it: nothing of the user, no CI.
 * The caller disposes of it.
 */
export function sandbox() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "homelab-net-sandbox-")));
  const config = join(folder, ".gitconfig");
  writeFileSync(config, "");
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_GLOBAL: config,
    GIT_CONFIG_NOSYSTEM: "1",
    LANG: "C.UTF-8",
  };
  return { folder, env, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
