/** One program: what it found, or why it did not run. */
import { EnvironmentError } from "../../../../model/errors.ts";
import type { Finding } from "../../../../model/finding.ts";
import { run, type RunOptions, type RunResult } from "../../../../tools/run.ts";

/** What every program is run with. */
export interface Means {
  readonly root: string;
  /** Whether a program may fetch what it needs. */
  readonly network: boolean;
  /** Undefined: that of this process. */
  readonly env: NodeJS.ProcessEnv | undefined;
}

export interface Ran {
  readonly findings: readonly Finding[];
  /** What was done, for the last line; undefined when nothing was. */
  readonly ran?: string;
  /** What was left out, each with the reason. */
  readonly notRun: readonly string[];
}

export const notRun = (...reasons: readonly string[]): Ran => ({ findings: [], notRun: reasons });

/** The result, or why there is none: not installed, too slow, killed. */
export async function attempt(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult | string> {
  try {
    return await run(command, args, options);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
}

/** One after the other, a few at a time: each is a process of its own. */
export async function several<Item, Result>(
  items: readonly Item[],
  each: (item: Item) => Promise<Result>,
  atOnce = 4,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await each(items[index] as Item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
