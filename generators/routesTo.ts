/** Routes that lead to a machine by its name. */
import type { Plan } from "../src/model/plan.ts";
import { isMap } from "../src/model/unknown.ts";
import { readFiles } from "../src/repo/disk.ts";
import { readState } from "../src/repo/state.ts";
import { withMachine } from "./add-route/machineApp.ts";

/** Routes that were made by its name follow its address, and could not any more. */
export async function routesTo(root: string, name: string, plan: Plan): Promise<readonly string[]> {
  const made = readState(root).records.filter(({ generator, inputs }) => {
    const { to } = withMachine(inputs, plan);
    return generator === "add-route" && isMap(to) && to["machine"] === name;
  });
  const disk = await readFiles(root, new Set(made.flatMap(({ files }) => [...files.keys()])));
  return made.flatMap(({ instance, files }) => {
    const file = [...files.keys()].find((path) => disk.has(path) && path.includes("/app/"));
    return file === undefined ? [] : [`the route ${instance} leads to it: ${file.slice(0, file.indexOf("/app/"))}`];
  });
}
