/** Words of the command line → flags by name. Strict: an unknown word is an error with the nearest known one. */
import { parseArgs } from "node:util";
import type { Given } from "../../generators/generator.ts";
import { UserError } from "../model/errors.ts";
import { suggest } from "../model/suggest.ts";
import { COMMON, type Command } from "./program.ts";

export interface Arguments {
  readonly argument: string | undefined;
  /** Those after the first. */
  readonly more: readonly string[];
  readonly flags: Given;
}

const SHORT: Readonly<Record<string, string>> = { h: "help", y: "yes", V: "version" };

export function parseArguments(words: readonly string[], command: Command, program: string): Arguments {
  const known = [...command.flags, ...COMMON];
  const options = Object.fromEntries(
    known.map(({ name, value }) => {
      const short = Object.entries(SHORT).find(([, long]) => long === name)?.[0];
      return [
        name,
        {
          type: value === undefined ? ("boolean" as const) : ("string" as const),
          ...(short !== undefined && { short }),
        },
      ];
    }),
  );
  // Not strict, because its own messages name neither the nearest flag nor the value that is missing.
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });

  const flags = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const flag = known.find(({ name }) => name === token.name);
    if (flag === undefined)
      throw unknownFlag(
        token.rawName,
        known.map(({ name }) => name),
        program,
      );
    if (flag.value === undefined && token.value !== undefined) throw new UserError(`--${flag.name} takes no value`);
    const value = flag.value === undefined ? "true" : token.value;
    const empty = value === "" && !flag.mayBeEmpty;
    if (value === undefined || empty || (token.inlineValue !== true && value.startsWith("--")))
      throw new UserError(`--${flag.name} needs a value: ${flag.value}`, flag.summary);
    if (flags.has(flag.name) && !flag.repeated && flag.value !== undefined)
      throw new UserError(`--${flag.name} stands twice`, "give it once");
    flags.set(flag.name, [...(flags.get(flag.name) ?? []), value]);
  }
  const [argument, ...more] = positionals;
  if (command.argument === "" && argument !== undefined)
    throw new UserError(`${command.name} takes no argument, and ${argument} is one`);
  if (argument === "")
    throw new UserError(
      `${command.argument} is empty: ${command.argumentSummary}`,
      "look whether a variable in the command line was set",
    );
  if (more.length > 0 && !command.argument.endsWith("…"))
    throw new UserError(
      // Whatever it is, it may be a secret somebody meant to give.
      `one ${command.argument} is enough, and there are ${positionals.length}`,
      "quote a name that contains spaces",
    );
  return { argument, more, flags };
}

function unknownFlag(raw: string, names: readonly string[], program: string): UserError {
  const near = suggest(raw.replace(/^-+/, ""), names);
  return new UserError(
    `unknown option ${raw}.${near === undefined ? "" : ` Did you mean --${near}?`}`,
    near === undefined ? `${program} --help lists them` : undefined,
  );
}
