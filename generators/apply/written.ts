/** What an edited homelab.yaml leaves open, proposed and written into it: a network depends on its addresses. */
import { FindingsError } from "../../src/model/errors.ts";
import type { Finding } from "../../src/model/finding.ts";
import { propose } from "../../src/plan/propose.ts";
import { settle } from "../../src/plan/settle.ts";
import { planLoaded, type Checked } from "../../src/rules/planSpec.ts";
import { loadSpec, placeFindings } from "../../src/spec/load.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import type { Session } from "../generator.ts";
import { SPEC_FILE } from "../repository.ts";

/** One key of homelab.yaml that a command sets or takes out. */
export interface SpecEdit {
  readonly path: string;
  readonly value?: unknown;
  readonly removed?: true;
  readonly because?: string;
}

export interface Written extends Checked {
  readonly text: string;
  readonly edits: readonly SpecEdit[];
}

/**
 * `before`: homelab.yaml without what the command itself sets in it. Throws FindingsError for a spec that is no network,
 * with places in the text as it was given.
 */
export function writtenDown(
  given: string,
  before: string,
  { catalog, rules }: Pick<Session, "catalog" | "rules">,
): Written {
  const loaded = loadSpec(given, SPEC_FILE, catalog);
  const was = before === given ? loaded.spec : loadSpec(before, SPEC_FILE, catalog).spec;
  const edits = loaded.spec === undefined ? [] : [...settle(loaded.spec, catalog, was), ...propose(loaded.spec)];
  const text = edits.reduce((current, { path, value }) => setInSpec(current, SPEC_FILE, path, value, catalog), given);
  try {
    const whole = text === given ? loaded : loadSpec(text, SPEC_FILE, catalog);
    return { ...planLoaded(whole, catalog, rules), text, edits };
  } catch (error) {
    if (edits.length === 0 || !(error instanceof FindingsError)) throw error;
    throw new FindingsError(placeFindings(error.findings.map(unplaced), loaded.reading));
  }
}

/** To be placed in another text. */
export function unplaced({ id, severity, message, paths, consequence, fix }: Finding): Finding {
  return { id, severity, message, paths, ...(consequence && { consequence }), ...(fix && { fix }) };
}
