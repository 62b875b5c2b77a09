/**
 * A repository against its homelab.yaml: everything that would change, and everything that stays although something else
 * would be written today. Reads the disk, writes nothing.
 */
import type { Finding } from "../../src/model/finding.ts";
import { repoPath, type RepoPath } from "../../src/model/names.ts";
import type { Change, Tree } from "../../src/model/tree.ts";
import { executableFiles, listFiles, readFiles } from "../../src/repo/disk.ts";
import { readState } from "../../src/repo/state.ts";
import type { FileWrite } from "../../src/repo/writes.ts";
import { compare, type Compared } from "../../src/tree/compare.ts";
import { normalise } from "../../src/tree/lines.ts";
import type { Generator, Session } from "../generator.ts";
import { SPEC_FILE } from "../repository.ts";
import { refuseMarked, settledConflicts, type ConflictPolicy } from "./conflicts.ts";
import { changeEngine, enginesOf, filesOfUsers, type EngineChange } from "./engine/change.ts";
import { atTheirKubernetes, kubernetesStep } from "./kubernetesStep.ts";
import { keepNamespaces } from "./keptNamespaces.ts";
import { memoryOf } from "./memory.ts";
import { refuseMoved, refuseOlder } from "./refusals.ts";
import {
  allExecutables,
  allSeeded,
  recordedPaths,
  renderAgain,
  wholeBase,
  wholeTree,
  type Renderings,
} from "./renderings.ts";
import { pathsToRestore, restoring } from "./restore.ts";
import { writtenDown, type SpecEdit } from "./written.ts";

export interface Wanted {
  readonly root: string;
  /** homelab.yaml on disk, and with what the command itself sets in it. */
  readonly before: string;
  readonly text: string;
  readonly edits: readonly SpecEdit[];
  /** What to do with a file that both sides changed. Absent: it needs the user. */
  readonly conflicts?: ConflictPolicy | undefined;
  /** Files to write as they are generated, whatever became of them. As typed. */
  readonly restore: readonly string[];
}

export interface Update {
  readonly root: string;
  /** homelab.yaml as it will stand. */
  readonly specText: string;
  readonly findings: readonly Finding[];
  /** Keys set in homelab.yaml, by the command and to write down what was open. */
  readonly edits: readonly SpecEdit[];
  /** In path order, homelab.yaml among them. */
  readonly changes: readonly Change[];
  readonly pins: Compared["pins"];
  readonly tree: Tree;
  readonly left: Renderings["left"];
  /** Written once and untouched since, and would be written otherwise today. */
  readonly outdated: readonly RepoPath[];
  /** Version of this program that wrote the repository last. */
  readonly from: string;
  /** What is to be remembered, to be written together with the changes. */
  readonly memory: readonly FileWrite[];
  /** The files were written for another engine. */
  readonly engine?: EngineChange;
}

export async function updateOf(
  wanted: Wanted,
  generators: readonly Generator[],
  session: Pick<Session, "catalog" | "rules" | "version" | "cwd">,
): Promise<Update> {
  const { root } = wanted;
  const written = writtenDown(wanted.text, wanted.before, session);
  refuseMoved(root, written.plan);
  const state = readState(root);
  const specText = normalise(written.text);
  const { catalog, version } = session;
  const renderings = renderAgain(state, generators, { plan: written.plan, specText, catalog, version });
  const tree = wholeTree(renderings);
  const from = renderings.all[0]?.record.version ?? version;
  refuseOlder(from, version);

  const engines = enginesOf(state.find("create", "network"), written.plan, catalog);
  const listed =
    engines === undefined
      ? []
      : [...(await listFiles(root, repoPath("kubernetes"))), ...(await listFiles(root, repoPath("docs/notes")))];
  const paths = new Set([...tree.keys(), ...recordedPaths(renderings)]);
  const disk = await readFiles(root, paths);
  const restored = pathsToRestore(wanted.restore, tree, root, session.cwd);
  refuseMarked(disk, tree, restored);
  const base = wholeBase(renderings, state, { disk, tree });
  const apart = new Set([
    SPEC_FILE,
    ...(engines === undefined ? [] : filesOfUsers({ ...engines, plan: written.plan, catalog })),
  ]);
  const compared = compare(
    restoring(restored, {
      tree: without(tree, apart),
      disk,
      base: without(base, apart),
      seeded: allSeeded(renderings),
      pins: [...catalog.pins.values()],
      labels: labels(from, version),
      executable: { disk: await executableFiles(root, paths), base: allExecutables(renderings) },
    }),
  );
  const engine =
    engines &&
    changeEngine(compared.changes, {
      ...engines,
      plan: written.plan,
      catalog,
      state,
      tree,
      written: base,
      disk: new Map([...(await readFiles(root, listed, { binary: "skip" })), ...disk]),
      others: renderings.all.slice(1),
      render: (plan, at) => renderAgain(state, generators, { plan, specText, catalog: at, version }),
    });
  const changes = atTheirKubernetes(
    await keepNamespaces(engine?.changes ?? compared.changes, root, written.plan, catalog),
    disk,
    written.plan,
  );
  return {
    root,
    specText: written.text,
    findings: [...written.findings, ...kubernetesStep(disk, changes, written.plan)],
    edits: [...wanted.edits, ...written.edits],
    changes: withSpec(settledConflicts(changes, wanted.conflicts), wanted.before, written.text),
    pins: compared.pins,
    tree,
    left: renderings.left,
    outdated: outdatedIn(compared.changes, disk, base, tree),
    from,
    memory: memoryOf(state, renderings, version, engine),
    ...(engine !== undefined && { engine }),
  };
}

function without<Value>(map: ReadonlyMap<RepoPath, Value>, paths: ReadonlySet<RepoPath>): ReadonlyMap<RepoPath, Value> {
  return new Map([...map].filter(([path]) => !paths.has(path)));
}

function outdatedIn(
  changes: readonly Change[],
  disk: ReadonlyMap<RepoPath, string>,
  base: ReadonlyMap<RepoPath, string | undefined>,
  tree: Tree,
): readonly RepoPath[] {
  return changes.flatMap((change) => {
    if (change.kind !== "keep" || change.reason !== "seeded") return [];
    const [ours, first] = [disk.get(change.path), base.get(change.path)];
    const untouched = ours !== undefined && first !== undefined && normalise(ours) === normalise(first);
    return untouched && tree.get(change.path)?.content !== normalise(ours) ? [change.path] : [];
  });
}

const labels = (from: string, now: string) => ({
  ours: "yours",
  base: from === now ? "generated before" : `generated ${from}`,
  theirs: from === now ? "generated now" : `generated ${now}`,
});

function withSpec(changes: readonly Change[], before: string, after: string): readonly Change[] {
  if (before === after) return changes;
  const spec: Change = { kind: "update", path: SPEC_FILE, before, after };
  return [...changes, spec].sort((a, b) => (a.path < b.path ? -1 : 1));
}
