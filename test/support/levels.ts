/** Kinds of tests that need something a plain checkout has not, and how a run says that it left them out. */
import levels from "../levels.json" with { type: "json" };

export interface LeftOut {
  /** Patterns for vitest's `exclude`. */
  readonly exclude: readonly string[];
  /** One line for each kind that will not run. */
  readonly notes: readonly string[];
}

/** Test files are of such a kind by their name: `schemas.components.test.ts`. */
export function leftOut(environment: Readonly<Record<string, string | undefined>>): LeftOut {
  const left = levels.flatMap(({ name, suffix, needs }) =>
    suffix === undefined || needs === undefined || (environment[needs] ?? "") !== "" ? [] : [{ name, suffix, needs }],
  );
  return {
    exclude: left.map(({ suffix }) => `**/*${suffix}`),
    notes: left.map(({ name, needs }) => `not run: ${name} (${needs} is not set)`),
  };
}
