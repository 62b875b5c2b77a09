/**
 * Runs a scenario and does something to itself at one of its steps. Arguments: scenario, folder, number of the step,
 * what to do. Reports how it ended as the one line on standard output; a killed process says nothing.
 */
import { writeFileSync } from "node:fs";
import type { Hooks } from "./effects.ts";
import { scenarios, type ScenarioName } from "./scenarios.fixture.ts";

const [scenario, folder = "", step, deed] = process.argv.slice(2);
let count = 0;

const hooks: Hooks = {
  async before(action, path) {
    if (count++ !== Number(step)) return;
    switch (deed) {
      case "kill":
        // What is being written is then half on the disk.
        if (action === "write") writeFileSync(path, "{ torn");
        process.kill(process.pid, "SIGKILL");
        break;
      case "interrupt":
        process.kill(process.pid, "SIGINT");
        break;
      case "wait":
        process.stdout.write("waiting\n");
        await new Promise((resolve) => process.stdin.once("data", resolve));
        process.stdin.destroy();
    }
  },
};

try {
  const { interrupted } = await scenarios[scenario as ScenarioName].run(folder, hooks);
  process.stdout.write(`${interrupted ? "interrupted" : "done"}\n`);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.name : String(error)}\n`);
}
