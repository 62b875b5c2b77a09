/** What a run may use of the world, decided once: who is asked, where talk goes, what the machine knows. */
import { join } from "node:path";
import type { Session } from "../../generators/generator.ts";
import type { Catalog } from "../model/component.ts";
import { EnvironmentError } from "../model/errors.ts";
import type { Outside } from "../probes/question.ts";
import { hasFile } from "../repo/location.ts";
import { readInput } from "../repo/input.ts";
import type { Host } from "./host.ts";
import { ruleBook } from "./ruleBook.ts";
import { lanOfMachine } from "../tools/machine.ts";
import { terminal } from "../ui/ask.ts";
import { outputTo, type Output } from "../ui/output.ts";

/** What was said on the command line and in the environment. */
export type Said = Pick<Session, "argument" | "more" | "flags" | "environment" | "version">;

export function sessionFor(
  { argument, more = [], flags, environment, version }: Said,
  catalog: Catalog,
  host: Host,
): Session {
  const json = flags.has("json") || environment.has("json");
  const cwd = currentFolder(host);
  const output = outputTo(host, host.env);
  return {
    cwd,
    argument,
    more,
    flags,
    environment,
    interactive: !json && isTerminal(host),
    asker: terminal,
    output: json ? silenced(output) : output,
    catalog,
    rules: ruleBook,
    inherited: host.env,
    version,
    readInput: (name, shown) => readInput(name, cwd, { stdin: host.stdin, shown }),
    outside: lazyOutside(host),
    facts: { lan: lanOfMachine, remote: async (directory) => (await import("../tools/git.ts")).remoteUrl(directory) },
  };
}

/** Most commands ask nobody; what asking takes is loaded by those that do. */
const lazyOutside =
  ({ env }: Host) =>
  (folder: string): Outside => ({
    ask: async (questions) => {
      const { outsideOf } = await import("../tools/outside/outside.ts");
      return outsideOf({ cwd: folder, env: { ...env, ...kubeconfigOf(folder, env) } }).ask(questions);
    },
  });

/** As the scripts of the repository have it: the file kubeconfig there, unless KUBECONFIG names another one. */
const kubeconfigOf = (folder: string, env: NodeJS.ProcessEnv): Readonly<Record<string, string>> =>
  (env["KUBECONFIG"] ?? "") === "" && hasFile(folder, "kubeconfig") ? { KUBECONFIG: join(folder, "kubeconfig") } : {};

function currentFolder(host: Host): string {
  try {
    return host.cwd();
  } catch (cause) {
    throw new EnvironmentError("the folder you are in is gone, or may not be entered", "change into another one", {
      cause,
    });
  }
}

/** Prompts read stdin and draw on stderr; a CI system has a terminal at times and nobody at it. */
function isTerminal({ env, stdin, stderr }: Host): boolean {
  const ci = env["CI"];
  const inCi = ci !== undefined && ci !== "" && ci !== "false" && ci !== "0";
  return stdin.isTTY === true && stderr.isTTY === true && !inCi;
}

const silenced = (output: Output): Output => ({ ...output, talk: () => undefined });
