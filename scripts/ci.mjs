// Every level of checks, one after the other, each counted; a level that could not run has failed.
// Called by .ci/run, which prepares node_modules. The last line of the output is `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { audit } from "./audit.mjs";
import { countTests, sum } from "./count.mjs";
import { smoke } from "./smoke.mjs";
import { installTools, nodeBinary, NODES } from "./tools.mjs";

const CHECKOUT = resolve(fileURLToPath(import.meta.url), "../..");
const temporary = mkdtempSync(join(tmpdir(), "homelab-net-ci-"));
const counts = [];

/** `action` returns what it counted; when it throws, the level has failed as a whole. */
function level(name, action) {
  console.log(`\n== ${name}`);
  try {
    counts.push(...action());
  } catch (error) {
    counts.push({ name, passed: 0, failed: 1, notes: [error.message] });
  }
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: CHECKOUT,
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
  });
  if (error !== undefined) throw new Error(`${command}: ${error.message}`);
  return status;
}

function must(command, args) {
  const status = run(command, args);
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${status}`);
}

function passes(name, command, args) {
  must(command, args);
  return [{ name, passed: 1, failed: 0, notes: [] }];
}

function findComponents() {
  const beside = resolve(CHECKOUT, "../shared/components");
  process.env.HOMELAB_NET_COMPONENTS ??= existsSync(beside) ? beside : "";
  if (process.env.HOMELAB_NET_COMPONENTS === "") {
    throw new Error(`HOMELAB_NET_COMPONENTS is not set and ${beside} is not there: no custom resource can be checked`);
  }
  return [];
}

function tools() {
  installTools();
  process.env.HOMELAB_NET_TOOLS = "1";
  return [];
}

function tests() {
  const report = join(temporary, "vitest.json");
  const status = run("npm", ["test", "--", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]);
  const levels = JSON.parse(readFileSync(join(CHECKOUT, "test/levels.json"), "utf8"));
  const isExpected = ({ ci, needs }) => ci || (process.env[needs] ?? "") !== "";
  const text = existsSync(report) ? readFileSync(report, "utf8") : '{ "testResults": [] }';
  const found = countTests(JSON.parse(text), `${CHECKOUT}${sep}`.replaceAll("\\", "/"), levels, isExpected);
  // A broken build, or an error outside of any test.
  if (status !== 0 && sum(found).failed === 0)
    found.push({ name: "npm test", passed: 0, failed: 1, notes: [`ended with ${status}`] });
  return found;
}

/** The package as it would be published, unpacked where no node_modules is in reach. */
function pack() {
  must("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", temporary]);
  must("tar", ["-xzf", join(temporary, tarball()), "-C", temporary]);
  return [];
}

function tarball() {
  const { name, version } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8"));
  return `${name}-${version}.tgz`;
}

function smokeUnder(version) {
  const name = `built program under Node ${version}`;
  const results = smoke({ node: nodeBinary(version), packageFolder: join(temporary, "package") });
  const wrong = results.filter(({ problem }) => problem !== undefined);
  return [
    {
      name,
      passed: results.length - wrong.length,
      failed: wrong.length,
      notes: wrong.map((result) => `${result.name}: ${result.problem}`),
    },
  ];
}

try {
  level("components", findComponents);
  level("tools", tools);
  level("npm run check", () => passes("npm run check", "npm", ["run", "check"]));
  level("npm audit", audit);
  level("npm test", tests);
  level("npm pack", pack);
  for (const version of NODES) level(`Node ${version}`, () => smokeUnder(version));
  level("publint", () => passes("publint", "npx", ["--no-install", "publint", "--strict", join(temporary, tarball())]));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

console.log("");
for (const { name, passed, failed, notes } of counts) {
  console.log(`${failed === 0 ? "ok    " : "failed"}  ${name}: ${passed} of ${passed + failed}`);
  for (const note of notes)
    console.log(
      note
        .split("\n")
        .slice(0, 12)
        .map((line) => `        ${line}`)
        .join("\n"),
    );
}
const { passed, failed } = sum(counts);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
