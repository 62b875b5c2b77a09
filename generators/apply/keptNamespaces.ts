/** A namespace that the network no longer needs stays where apps of the user stand in it: with it they would be deleted. */
import { engineOf } from "../../src/compose/inUse.ts";
import type { App, Catalog } from "../../src/model/component.ts";
import { repoPath, type RepoPath } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Mention, Registration } from "../../src/model/registration.ts";
import type { Change } from "../../src/model/tree.ts";
import { listFiles, readFiles } from "../../src/repo/disk.ts";
import { appendToList, removeFromList } from "../../src/yaml/splice.ts";
import { appendInObject } from "../../src/yaml/spliceObject.ts";
import { namedBelowRoot } from "../belowRoot.ts";

const NAMESPACE = /^kubernetes\/apps\/([^/]+)\/namespace\.yaml$/;

export async function keepNamespaces(
  changes: readonly Change[],
  root: string,
  plan: Plan,
  catalog: Catalog,
): Promise<readonly Change[]> {
  let all = changes;
  const deleted = new Set(changes.flatMap(({ kind, path }) => (kind === "delete" ? [path] : [])));
  for (const path of deleted) {
    const [, namespace] = NAMESPACE.exec(path) ?? [];
    const apps = namespace === undefined ? [] : await appsLeft(namespace, deleted, root);
    if (namespace !== undefined && apps.length > 0)
      all = await keep(all, { namespace, apps, deleted, root, plan, catalog });
  }
  return all;
}

async function appsLeft(namespace: string, deleted: ReadonlySet<RepoPath>, root: string): Promise<readonly string[]> {
  const files = await listFiles(root, repoPath(`kubernetes/apps/${namespace}`));
  const folders = files.flatMap((path) => {
    const [name, ...rest] = path.split("/").slice(3);
    return name === undefined || rest.length === 0 || deleted.has(path) ? [] : [name];
  });
  return [...new Set(folders)];
}

interface Kept {
  readonly namespace: string;
  readonly apps: readonly string[];
  readonly deleted: ReadonlySet<RepoPath>;
  readonly root: string;
  readonly plan: Plan;
  readonly catalog: Catalog;
}

async function keep(changes: readonly Change[], kept: Kept): Promise<readonly Change[]> {
  const { namespace, root } = kept;
  const folder = `kubernetes/apps/${namespace}`;
  const entries = entriesOf(kept);
  const mentions = mentionsOf(kept);
  const files = new Set([...entries, ...mentions].map(({ file }) => file));
  const disk = await readFiles(root, files);
  const rest = changes.filter(({ path }) => !files.has(path) && path !== `${folder}/namespace.yaml`);
  const edited = [...disk].map(([path, before]): Change => {
    const change = changes.find((one) => one.path === path);
    // A list that goes with the namespace goes on from what stands on the disk.
    const text = change !== undefined && "after" in change ? change.after : before;
    const shorter = path === `${folder}/kustomization.yaml` ? withoutDeleted(text, path, kept) : text;
    const listed = entries
      .filter(({ file }) => file === path)
      .reduce((current, { list, item }) => appendToList(current, path, [list], item).text, shorter);
    const after = mentions
      .filter(({ file }) => file === path)
      .reduce(
        (current, { object, list, item, by }) => appendInObject(current, path, object, { path: list, item, by }).text,
        listed,
      );
    return after === before ? { kind: "keep", path, reason: "yours" } : { kind: "update", path, before, after };
  });
  const namespaceFile: Change = { kind: "keep", path: repoPath(`${folder}/namespace.yaml`), reason: "yours" };
  return [...rest, ...edited, namespaceFile].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function entriesOf({ namespace, apps, plan, catalog }: Kept): readonly Registration[] {
  const engine = engineOf(plan, catalog);
  return namedBelowRoot(
    [
      ...engine.registerNamespace(namespace, plan),
      ...apps.flatMap((name) => engine.register(appNamed(namespace, name), plan)),
    ],
    plan,
  );
}

function mentionsOf({ namespace, apps, plan, catalog }: Kept): readonly Mention[] {
  const engine = engineOf(plan, catalog);
  return namedBelowRoot(
    [
      ...apps.flatMap((name) => engine.mentions?.(appNamed(namespace, name), plan, catalog) ?? []),
      ...plan.chosen.flatMap(({ component }) => component.mentions?.(namespace, plan) ?? []),
    ],
    plan,
  );
}

const appNamed = (namespace: string, name: string): App => ({ namespace, name, units: [] });

/** Entries whose file goes. */
function withoutDeleted(text: string, path: RepoPath, { namespace, deleted }: Kept): string {
  return [...deleted].reduce((current, gone) => {
    const folder = `kubernetes/apps/${namespace}/`;
    if (!gone.startsWith(folder) || gone.endsWith("/namespace.yaml")) return current;
    return removeFromList(current, path, ["resources"], `./${gone.slice(folder.length)}`).text;
  }, text);
}
