/** What a cluster will have of a repository: the objects its engine finds, each under its name and in its namespace. */
import type { Plan } from "../model/plan.ts";
import { build, topmost, type Instance } from "./builds.ts";
import { fluxObjects } from "./flux/deployments.ts";
import { isClusterWide, type KubernetesObject } from "./objects.ts";
import type { Subject } from "./subject.ts";
import { grouped } from "./values.ts";

export interface Cluster {
  readonly subject: Subject;
  readonly plan: Plan;
  /** What is listed all the way up. */
  readonly live: readonly Instance[];
  readonly ofKind: (kind: string, group?: string) => readonly Instance[];
  readonly find: (wanted: Wanted) => Instance | undefined;
  /** An object of the wanted kind and name in a file that nothing leads to. */
  readonly unlisted: (wanted: Wanted) => KubernetesObject | undefined;
}

export interface Wanted {
  readonly kind: string;
  /** Any when absent. */
  readonly group?: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** How an engine gets from a repository to objects. An engine without an entry applies every kustomization. */
const ENGINES: Readonly<Record<string, (subject: Subject, plan: Plan) => readonly Instance[]>> = { flux: fluxObjects };

export function clusterOf(subject: Subject, plan: Plan): Cluster {
  const live = (ENGINES[plan.engine] ?? standing)(subject, plan);
  const byKind = grouped(live, ({ object }) => object.kind);
  const reached = new Set(live.map(({ object }) => object));
  const ofKind = (kind: string, group?: string): readonly Instance[] =>
    (byKind.get(kind) ?? []).filter(({ object }) => group === undefined || object.group === group);
  return {
    subject,
    plan,
    live,
    ofKind,
    find: ({ kind, group, name, namespace }) =>
      ofKind(kind, group).find(
        (instance) => instance.name === name && (isClusterWide(kind) || instance.namespace === namespace),
      ),
    unlisted: ({ kind, name }) =>
      subject.objects.find((object) => object.kind === kind && object.name === name && !reached.has(object)),
  };
}

const standing = (subject: Subject): readonly Instance[] => topmost(subject).flatMap((root) => build(root, subject));
