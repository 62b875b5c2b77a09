/** Text → plan that can work: load, resolve, check. Errors end it, all at once and in place; the rest comes back. */
import type { Catalog } from "../model/component.ts";
import { FindingsError } from "../model/errors.ts";
import type { Finding, SpecPath } from "../model/finding.ts";
import type { Plan } from "../model/plan.ts";
import { planNetwork } from "../plan/plan.ts";
import { openAddresses, propose } from "../plan/propose.ts";
import type { Proposal } from "../plan/proposal.ts";
import { loadSpec, placeFindings, type Loaded } from "../spec/load.ts";
import { printFlow } from "../yaml/print.ts";
import { check, errorsOf } from "./check.ts";
import type { Rule } from "./rule.ts";

export interface Checked {
  readonly plan: Plan;
  /** Warnings and notes. */
  readonly findings: readonly Finding[];
  readonly loaded: Loaded;
}

/** The same without an end: a network that cannot work has a plan too, one that cannot be read or is open has none. */
export interface Assessed {
  readonly plan: Plan | undefined;
  /** All of them. */
  readonly findings: readonly Finding[];
  readonly loaded: Loaded;
}

export const assessSpec = (text: string, file: string, catalog: Catalog, rules: readonly Rule[]): Assessed =>
  assessLoaded(loadSpec(text, file, catalog), catalog, rules);

function assessLoaded(loaded: Loaded, catalog: Catalog, rules: readonly Rule[]): Assessed {
  if (loaded.spec === undefined) return { plan: undefined, findings: loaded.findings, loaded };
  const proposals = propose(loaded.spec);
  const open = openAddresses(loaded.spec).map((path) => unwritten(path, proposals));
  if (open.length > 0) return { plan: undefined, findings: placeFindings(open, loaded.reading), loaded };
  const plan = planNetwork(loaded.spec, catalog);
  return { plan, findings: placeFindings([...loaded.findings, ...check(plan, rules)], loaded.reading), loaded };
}

export const planSpec = (text: string, file: string, catalog: Catalog, rules: readonly Rule[]): Checked =>
  planLoaded(loadSpec(text, file, catalog), catalog, rules);

/** The same for a text that has been read. */
export function planLoaded(loaded: Loaded, catalog: Catalog, rules: readonly Rule[]): Checked {
  const { plan, findings } = assessLoaded(loaded, catalog, rules);
  if (plan === undefined || errorsOf(findings).length > 0) throw new FindingsError(findings);
  return { plan, findings, loaded };
}

/** An address that stands nowhere would move with the next change; `create` writes proposals down, a person may too. */
function unwritten(path: SpecPath, proposals: readonly Proposal[]): Finding {
  const proposal = proposals.find((candidate) => candidate.path === path);
  return {
    id: "SPEC-ADDRESS",
    severity: "error",
    message: `${path} is not written down`,
    paths: [path],
    consequence:
      "A network depends on its addresses; one that is worked out anew each time moves when something is added.",
    fix:
      proposal === undefined
        ? "no free address was found for it; free one in the LAN, or in the pool, and write it down"
        : `${path}: ${printFlow(proposal.value)}  (free now)`,
  };
}
