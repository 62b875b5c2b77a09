/** Other programs: kubectl, helm, sops, … Arguments are handed over as they are, no shell reads them. */
import { execa } from "execa";
import { EnvironmentError } from "../model/errors.ts";

export interface RunOptions {
  readonly cwd?: string;
  /** For standard input, which is empty otherwise: the place for secrets, since arguments can be seen by everybody. */
  readonly input?: string | Uint8Array;
  /** How bytes become text; UTF-8 when absent. */
  readonly encoding?: "latin1";
  /** Milliseconds; none when absent. */
  readonly timeout?: number;
  /** The whole environment, with the PATH the program is looked for on; that of this process when undefined. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** How to get the program when it is missing. */
  readonly install?: string;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const SECOND = 1000;

/**
 * Runs a program to its end. What its exit code means is the caller's to say. Throws EnvironmentError when it is not
 * there, cannot be started, takes too long or is killed.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const {
    cwd,
    input,
    timeout,
    env,
    encoding = "utf8",
    install = `install ${command}, or look at what PATH says`,
  } = options;
  const result = await execa(command, args, {
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env, extendEnv: false }),
    ...(timeout !== undefined && { timeout }),
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
    encoding,
    reject: false,
    stripFinalNewline: false,
  });
  if (result.exitCode !== undefined) return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  const cause = { cause: result };
  // A missing folder is reported as a missing program, apart from the message.
  if (result.code === "ENOENT" && !/\bcwd\b/.test(result.message ?? ""))
    throw new EnvironmentError(`${command} not found`, install, cause);
  if (result.code === "EACCES")
    throw new EnvironmentError(`${command} is there but may not be executed`, `look at its mode, or ${install}`, cause);
  if (result.timedOut) {
    throw new EnvironmentError(
      `${command} did not answer within ${(timeout ?? 0) / SECOND} seconds and was stopped`,
      "see whether what it talks to can be reached, then run the command again",
      cause,
    );
  }
  if (result.signal !== undefined)
    throw new EnvironmentError(`${command} was ended by ${result.signal}`, "run the command again", cause);
  throw new EnvironmentError(
    `${command} could not be run: ${result.originalMessage ?? result.message ?? "no reason given"}`,
    undefined,
    cause,
  );
}
