/** Programs that `node scripts/tools.mjs` builds from their Go modules. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkout } from "./paths.ts";

export interface GoTool {
  readonly path: string;
  readonly version: string;
}

interface GoTools {
  goTool(id: string): GoTool;
}

const toolOf = async (id: string): Promise<GoTool> =>
  ((await import(pathToFileURL(join(checkout, "scripts/goTools.mjs")).href)) as GoTools).goTool(id);

/** Whether or not it is built. */
export const toolVersion = async (id: string): Promise<string> => (await toolOf(id)).version;

export async function builtTool(id: string): Promise<GoTool> {
  const tool = await toolOf(id);
  if (!existsSync(tool.path)) throw new Error(`${tool.path} is not there; node scripts/tools.mjs builds it`);
  return tool;
}
