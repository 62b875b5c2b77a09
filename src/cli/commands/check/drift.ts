/** The repository against what would be generated now, and against what was generated last. */
import { belowRoot } from "../../../../generators/belowRoot.ts";
import { SPEC_FILE } from "../../../../generators/repository.ts";
import { toFinding, type Audit } from "../../../audit/audit.ts";
import { compose } from "../../../compose/compose.ts";
import type { Catalog } from "../../../model/component.ts";
import { UserError } from "../../../model/errors.ts";
import type { Finding, Place } from "../../../model/finding.ts";
import type { RepoPath } from "../../../model/names.ts";
import type { Plan } from "../../../model/plan.ts";
import type { Change } from "../../../model/tree.ts";
import { readFiles } from "../../../repo/disk.ts";
import type { GeneratorRecord } from "../../../repo/record.ts";
import { baseTexts, readState, recordedExecutables, type State } from "../../../repo/state.ts";
import { executableFiles } from "../../../repo/disk.ts";
import { compare } from "../../../tree/compare.ts";
import { placeOf } from "../../../yaml/position.ts";

const damagedState: Audit = {
  id: "DRIFT-STATE",
  severity: "error",
  title: "What gen remembers of a run cannot be read.",
  because: "Without its record gen cannot tell your edits from its own text, and leaves the files alone for good.",
  source: "docs/architecture.md: the state in .homelab-net",
};

const behindSpec: Audit = {
  id: "DRIFT-SPEC",
  severity: "warning",
  title: "homelab.yaml, or the version of gen, says something else than the files.",
  because: "The cluster follows the files. What homelab.yaml says is not in them yet.",
  source: "docs/architecture.md: managed files",
};

const deletedFiles: Audit = {
  id: "DRIFT-DELETED",
  severity: "note",
  title: "Files that gen wrote are gone.",
  because: "They stay gone: what a person deletes is not written again.",
  source: "docs/architecture.md: managed files",
};

const editedFiles: Audit = {
  id: "DRIFT-YOURS",
  severity: "note",
  title: "Files that gen wrote were changed by hand.",
  because: "They are kept: changes of homelab.yaml are merged into them.",
  source: "docs/architecture.md: managed files",
};

export const drifts: readonly Audit[] = [damagedState, behindSpec, deletedFiles, editedFiles];

export interface Drift {
  readonly root: string;
  readonly specText: string;
  readonly plan: Plan;
  readonly catalog: Catalog;
  readonly version: string;
}

/** Findings about the state alone when `plan` cannot be composed. */
export async function drift({ root, specText, plan, catalog, version }: Drift): Promise<readonly Finding[]> {
  const state = stateOf(root);
  if ("finding" in state) return [state.finding];
  const record = state.find("create", "network");
  const tree = belowRoot(compose(plan, catalog, { specText, version }).tree, plan);
  const paths = [...new Set([...tree.keys(), ...state.records.flatMap(({ files }) => [...files.keys()])])];
  const [disk, executable] = [await readFiles(root, paths, { binary: "skip" }), await executableFiles(root, paths)];
  const { changes } = compare({
    tree,
    disk,
    base: baseTexts(state, record, { disk, tree }),
    pins: [...catalog.pins.values()],
    executable: { disk: executable, base: recordedExecutables(record) },
  });
  return [...behind(changes, specText, record, version), ...gone(changes, state, disk), ...yours(changes)];
}

/** Alone, for a spec that has no plan. */
export const stateFindings = (root: string): readonly Finding[] => {
  const state = stateOf(root);
  return "finding" in state ? [state.finding] : [];
};

function stateOf(root: string): State | { readonly finding: Finding } {
  try {
    return readState(root);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      finding: toFinding(damagedState, {
        message: error.message,
        places: [],
        fix: error.hint ?? "restore it from git",
      }),
    };
  }
}

const PENDING: readonly Change["kind"][] = ["create", "update", "merge", "conflict", "delete"];

function* behind(
  changes: readonly Change[],
  specText: string,
  record: GeneratorRecord | undefined,
  version: string,
): Generator<Finding> {
  const pending = changes.filter(({ kind }) => PENDING.includes(kind)).map(({ path }) => path);
  if (pending.length === 0) return;
  const newer = record !== undefined && record.version !== version;
  yield toFinding(behindSpec, {
    message: newer
      ? `gen ${version} writes ${listed(pending)} otherwise than gen ${record.version} did`
      : `homelab.yaml has changed since ${listed(pending)} ${pending.length === 1 ? "was" : "were"} generated`,
    places: [startOf(specText)],
    fix: newer
      ? "gen upgrade brings them up to date, your changes kept"
      : "gen apply brings them up to date, your changes kept",
  });
}

function* gone(
  changes: readonly Change[],
  { records }: State,
  disk: ReadonlyMap<RepoPath, string>,
): Generator<Finding> {
  const network = changes.flatMap((change) =>
    change.kind === "keep" && change.reason === "deleted-by-you" ? [change.path] : [],
  );
  const others = records
    .filter(({ generator }) => generator !== "create")
    .flatMap(({ files }) => [...files.keys()].filter((path) => !disk.has(path)));
  const paths = [...new Set([...network, ...others])];
  if (paths.length === 0) return;
  yield toFinding(deletedFiles, {
    message: `${listed(paths)} ${paths.length === 1 ? "was" : "were"} generated and ${paths.length === 1 ? "is" : "are"} gone`,
    places: [],
    fix: "nothing, if that is what you want; else restore them from git",
  });
}

function* yours(changes: readonly Change[]): Generator<Finding> {
  const paths = changes.flatMap((change) => (change.kind === "keep" && change.reason === "yours" ? [change.path] : []));
  if (paths.length === 0) return;
  yield toFinding(editedFiles, {
    message: `${listed(paths)} ${paths.length === 1 ? "was" : "were"} changed by you`,
    places: [],
    fix: "nothing",
  });
}

const SHOWN = 3;

const listed = (paths: readonly string[]): string =>
  paths.length <= SHOWN
    ? paths.join(", ")
    : `${paths.slice(0, SHOWN).join(", ")} and ${paths.length - SHOWN} more files`;

/** The first line that says something. */
function startOf(specText: string): Place {
  const from = /^[^#\s]/m.exec(specText)?.index ?? 0;
  const newline = specText.indexOf("\n", from);
  return placeOf(specText, SPEC_FILE, from, newline < 0 ? specText.length : newline);
}
