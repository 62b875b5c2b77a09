/**
 * The program, run as a user would but with nothing of the user: no home, no git identity, no CI. As built, in a process
 * of its own, where starting and ending are what is looked at; otherwise in the process of the tests, which takes a
 * tenth of the time.
 */
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../src/cli/main.ts";
import { fakeHost } from "./host.ts";
import { dist } from "./paths.ts";
import { run, type RunOptions, type RunResult } from "./run.ts";
import { startTerminal, type Terminal, type TerminalOptions } from "./terminal.ts";
import { onPath } from "./tools.ts";
import { temporaryFolder } from "./workspace.ts";

export type Program = "create-homelab-net" | "gen";

export interface Isolation {
  /** Whether git knows who commits. */
  readonly identity?: boolean;
}

/** A fresh home folder, git configured there and nowhere else, and nothing inherited but PATH. */
export function isolatedEnvironment({ identity = true }: Isolation = {}): Record<string, string> {
  const home = temporaryFolder("home");
  const config = join(home, ".gitconfig");
  writeFileSync(
    config,
    identity ? "[user]\n\tname = Test\n\temail = test@example.com\n" : "[user]\n\tuseConfigOnly = true\n",
  );
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    GIT_CONFIG_GLOBAL: config,
    GIT_CONFIG_NOSYSTEM: "1",
    LANG: "C.UTF-8",
    TZ: "UTC",
  };
}

/** A PATH with git and nothing else, so that what is installed here changes nothing. */
export function onlyGit(): string {
  const git = onPath("git", process.env["PATH"] ?? "");
  if (git === undefined) throw new Error("the tests need git");
  const folder = temporaryFolder("path");
  symlinkSync(git, join(folder, "git"));
  return folder;
}

/** Path of the built program. Throws when it has not been built. */
export function programFile(program: Program, folder: string = dist): string {
  const file = join(folder, `${program}.js`);
  if (existsSync(file)) return file;
  throw new Error(`${file} is not there: npm run build makes it`);
}

export interface CliOptions extends Isolation, Omit<RunOptions, "env"> {
  readonly cwd: string;
  /** Added to the isolated environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the built program is. */
  readonly dist?: string;
}

/** Without a terminal: standard input is what `input` says, then its end. */
export function runCli(program: Program, args: readonly string[], options: CliOptions): Promise<RunResult> {
  const { env, dist: folder, identity, ...rest } = options;
  const isolated = isolatedEnvironment(identity === undefined ? {} : { identity });
  return run(process.execPath, [programFile(program, folder), ...args], { ...rest, env: { ...isolated, ...env } });
}

/** What of a result a run in the process of the tests has as well. */
export type HereResult = Pick<RunResult, "code" | "stdout" | "stderr">;

export type HereOptions = Pick<CliOptions, "cwd" | "env" | "input">;

/**
 * The same without a process: `main` of the source, with streams that are read from memory, and git as the only program
 * there is. Questions cannot be asked, and a commit would be made as whoever runs the tests, so a repository is made
 * without one. That both end alike is looked at in test/cli/asBuilt.test.ts.
 */
export async function runHere(
  program: Program,
  args: readonly string[],
  { cwd, env, input }: HereOptions,
): Promise<HereResult> {
  const host = fakeHost({
    cwd,
    env: { ...isolatedEnvironment(), PATH: onlyGit(), ...env },
    ...(input !== undefined && { input }),
  });
  const code = await main(program, args, host);
  return { code, ...host.printed };
}

export type CliTerminalOptions = Omit<CliOptions, "input" | "timeout"> &
  Pick<TerminalOptions, "cols" | "rows" | "patience">;

/** In a terminal. The caller waits for `exit` or kills it. */
export function startCli(program: Program, args: readonly string[], options: CliTerminalOptions): Terminal {
  const { env, dist: folder, identity, ...rest } = options;
  const isolated = isolatedEnvironment(identity === undefined ? {} : { identity });
  return startTerminal(process.execPath, [programFile(program, folder), ...args], {
    ...rest,
    env: { ...isolated, ...env },
  });
}
