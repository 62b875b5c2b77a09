// How long the program takes beside Node itself: every command once a round, rounds interleaved, so that a slow
// moment of the machine meets all of them alike. Prints; never fails because of a time.
//   node bench/startup.mjs [ROUNDS]
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { addRoute, create, sandbox } from "../scripts/example.mjs";

const ROUNDS = Number(process.argv[2] ?? 15);
const DIST = resolve(fileURLToPath(import.meta.url), "../../dist");
const CREATE = join(DIST, "create-homelab-net.js");
const GEN = join(DIST, "gen.js");

/** Name → arguments for Node in a round, and the folder to run in below the sandbox. */
const COMMANDS = {
  "node -e 0": () => ({ args: ["-e", "0"] }),
  "create-homelab-net --help": () => ({ args: [CREATE, "--help"] }),
  "gen --help": () => ({ args: [GEN, "--help"] }),
  "create-homelab-net DIR --preset …": (round) => ({ args: [CREATE, ...create(`home-${round}`)] }),
  "gen add-route HOST …": (round) => ({ args: [GEN, ...addRoute("bench")], folder: `home-${round}` }),
};

for (const file of [CREATE, GEN]) {
  if (!existsSync(file)) throw new Error(`${file} is not there: npm run build makes it`);
}

const box = sandbox();
const times = new Map(Object.keys(COMMANDS).map((name) => [name, []]));
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, command] of Object.entries(COMMANDS)) {
      const { args, folder = "." } = command(round);
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, {
        cwd: join(box.folder, folder),
        env: box.env,
        encoding: "utf8",
      });
      times.get(name).push(performance.now() - start);
      if (status !== 0) throw new Error(`${name} ended with ${status}\n${stderr}`);
    }
  }
} finally {
  box.dispose();
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const floor = median(times.get("node -e 0"));
console.log(`Node ${process.versions.node}, ${ROUNDS} rounds, milliseconds\n`);
console.log(`${"".padEnd(36)}${"min".padStart(8)}${"median".padStart(8)}${"- node".padStart(8)}${"ratio".padStart(8)}`);
for (const [name, values] of times) {
  const figures = [Math.min(...values), median(values), median(values) - floor].map((value) => value.toFixed(0));
  console.log(
    [name.padEnd(36), ...[...figures, (median(values) / floor).toFixed(2)].map((text) => text.padStart(8))].join(""),
  );
}
