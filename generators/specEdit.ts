/**
 * A change of homelab.yaml with every file that follows from it: what the network was and what it will be are both
 * composed, and only files in which the two differ are touched, merged with what people made of them.
 */
import { compose } from "../src/compose/compose.ts";
import { NeedsUserError } from "../src/model/errors.ts";
import type { RepoPath } from "../src/model/names.ts";
import type { Plan } from "../src/model/plan.ts";
import type { Change, File } from "../src/model/tree.ts";
import { readFiles } from "../src/repo/disk.ts";
import { recordOf, type GeneratorRecord } from "../src/repo/record.ts";
import { baseTexts, stateWrites, type State } from "../src/repo/state.ts";
import type { FileWrite } from "../src/repo/writes.ts";
import { planSpec } from "../src/rules/planSpec.ts";
import type { Finding } from "../src/model/finding.ts";
import { compare } from "../src/tree/compare.ts";
import { normalise } from "../src/tree/lines.ts";
import { belowRoot } from "./belowRoot.ts";
import type { Session } from "./generator.ts";
import { SPEC_FILE } from "./repository.ts";

export interface SpecEdit {
  /** The network afterwards. */
  readonly plan: Plan;
  /** Warnings and notes about it. */
  readonly findings: readonly Finding[];
  readonly changes: readonly Change[];
  /** What the repository remembers, to be written with the changes. */
  readonly writes: readonly FileWrite[];
}

type Files = ReadonlyMap<RepoPath, File>;

/** Throws FindingsError when the network would not work any more, NeedsUserError where the edits of people are in the way. */
export async function editSpec(
  root: string,
  texts: { readonly before: string; readonly after: string },
  state: State,
  session: Session,
): Promise<SpecEdit> {
  const { plan, findings } = planSpec(texts.after, SPEC_FILE, session.catalog, session.rules);
  if (texts.after === texts.before) return { plan, findings, changes: [], writes: [] };
  const { plan: old } = planSpec(texts.before, SPEC_FILE, session.catalog, session.rules);
  const [was, becomes] = [filesOf(old, texts.before, session), filesOf(plan, texts.after, session)];
  const moved = [...new Set([...was.keys(), ...becomes.keys()])].filter(
    (path) => path !== SPEC_FILE && was.get(path)?.content !== becomes.get(path)?.content,
  );
  const tree = new Map(moved.flatMap((path) => entry(becomes, path)));
  const previous = state.find("create", "network");
  const known = previous && { ...previous, files: new Map(moved.flatMap((path) => entry(previous.files, path))) };
  const disk = await readFiles(root, moved);
  const { changes } = compare({
    tree,
    disk,
    base: baseTexts(state, known, { disk, tree }),
    pins: [...session.catalog.pins.values()],
  });
  refuseConflicts(changes);
  const spec: Change = { kind: "update", path: SPEC_FILE, before: texts.before, after: texts.after };
  return {
    plan,
    findings,
    changes: [...changes, spec].sort((a, b) => (a.path < b.path ? -1 : 1)),
    writes: previous === undefined ? [] : remembered(previous, tree, moved, state),
  };
}

const filesOf = (plan: Plan, specText: string, { catalog, version }: Session): Files =>
  belowRoot(compose(plan, catalog, { specText: normalise(specText), version }).tree, plan);

const entry = <Value>(map: ReadonlyMap<RepoPath, Value>, path: RepoPath): readonly (readonly [RepoPath, Value])[] => {
  const value = map.get(path);
  return value === undefined ? [] : [[path, value]];
};

function refuseConflicts(changes: readonly Change[]): void {
  const conflicts = changes.flatMap((change) =>
    change.kind === "conflict" ? [`${change.path}: ${change.reason}`] : [],
  );
  if (conflicts.length === 0) return;
  throw new NeedsUserError(
    [`${conflicts.length === 1 ? "a file" : "files"} would change where you changed it too:`, ...conflicts].join(
      "\n    ",
    ),
    "nothing was written: undo your change of these lines, run the command again, and make your change anew",
  );
}

/** The record of the network with these files as they are generated now; all others stay as they were. */
function remembered(
  previous: GeneratorRecord,
  tree: Files,
  moved: readonly RepoPath[],
  state: State,
): readonly FileWrite[] {
  const { record, texts } = recordOf({ ...previous, tree, previous });
  const untouched = [...previous.files].filter(([path]) => !moved.includes(path));
  const files = new Map([...untouched, ...record.files].sort(([a], [b]) => (a < b ? -1 : 1)));
  return stateWrites(state, { ...record, files }, texts);
}
