/** What a cluster will have of a repository: the objects its engine finds, each under its name and in its namespace. */
import type { Plan } from "../model/plan.ts";
import { argoObjects, applyByArgo } from "./argocd/deployments.ts";
import { build, topmost, type Instance } from "./builds.ts";
import { fluxObjects } from "./flux/deployments.ts";
import type { KubernetesObject } from "./objects.ts";
import { isClusterWide } from "../model/clusterWide.ts";
import { listerOf, type Subject } from "./subject.ts";
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
  /** What to do to have such an object applied. */
  readonly toApply: (object: KubernetesObject) => string;
}

export interface Wanted {
  readonly kind: string;
  /** Any when absent. */
  readonly group?: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** How an engine gets from a repository to objects. */
interface Reading {
  objects(subject: Subject, plan: Plan): readonly Instance[];
  toApply(object: KubernetesObject, subject: Subject): string;
}

const toList = ({ file }: KubernetesObject): string => `list ${file} in its kustomization.yaml`;

const ENGINES: Readonly<Record<string, Reading>> = {
  flux: { objects: fluxObjects, toApply: toList },
  argocd: {
    objects: argoObjects,
    toApply: (object, subject) => (listerOf(object.file, subject) === undefined ? applyByArgo(object) : toList(object)),
  },
};

/** An engine without an entry applies every kustomization. */
const STANDING: Reading = {
  objects: (subject) => topmost(subject).flatMap((root) => build(root, subject)),
  toApply: toList,
};

export function clusterOf(subject: Subject, plan: Plan): Cluster {
  const reading = ENGINES[plan.engine] ?? STANDING;
  const live = reading.objects(subject, plan);
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
        (instance) => instance.name === name && (isClusterWide(kind, group) || instance.namespace === namespace),
      ),
    unlisted: ({ kind, name }) =>
      subject.objects.find((object) => object.kind === kind && object.name === name && !reached.has(object)),
    toApply: (object) => reading.toApply(object, subject),
  };
}
