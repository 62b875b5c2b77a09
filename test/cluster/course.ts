/** What happened to Kustomizations, told by the changes a server saw. */
import type { Change } from "../support/api.ts";
import { isReady, keyOf, readiness } from "../support/flux/watched.ts";

export interface Course {
  /** Place of the change that says its objects are being built; only then they are applied. */
  readonly begun?: number;
  /** Place of the change that says all of them are there and ready. */
  readonly ready?: number;
  /** `ReconciliationFailed: …`, each once: what it said while it was not ready. */
  readonly troubles: readonly string[];
}

export function coursesOf(changes: readonly Change[]): ReadonlyMap<string, Course> {
  const courses = new Map<string, Course>();
  for (const [place, { object }] of changes.entries()) {
    const before = courses.get(keyOf(object)) ?? { troubles: [] };
    const { lastAttemptedRevision } = (object["status"] ?? {}) as { lastAttemptedRevision?: string };
    const begun = before.begun ?? (lastAttemptedRevision === undefined ? undefined : place);
    const ready = before.ready ?? (isReady(object) ? place : undefined);
    const said = readiness(object);
    const trouble = said?.status === "False" ? [`${said.reason}: ${said.message}`] : [];
    courses.set(keyOf(object), {
      ...(begun !== undefined && { begun }),
      ...(ready !== undefined && { ready }),
      troubles: [...new Set([...before.troubles, ...trouble])],
    });
  }
  return courses;
}
