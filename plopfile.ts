/** The same generators for the plop command: `npm run plop`. Answers come from HOMELAB_NET_* or the terminal. */
import type { NodePlopAPI } from "node-plop";
import { program } from "#generated/program";
import { generators } from "./generators/index.ts";
import { assembleCatalog } from "./src/cli/catalog.ts";
import { environmentFlags } from "./src/cli/environment.ts";
import { sessionFor } from "./src/cli/session.ts";
import { register } from "./src/plop/adapter.ts";

export default function plopfile(plop: NodePlopAPI): void {
  const catalog = assembleCatalog();
  const flags = new Map([
    ...environmentFlags(process.env, program.create, program),
    ...program.commands.flatMap((command) => [...environmentFlags(process.env, command, program)]),
  ]);
  const argument = process.env["HOMELAB_NET_ARGUMENT"];
  register(plop, generators(catalog), () =>
    sessionFor({ argument, flags, environment: new Map(), version: program.version }, catalog, process),
  );
}
