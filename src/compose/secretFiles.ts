/** Where the file of a Secret lies in a repository that keeps them, and where it is named. */
import { ENDINGS_OF_VALUES, keptSecrets, type WrittenSecrets } from "../model/keptSecrets.ts";
import { at, unitFolder } from "../model/layout.ts";
import { repoPath, type RepoPath } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Registration } from "../model/registration.ts";
import type { Tree } from "../model/tree.ts";
import type { KubernetesObject, OrderedUnit } from "../model/unit.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { printDocuments } from "../yaml/print.ts";
import { secretNeeds, type NeededSecret } from "./secretNeeds.ts";

const LIST = "kustomization.yaml";
/** Beside it, where a plugin of kustomize opens the files. */
export const GENERATOR = "secret-generator.yaml";

/** Kustomize's own file, for a folder that has none yet. */
const KUSTOMIZE = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" } as const;

/** Beside what uses it; what is needed before the engine reads anything is given by bootstrap, and is in no list. */
export const secretFile = (need: NeededSecret, { ending }: Pick<WrittenSecrets, "ending">, plan: Plan): RepoPath =>
  need.early
    ? at(plan, "bootstrap", need.namespace, `${need.name}${ending}`)
    : repoPath(unitFolder(need.unit, plan), `${need.name}${ending}`);

/** With a generator, that names the files and the list names the generator: as a resource a file is applied unopened. */
export function secretRegistrations(
  need: NeededSecret,
  { ending, generator }: WrittenSecrets,
  plan: Plan,
): readonly Registration[] {
  if (need.early) return [];
  return generator === undefined
    ? [asResource(need, ending, plan)]
    : [
        inGenerator(need, ending, plan, generator),
        { ...asResource(need, ending, plan), list: "generators", item: `./${GENERATOR}` },
      ];
}

/** Files of the same Secret for another provider than the one in use, wherever they can lie. */
export function filesOfOthers(need: NeededSecret, plan: Plan): readonly RepoPath[] {
  const own = keptSecrets(plan)?.ending;
  const places = [true, false].map((early) => ({ ...need, early }));
  return ENDINGS_OF_VALUES.flatMap((ending) =>
    ending === own ? [] : places.map((place) => secretFile(place, { ending }, plan)),
  );
}

/** Where the same Secret is named for another opener, and must not be any more. */
export function otherRegistrations(
  need: NeededSecret,
  { ending, generator }: WrittenSecrets,
  plan: Plan,
): readonly Registration[] {
  if (need.early) return [];
  const foreign = ENDINGS_OF_VALUES.filter((other) => other !== ending);
  return [
    generator === undefined ? inGenerator(need, ending, plan, {}) : asResource(need, ending, plan),
    ...foreign.flatMap((other) => [asResource(need, other, plan), inGenerator(need, other, plan, {})]),
  ];
}

/** Objects that fetch Secrets, one beside each first user of one, and what they are fetched through. */
export function fetchedSecrets(units: readonly OrderedUnit[], plan: Plan): Tree {
  const kept = keptSecrets(plan);
  if (kept?.form !== "composed") return createTree([]);
  const needs = secretNeeds(units).filter(({ early }) => !early);
  const { unit: id, file, object } = kept.around;
  const around = units.filter((unit) => unit.id === id);
  return createTree([
    ...around.map((unit) => managed(unit, file, object(needs.map(({ namespace }) => namespace)), plan)),
    ...needs.map((need) => managed(need.unit, `${need.name}${kept.ending}`, kept.object(need), plan)),
  ]);
}

const managed = (unit: OrderedUnit, name: string, object: KubernetesObject, plan: Plan): Entry => [
  repoPath(unitFolder(unit, plan), name),
  { content: printDocuments([object]), kept: "managed", by: unit.id },
];

const asResource = (need: NeededSecret, ending: string, plan: Plan): Registration => ({
  file: repoPath(unitFolder(need.unit, plan), LIST),
  list: "resources",
  item: itemOf(need, ending),
  head: KUSTOMIZE,
});

const inGenerator = (need: NeededSecret, ending: string, plan: Plan, head: Registration["head"]): Registration => ({
  file: repoPath(unitFolder(need.unit, plan), GENERATOR),
  list: "files",
  item: itemOf(need, ending),
  head,
});

const itemOf = ({ name }: NeededSecret, ending: string): string => `./${name}${ending}`;
