/** `HOMELAB_NET_*`: a variable for each flag, weaker than the flag. */
import { type Given, variableOf } from "../../generators/generator.ts";
import { UserError } from "../model/errors.ts";
import { distance } from "../model/suggest.ts";
import type { Command, Program } from "./program.ts";

const PREFIX = "HOMELAB_NET_";
const ON = /^(1|true|yes|on)$/i;
const OFF = /^(0|false|no|off)$/i;

/** Throws UserError for a switch that is neither on nor off, and for a variable that is one slip away from one of ours. */
export function environmentFlags(env: NodeJS.ProcessEnv, command: Command, program: Program): Given {
  refuseSlips(env, program);
  return new Map(
    command.flags.flatMap(({ name, value }) => {
      const text = env[variableOf(name)];
      if (text === undefined || text === "") return [];
      if (value !== undefined) return [[name, [text]] as const];
      if (ON.test(text)) return [[name, ["true"]] as const];
      if (OFF.test(text)) return [];
      throw new UserError(`${variableOf(name)}=${text} is neither on nor off`, `1 for --${name}, 0 or nothing without`);
    }),
  );
}

/** HOMELAB_NET_DRYRUN=1 would write. Other names under the prefix are somebody else's business. */
function refuseSlips(env: NodeJS.ProcessEnv, { create, commands }: Program): void {
  const known = [create, ...commands].flatMap(({ flags }) => flags.map(({ name }) => variableOf(name)));
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith(PREFIX) || known.includes(variable)) continue;
    const near = known.find((name) => distance(name, variable) === 1);
    if (near !== undefined) throw new UserError(`unknown variable ${variable}. Did you mean ${near}?`);
  }
}

/** Known before anything is parsed: a mistake in the arguments is told in the form that was asked for, too. */
export function wantsJson(words: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  return (
    options.some((word) => word === "--json" || word.startsWith("--json=")) || ON.test(env[variableOf("json")] ?? "")
  );
}
