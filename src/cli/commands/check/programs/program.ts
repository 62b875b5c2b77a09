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

/**
 * One run for each item, a few at a time: each is a process of its own. Why there are no results, as soon as a program
 * that is missing or too slow has said it once; the first is alone, since one that is missing is missing for all.
 */
export async function several<Item>(
  items: readonly Item[],
  each: (item: Item) => Promise<RunResult | string>,
  atOnce = 4,
): Promise<readonly RunResult[] | string> {
  const results: RunResult[] = [];
  let reason: string | undefined;
  let next = 0;
  const one = async (): Promise<boolean> => {
    const index = next++;
    if (index >= items.length || reason !== undefined) return false;
    const result = await each(items[index] as Item);
    if (typeof result === "string") reason ??= result;
    else results[index] = result;
    return true;
  };
  const work = async (): Promise<void> => {
    while (await one());
  };
  await one();
  await Promise.all(Array.from({ length: atOnce }, work));
  return reason ?? results;
}
