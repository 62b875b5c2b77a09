/** Whether a cluster that runs can take the version of Kubernetes that an update brings. */
import { clusterOf } from "../../src/audit/cluster.ts";
import { readSubject } from "../../src/audit/subject.ts";
import { carriedVersions } from "../../src/audit/versions/carried.ts";
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
