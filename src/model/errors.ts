/**
 * Everything the program can end with. The exit code belongs to the class, so no caller chooses one.
 *
 * 0 done · 1 our bug (any error that is not one of these) · 2 the user's input · 3 needs the user ·
 * 4 the environment · 130 Ctrl-C.
 */
import type { Finding } from "./finding.ts";

export abstract class ExpectedError extends Error {
  abstract readonly exitCode: 2 | 3 | 4 | 130;
  /** What to do about it, one line. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** Usage, validation, refusal. */
export class UserError extends ExpectedError {
  readonly exitCode = 2;
}

/** The spec cannot become a network: every finding at once. `source` is the text the places point into. */
export class FindingsError extends ExpectedError {
  readonly exitCode = 2;
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(`${findings.length} finding${findings.length === 1 ? "" : "s"}`);
    this.findings = findings;
  }
}

/** Finished, or stopped, at something only the user can decide: a conflict, drift, a file in the way. */
export class NeedsUserError extends ExpectedError {
  readonly exitCode = 3;
}

/** A tool is missing, the disk is full, another run holds the repository. */
export class EnvironmentError extends ExpectedError {
  readonly exitCode = 4;
}

/** Ctrl-C or the end of input at a question: nothing has been written. */
export class CancelledError extends ExpectedError {
  readonly exitCode = 130;

  constructor() {
    super("Cancelled, nothing was written.");
  }
}
