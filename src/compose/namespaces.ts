/** Namespaces that are ours to make: what their pods may do, and that nothing deletes them by the way. */
import type { Engine } from "../model/component.ts";
import { isBuiltInNamespace, namespaceFile } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { Unit } from "../model/unit.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { printDocuments } from "../yaml/print.ts";

/** From most to least that a pod may (kubernetes.io, Pod Security Standards). */
type Level = "privileged" | "baseline" | "restricted";

export interface Namespace {
  readonly name: string;
  /** What its pods may be, by Pod Security: said of every namespace, because of those that say nothing clusters think otherwise. */
  readonly level: Level;
  /** Of apps, and so of the user. */
  readonly seeded?: true;
}

export function namespacesOf(units: readonly Unit[]): readonly Namespace[] {
  const names = [...new Set(units.map(({ namespace }) => namespace))].filter((name) => !isBuiltInNamespace(name));
  return names.map((name): Namespace => {
    const own = units.filter(({ namespace }) => namespace === name);
    if (own.every(({ guest }) => guest)) return { name, level: "baseline", seeded: true };
    return { name, level: levelFor(own) };
  });
}

function levelFor(units: readonly Unit[]): Level {
  if (units.some(({ privileged }) => privileged)) return "privileged";
  const others = units.filter(({ release, remote, restricted }) => (release ?? remote) !== undefined && !restricted);
  return others.length === 0 && units.some(({ restricted }) => restricted) ? "restricted" : "baseline";
}

export const namespaceFiles = (namespaces: readonly Namespace[], engine: Engine, plan: Plan): Tree =>
  createTree(namespaces.map((namespace) => entryOf(namespace, engine, plan)));

function entryOf({ name, level, seeded }: Namespace, { keep }: Engine, plan: Plan): Entry {
  const object = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      // Pruning a namespace deletes all in it, also what Git never knew; so that is left to people.
      annotations: keep,
      labels: labelsOf(level),
    },
  };
  return [
    namespaceFile(name, plan),
    { content: printDocuments([object]), kept: seeded ? "seeded" : "managed", by: `namespace ${name}` },
  ];
}

/** Who may do everything is not warned of on every apply either (MetalLB documentation, Installation). */
const labelsOf = (level: Level): Readonly<Record<string, string>> => ({
  "pod-security.kubernetes.io/enforce": level,
  ...(level === "privileged" && {
    "pod-security.kubernetes.io/audit": level,
    "pod-security.kubernetes.io/warn": level,
  }),
});
