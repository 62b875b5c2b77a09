/** Other programs as witnesses: what they print, or why they did not. */
import { EnvironmentError } from "../../model/errors.ts";
import type { ProgramAnswer, ProgramQuestion, Untold } from "../../probes/question.ts";
import { run } from "../run.ts";

export interface Site {
  /** Where programs are started. */
  readonly cwd: string;
  /** Their environment; that of this process when absent. */
  readonly env?: NodeJS.ProcessEnv;
}

// kubectl gives up by itself after five seconds; some programs look for a newer version of themselves first.
const PATIENCE = 10_000;

export async function askProgram({ command, args }: ProgramQuestion, site: Site): Promise<ProgramAnswer | Untold> {
  try {
    return await run(command, args, { ...site, timeout: PATIENCE });
  } catch (error) {
    if (error instanceof EnvironmentError) return { untold: error.message, how: reasonOf(error) };
    throw error;
  }
}

function reasonOf({ cause }: EnvironmentError): Untold["how"] {
  const { code, timedOut } = (cause ?? {}) as { readonly code?: string; readonly timedOut?: boolean };
  return code === "ENOENT" ? "missing" : timedOut === true ? "silent" : "impossible";
}

/** What a program of the system prints; undefined when it is not there or does not want to. */
export async function linesPrinted(command: string, args: readonly string[]): Promise<readonly string[] | undefined> {
  const answer = await askProgram(
    { kind: "program", command, args },
    { cwd: "/", env: { ...process.env, LC_ALL: "C" } },
  );
  return "untold" in answer || answer.exitCode !== 0 ? undefined : answer.stdout.split("\n");
}
