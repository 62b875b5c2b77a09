/** The user's apps of a repository: those that came with the network, and those of `add-app`, each from its record. */
import { engineSideOf } from "../../../src/compose/composeApp.ts";
import type { NewApp } from "../../../src/compose/newApp/app.ts";
import { chartPin } from "../../../src/compose/newApp/chart.ts";
import { engineFilesOf, userApps } from "../../../src/compose/userApps.ts";
import type { App, Catalog } from "../../../src/model/component.ts";
import { at, isBuiltInNamespace, namespaceFile, unitFolder } from "../../../src/model/layout.ts";
import type { RepoPath } from "../../../src/model/names.ts";
import type { Plan } from "../../../src/model/plan.ts";
import type { Tree } from "../../../src/model/tree.ts";
import type { Pin, PinId } from "../../../src/model/unit.ts";
import { createTree } from "../../../src/tree/tree.ts";
import { belowRoot, namedBelowRoot, pathBelowRoot } from "../../belowRoot.ts";
import type { EngineSide, UserApp } from "./apps.ts";
import type { Written } from "./lists.ts";

export interface Sides {
  readonly catalog: Catalog;
  /** The network as it will be, in the words of the engine that leaves and of the one that comes. */
  readonly was: Plan;
  readonly now: Plan;
}

type Texts = ReadonlyMap<RepoPath, string>;
type Versions = ReadonlyMap<PinId, string>;

/** Their lists are those of the network, and so are the namespaces they are in. */
export const ofNetwork = (written: Written, { catalog, was, now }: Sides): readonly UserApp[] =>
  userApps(was, catalog).map(({ namespace, name }) => {
    const side = (plan: Plan, objects: Texts, versions: Versions): EngineSide => {
      const app = appIn(plan, { namespace, name }, catalog);
      const tree = engineFilesOf(app, asTree(objects, plan), plan, atVersions(catalog, versions));
      return { files: belowRoot(tree, plan), registrations: [], mentions: [] };
    };
    return {
      namespace,
      name,
      folders: appIn(was, { namespace, name }, catalog).units.map((unit) => pathBelowRoot(unitFolder(unit, was), was)),
      written,
      pins: [],
      before: (objects) => side(was, objects, new Map()),
      after: (objects, versions) => side(now, objects, versions),
    };
  });

function appIn(plan: Plan, { namespace, name }: Pick<App, "namespace" | "name">, catalog: Catalog): App {
  const found = userApps(plan, catalog).find((app) => app.namespace === namespace && app.name === name);
  if (found === undefined) throw new Error(`the network has no app ${namespace}/${name}`);
  return found;
}

/** Whether the file of its namespace is there, and whether the app brought it. */
export interface OwnNamespace {
  readonly isThere: boolean;
  readonly isOwn: boolean;
}

export function ofRecord(app: NewApp, written: Written, own: OwnNamespace, { catalog, was, now }: Sides): UserApp {
  const { name, namespace, source } = app;
  const side = (plan: Plan, newNamespace: boolean, objects: Texts, versions: Versions): EngineSide => {
    const place = { newNamespace, objects: asTree(objects, plan) };
    const composed = engineSideOf(moved(app, versions), place, plan, atVersions(catalog, versions));
    const ofNamespace = pathBelowRoot(namespaceFile(namespace, plan), plan);
    const files = [...belowRoot(composed.tree, plan)].filter(([path]) => path !== ofNamespace || !own.isThere);
    return {
      files: new Map(files),
      registrations: namedBelowRoot(composed.registrations, plan),
      mentions: namedBelowRoot(composed.mentions, plan),
    };
  };
  return {
    namespace,
    name,
    folders: [pathBelowRoot(unitFolder({ id: name, namespace }, was), was)],
    written,
    pins: source.kind === "chart" ? [chartPin(name, source)] : [],
    before: (objects) => side(was, own.isOwn, objects, new Map()),
    after: (objects, versions) => side(now, !isBuiltInNamespace(namespace), objects, versions),
  };
}

/** The chart that somebody chose is a pin of the app alone. */
function moved(app: NewApp, versions: Versions): NewApp {
  const { name, source } = app;
  if (source.kind !== "chart") return app;
  const { id } = chartPin(name, source);
  return { ...app, source: { ...source, version: versions.get(id) ?? source.version } };
}

export const atVersions = (catalog: Catalog, versions: Versions): Catalog => ({
  ...catalog,
  pins: new Map(
    [...catalog.pins].map(([id, pin]): [PinId, Pin] => [id, { ...pin, version: versions.get(id) ?? pin.version }]),
  ),
});

const asTree = (objects: Texts, plan: Plan): Tree =>
  createTree(
    [...objects].map(([path, content]) => [
      at(plan, path),
      { content: content.replaceAll("\r\n", "\n").replace(/\n*$/, "\n"), kept: "seeded", by: "the user" },
    ]),
  );
