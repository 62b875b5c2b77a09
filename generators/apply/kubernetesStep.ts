/** The version of Kubernetes that an update brings: whether a cluster that runs can take it, and that it is one. */
import { clusterOf } from "../../src/audit/cluster.ts";
import { readSubject } from "../../src/audit/subject.ts";
import { atVersion, carriedVersions, commentedIn } from "../../src/audit/versions/carried.ts";
import { stepFinding } from "../../src/audit/versions/check.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { RepoPath } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Change } from "../../src/model/tree.ts";

/** `disk`: files as they stand, whoever moved their versions. */
export function kubernetesStep(
  disk: ReadonlyMap<RepoPath, string>,
  changes: readonly Change[],
  plan: Plan,
): readonly Finding[] {
  // Scripts have the version in a comment for Renovate; objects are of no account.
  const before = new Map([...disk].filter(([path]) => path.startsWith("bootstrap/")));
  const after = new Map(before);
  for (const change of changes) if (before.has(change.path) && "after" in change) after.set(change.path, change.after);
  const [from, to] = [before, after].map((texts) =>
    carriedVersions(clusterOf(readSubject(texts), plan)).get("kubernetes"),
  );
  const step = from && to && stepFinding(from, to.version);
  return step === undefined ? [] : [step];
}

/**
 * A file that is new has the version that those beside it were moved to, not the one of this program: Plans of K3s would
 * lead back, and no machine takes that. What is remembered of it has ours, so it counts as moved.
 */
export function atTheirKubernetes(
  changes: readonly Change[],
  disk: ReadonlyMap<RepoPath, string>,
  plan: Plan,
): readonly Change[] {
  const { pin } = plan.cluster.kubernetes;
  if (pin === undefined) return changes;
  const after = new Map([...disk].filter(([path]) => path.startsWith("bootstrap/")));
  for (const change of changes) if (after.has(change.path) && "after" in change) after.set(change.path, change.after);
  const [theirs] = commentedIn(pin, after);
  if (theirs === undefined || theirs.version === pin.version) return changes;
  return changes.map((change) =>
    change.kind === "create" ? { ...change, after: atVersion(pin, change.after, theirs.version) } : change,
  );
}
