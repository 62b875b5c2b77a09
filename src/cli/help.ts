/** Help, from the table alone. */
import { columns, wrap } from "../ui/wrap.ts";
import { COMMON, type Command, type Program } from "./program.ts";

export function createHelp({ version, create }: Program): string {
  return [
    `create-homelab-net ${version}   a GitOps repository for your home network`,
    "",
    wrap("Nothing is written before you have seen the plan. Ctrl-C leaves no trace."),
    "",
    "Usage",
    "  create-homelab-net [dir] [options]",
    "  create-homelab-net gen <command>     inside a repository; see create-homelab-net gen --help",
    "",
    ...sections(create),
  ].join("\n");
}

export function genHelp({ version, commands }: Program): string {
  return [
    `gen ${version}   a repository made by create-homelab-net, years later`,
    "",
    "Usage",
    "  gen <command> [options]              from any folder of the repository",
    "",
    "Commands",
    columns(commands.map(({ name, argument, summary }) => [`${name} ${argument}`.trim(), summary])),
    "",
    "  gen <command> --help shows its options.",
    "",
  ].join("\n");
}

export function commandHelp(command: Command): string {
  return [
    wrap(command.summary),
    "",
    "Usage",
    `  gen ${`${command.name} ${command.argument}`.trim()} [options]`,
    "",
    ...sections(command),
  ].join("\n");
}

function sections({ argument, argumentSummary, flags, examples }: Command): readonly string[] {
  const options = [...flags, ...COMMON].map(({ name, value, summary, choices }) => [
    value === undefined ? `--${name}` : `--${name} ${value}`,
    choices === undefined ? summary : `${summary} (${choices.join(", ")})`,
  ]);
  return [
    ...(argument === "" ? [] : ["Argument", columns([[argument, argumentSummary]]), ""]),
    "Options",
    columns(options),
    "",
    ...(examples.length === 0 ? [] : ["Examples", ...examples.map((example) => `  ${example}`), ""]),
  ];
}
