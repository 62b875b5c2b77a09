/** The files of one app against the disk, and what the repository remembers of them. */
import { composeApp } from "../src/compose/composeApp.ts";
import { engineOf } from "../src/compose/inUse.ts";
import type { NewApp } from "../src/compose/newApp/app.ts";
import { isBuiltInNamespace, namespaceFolder } from "../src/model/layout.ts";
import type { RepoPath } from "../src/model/names.ts";
import type { Plan } from "../src/model/plan.ts";
import type { Change } from "../src/model/tree.ts";
import { recordOf, type GeneratorRecord } from "../src/repo/record.ts";
import { baseTexts, stateWrites, type State } from "../src/repo/state.ts";
import type { FileWrite } from "../src/repo/writes.ts";
import { compare } from "../src/tree/compare.ts";
import { belowRoot, namedBelowRoot, pathBelowRoot } from "./belowRoot.ts";
import type { Session } from "./generator.ts";
import { isFilled, readPending, type Pending } from "./pending.ts";
import { mentionChanges, registrationChanges } from "./registrations.ts";

type Named = Pick<NewApp, "name" | "namespace">;

interface Around {
  readonly root: string;
  readonly plan: Plan;
  readonly state: State;
  /** The run that wrote it before, while its files are there. */
  readonly previous: GeneratorRecord | undefined;
  readonly managedBy?: string;
  /** What the same run changes before it. */
  readonly pending?: Pending;
}

export interface AppChanges {
  readonly changes: readonly Change[];
  readonly writes: readonly FileWrite[];
}

export const folderOf = ({ name, namespace }: Named, plan: Plan): RepoPath =>
  pathBelowRoot(namespaceFolder(`${namespace}/${name}`, plan), plan);

export async function appChanges(
  app: NewApp,
  remembered: Pick<GeneratorRecord, "generator" | "instance" | "inputs">,
  around: Around,
  session: Session,
): Promise<AppChanges> {
  const { root, plan, state, previous, managedBy, pending = [] } = around;
  const place = { newNamespace: await isNew(app, around), ...(managedBy !== undefined && { managedBy }) };
  const composed = composeApp(app, place, plan, session.catalog);
  const tree = belowRoot(composed.tree, plan);
  const disk = await readPending(root, [...tree.keys(), ...(previous?.files.keys() ?? [])], pending);
  const { changes } = compare({ tree, disk, base: baseTexts(state, previous, { disk, tree }) });
  const registrations = namedBelowRoot(composed.registrations, plan);
  const lists = await registrationChanges(root, registrations, engineOf(plan, session.catalog), pending);
  const mentions = await mentionChanges(root, namedBelowRoot(composed.mentions, plan), pending);
  const { record, texts } = recordOf({ ...remembered, version: session.version, tree, previous });
  return {
    changes: [...changes, ...lists, ...mentions].sort((a, b) => (a.path < b.path ? -1 : 1)),
    writes: stateWrites(state, record, texts),
  };
}

/** A namespace that anything lies in is somebody's already; one that this app brought is still its own. */
export async function isNew(
  { namespace }: Named,
  { root, plan, previous, pending = [] }: Omit<Around, "state">,
): Promise<boolean> {
  if (isBuiltInNamespace(namespace)) return false;
  const folder = pathBelowRoot(namespaceFolder(namespace, plan), plan);
  if (previous !== undefined) return [...previous.files.keys()].some((path) => path === `${folder}/namespace.yaml`);
  return !(await isFilled(root, folder, pending));
}
