/** Programs that see more than this one, where they are installed. */
import type { Audit } from "../../../audit/audit.ts";
import type { Finding } from "../../../model/finding.ts";

export const outside: readonly Audit[] = [];

export interface Ran {
  readonly findings: readonly Finding[];
  readonly ran: readonly string[];
  readonly notRun: readonly string[];
}
