/**
 * What help, completion and the check of arguments know: a table made at build from generators, schema and commands,
 * so that none of them loads a dependency. Made by src/cli/table.ts.
 */
import type { Flag } from "../../generators/generator.ts";

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** `[dir]`, `HOST`; empty when it takes none. */
  readonly argument: string;
  readonly argumentSummary: string;
  /** Words the argument can be, for completion. */
  readonly argumentChoices?: readonly string[];
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
}

/** A key of homelab.yaml for `--set` and its completion. */
export interface Setting {
  readonly path: string;
  readonly type: string;
  readonly description: string;
  readonly values?: readonly string[];
}

export interface Program {
  readonly version: string;
  /** Where bugs are reported. */
  readonly issues: string;
  readonly create: Command;
  readonly commands: readonly Command[];
  readonly settings: readonly Setting[];
}

/** Flags every command has. */
export const COMMON: readonly Flag[] = [
  { name: "help", summary: "show this help" },
  { name: "version", summary: "print the version" },
];
