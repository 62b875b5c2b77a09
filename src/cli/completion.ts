/** Completion scripts: all words are in them, so that completing starts no program and reads no configuration. */
import { UserError } from "../model/errors.ts";
import { COMMON, type Command, type Program } from "./program.ts";

const SHELLS = { bash, zsh, fish } as const;

export function completion(shell: string | undefined, program: Program): string {
  if (shell === undefined || !Object.hasOwn(SHELLS, shell))
    throw new UserError(
      shell === undefined ? "completion needs the name of your shell" : `there is no completion for ${shell}`,
      "bash, zsh or fish",
    );
  return SHELLS[shell as keyof typeof SHELLS](program);
}

const flagsOf = ({ flags }: Command): string => [...flags, ...COMMON].map(({ name }) => `--${name}`).join(" ");

const settingsOf = ({ settings }: Program): string =>
  settings.map(({ path }) => `${path.replaceAll("*", "NAME")}=`).join(" ");

/** After `key=` its value follows, and no space. */
const opensValue = ({ argumentChoices = [] }: Command): boolean => argumentChoices.some((word) => word.endsWith("="));

const wordsFor = ({ choices, isKey }: Command["flags"][number], { settings }: Program): string | undefined =>
  isKey ? settings.map(({ path }) => path.replaceAll("*", "NAME")).join(" ") : choices?.join(" ");

const choicesOf = ({ flags }: Command, program: Program): readonly (readonly [flag: string, words: string])[] =>
  flags.flatMap((flag) => {
    const words = wordsFor(flag, program);
    return words === undefined ? [] : [[`--${flag.name}`, words] as const];
  });

function bash(program: Program): string {
  const { create, commands } = program;
  return `# bash completion for create-homelab-net and gen
_homelab_net_words() { COMPREPLY=($(compgen -W "$1" -- "\${COMP_WORDS[COMP_CWORD]}")); }
_homelab_net_command() {
  local previous="\${COMP_WORDS[COMP_CWORD-1]}"
  case "$1 $previous" in
${[create, ...commands].flatMap((command) => choicesOf(command, program).map(([flag, words]) => `    "${command.name} ${flag}") _homelab_net_words "${words}"; return ;;`)).join("\n")}
    "create --set") _homelab_net_words "${settingsOf(program)}"; compopt -o nospace; return ;;
    "create --config") COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); return ;;
  esac
  case "$1" in
${[create, ...commands].map((command) => `    ${command.name}) _homelab_net_words "${[flagsOf(command), ...(command.argumentChoices ?? [])].join(" ")}"${opensValue(command) ? "; compopt -o nospace" : ""} ;;`).join("\n")}
  esac
}
_homelab_net_gen() {
  local start=$1
  if ((COMP_CWORD == start)); then _homelab_net_words "${commands.map(({ name }) => name).join(" ")} --help --version"; return; fi
  _homelab_net_command "\${COMP_WORDS[start]}"
}
_gen() { _homelab_net_gen 1; }
_create_homelab_net() {
  if [[ "\${COMP_WORDS[1]}" == gen && $COMP_CWORD -gt 1 ]]; then _homelab_net_gen 2; else _homelab_net_command create; fi
}
complete -F _gen gen
complete -o default -F _create_homelab_net create-homelab-net
`;
}

function zsh(program: Program): string {
  return `# zsh completion for create-homelab-net and gen, by way of the bash one
autoload -U +X bashcompinit && bashcompinit
${bash(program)}`;
}

function fish(program: Program): string {
  const { create, commands } = program;
  const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const option = (program_: string, when: string, flag: Command["flags"][number]): string => {
    const words = wordsFor(flag, program);
    return `complete -c ${program_} -n ${quote(when)} -l ${flag.name}${flag.value === undefined ? "" : " -r"}${words === undefined ? "" : ` -f -a ${quote(words)}`} -d ${quote(flag.summary)}`;
  };
  return `${[
    "# fish completion for create-homelab-net and gen",
    "complete -c gen -f",
    ...commands.map(({ name, summary }) => `complete -c gen -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`),
    ...commands.flatMap((command) =>
      [...command.flags, ...COMMON].map((flag) => option("gen", `__fish_seen_subcommand_from ${command.name}`, flag)),
    ),
    ...commands.flatMap(({ name, argumentChoices }) =>
      argumentChoices === undefined
        ? []
        : [`complete -c gen -n ${quote(`__fish_seen_subcommand_from ${name}`)} -a ${quote(argumentChoices.join(" "))}`],
    ),
    ...[...create.flags, ...COMMON].map((flag) =>
      option("create-homelab-net", "not __fish_seen_subcommand_from gen", flag),
    ),
    `complete -c create-homelab-net -n '__fish_seen_argument -l set' -f -a ${quote(settingsOf(program))}`,
  ].join("\n")}\n`;
}
