/**
 * Both programs up to the point where something has to be done: help, version and mistakes in the arguments load
 * nothing but this. The rest is imported when it is needed.
 */
import { program } from "#generated/program";
import { UserError } from "../model/errors.ts";
import { suggest } from "../model/suggest.ts";
import { parseArguments } from "./arguments.ts";
import { environmentFlags, wantsJson } from "./environment.ts";
import { commandHelp, createHelp, genHelp } from "./help.ts";
import type { Host } from "./host.ts";
import type { Command } from "./program.ts";
import { heedStreams } from "./streams.ts";

export type ProgramName = "create-homelab-net" | "gen";

/** Exit code. Never throws. */
export async function main(name: ProgramName, words: readonly string[], host: Host): Promise<number> {
  // `npm create homelab-net -- …` hands the separator on with some versions of npm.
  const [first, ...rest] = words[0] === "--" ? words.slice(1) : words;
  const args = first === undefined ? [] : [first, ...rest];
  let written = true;
  heedStreams(host, () => {
    written = false;
    host.exitCode = 4;
  });
  const exitCode = await carryOut(name, args, host);
  return written ? exitCode : 4;
}

async function carryOut(name: ProgramName, args: readonly string[], host: Host): Promise<number> {
  const [first, ...rest] = args;
  try {
    if (name === "create-homelab-net" && first === "gen") return await gen(rest, host);
    if (name === "gen") return await gen(args, host);
    return await runCommand(program.create, args, host, "create-homelab-net", () => createHelp(program));
  } catch (error) {
    const { reportFailure } = await import("./failure.ts");
    return reportFailure(error, wantsJson(args, host.env), host);
  }
}

async function gen(words: readonly string[], host: Host): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h") {
    (name === undefined ? host.stderr : host.stdout).write(genHelp(program));
    return name === undefined ? 2 : 0;
  }
  if (name === "--version" || name === "-V") return version(host);
  const command = program.commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return runCommand(command, rest, host, `gen ${name}`, () => commandHelp(command));
  const near = suggest(
    name,
    program.commands.map((candidate) => candidate.name),
  );
  throw new UserError(
    `unknown command ${name}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    "gen --help lists them",
  );
}

async function runCommand(
  command: Command,
  words: readonly string[],
  host: Host,
  spelled: string,
  help: () => string,
): Promise<number> {
  const { argument, more, flags } = parseArguments(words, command, spelled);
  if (flags.has("help")) {
    host.stdout.write(help());
    return 0;
  }
  if (flags.has("version")) return version(host);
  const environment = environmentFlags(host.env, command, program);
  if (command.name === "completion") {
    const { completion } = await import("./completion.ts");
    host.stdout.write(completion(argument, program));
    return 0;
  }
  const { run } = await import("./run.ts");
  return run({ command, argument, more, flags, environment, version: program.version }, host);
}

function version({ stdout }: Host): number {
  stdout.write(`${program.version}\n`);
  return 0;
}
