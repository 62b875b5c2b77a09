import type { SpecPath } from "../model/finding.ts";

export interface Proposal {
  readonly path: SpecPath;
  /** As it stands in homelab.yaml. */
  readonly value: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly because: string;
}
