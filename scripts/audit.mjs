// Known holes in what this program is made of. All of it is bundled, so packages for development count as well:
//   node scripts/audit.mjs
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const CHECKOUT = resolve(fileURLToPath(import.meta.url), "../..");
const name = "npm audit";

/** What npm answered, as a count. A registry that cannot be asked says nothing about anything, and that is said. */
export function judgeAudit(text) {
  const unknown = (why) => ({ name, passed: 0, failed: 0, notes: [`not run: the registry was not asked (${why})`] });
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    return unknown("npm answered with something else than JSON");
  }
  const { vulnerabilities, metadata, error, message } = answer ?? {};
  if (metadata?.vulnerabilities === undefined)
    return unknown(error?.summary || error?.code || message || "no reason given");
  const serious = Object.values(vulnerabilities ?? {}).filter(({ severity }) =>
    ["high", "critical"].includes(severity),
  );
  return {
    name,
    passed: serious.length === 0 ? 1 : 0,
    failed: serious.length === 0 ? 0 : 1,
    notes: serious.map((one) => `${one.name}: ${one.severity}, ${one.range}`),
  };
}

export function audit() {
  const { stdout, error } = spawnSync("npm", ["audit", "--json"], {
    cwd: CHECKOUT,
    encoding: "utf8",
    timeout: 120_000,
  });
  return [judgeAudit(error === undefined ? stdout : JSON.stringify({ message: error.message }))];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [{ failed, notes }] = audit();
  for (const note of notes) console.log(note);
  process.exitCode = failed;
}
