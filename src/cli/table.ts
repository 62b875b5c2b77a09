/** The table help and completion read, put together from generators, schema and commands. Run at build only. */
import { generators } from "../../generators/index.ts";
import type { Generator } from "../../generators/generator.ts";
import { assembleCatalog } from "./catalog.ts";
import { specKeys } from "../spec/keys.ts";
import { AREAS } from "../probes/probe.ts";
import { LISTS } from "./commands/list.ts";
import type { Command, Program, Setting } from "./program.ts";
import { ruleBook } from "./ruleBook.ts";

export function programTable(version: string, issues: string, catalog = assembleCatalog()): Program {
  const [create, ...others] = generators(catalog).map(asCommand);
  if (create === undefined) throw new Error("no generator to make a repository with");
  const settings: readonly Setting[] = specKeys(catalog).map(({ path, type, description, values }) => ({
    path,
    type,
    description,
    ...(values !== undefined && { values }),
  }));
  return {
    version,
    issues,
    create: { ...create, name: "create" },
    commands: [...others, ...reading(settings)],
    settings,
  };
}

const asCommand = (generator: Generator): Command => {
  const { name, summary, argument, argumentSummary, flags, examples } = generator;
  const argumentChoices = generator.argumentChoices?.();
  return { name, summary, argument, argumentSummary, ...(argumentChoices && { argumentChoices }), flags, examples };
};

const JSON_FLAG = { name: "json", summary: "print one JSON object on stdout" } as const;

const reading = (settings: readonly Setting[]): readonly Command[] => [
  {
    name: "list",
    summary: "Lists components, apps and routes, or one of its lists.",
    argument: "[what]",
    argumentSummary: LISTS.join(", "),
    argumentChoices: LISTS,
    flags: [
      { name: "flows", summary: "the list of who may talk to whom: the same as gen list flows" },
      { name: "mermaid", summary: "the list of flows as a picture for a page of Markdown" },
      JSON_FLAG,
    ],
    examples: ["gen list", "gen list routes", "gen list --flows --mermaid"],
  },
  {
    name: "check",
    summary: "Looks for what is wrong in the repository, from homelab.yaml to the last route.",
    argument: "",
    argumentSummary: "",
    flags: [
      { name: "strict", summary: "warnings count as errors" },
      { name: "verbose", summary: "show notes too" },
      { name: "network", summary: "let programs fetch charts and schemas from the internet" },
      { name: "staged", summary: "only whether the next commit carries a secret, as the hook of the repository asks" },
      JSON_FLAG,
    ],
    examples: ["gen check", "gen check --strict"],
  },
  {
    name: "doctor",
    summary: "Looks at reality: tools, cluster, addresses, resolvers, domains. Asks, and changes nothing.",
    argument: "",
    argumentSummary: "",
    flags: [
      { name: "only", value: "AREA,…", summary: `look at nothing else; there are ${AREAS.join(", ")}` },
      { name: "skip", value: "AREA,…", summary: "leave these out" },
      { name: "strict", summary: "warnings count as errors" },
      { name: "yes", summary: "ask at once what is going to be asked" },
      { name: "dry-run", summary: "show what would be asked and stop" },
      JSON_FLAG,
    ],
    examples: ["gen doctor", "gen doctor --only tools,cluster", "gen doctor --dry-run"],
  },
  {
    name: "explain",
    summary: "Says where a value comes from, or what a rule is about.",
    argument: "PATH|RULE",
    argumentSummary: "key of homelab.yaml, or id of a rule",
    argumentChoices: [...settings.map(({ path }) => path), ...ruleBook.map(({ id }) => id)],
    flags: [JSON_FLAG],
    examples: ["gen explain cluster.pods", "gen explain LB-POOL-DHCP"],
  },
  {
    name: "completion",
    summary: "Prints a completion script for your shell.",
    argument: "SHELL",
    argumentSummary: "bash, zsh or fish",
    argumentChoices: ["bash", "zsh", "fish"],
    flags: [],
    examples: ["source <(gen completion bash)", "gen completion fish > ~/.config/fish/completions/gen.fish"],
  },
];
