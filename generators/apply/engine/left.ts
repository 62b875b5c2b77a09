/** What no program can carry over from one engine to the other: named, with what to do. */
import { ExpectedError } from "../../../src/model/errors.ts";
import type { Engine } from "../../../src/model/component.ts";
import { namespaceFolder } from "../../../src/model/layout.ts";
import type { RepoPath } from "../../../src/model/names.ts";
import type { Change, Tree } from "../../../src/model/tree.ts";
import { asList, asMap, isMap } from "../../../src/model/unknown.ts";
import { readDocuments } from "../../../src/yaml/documents.ts";
import { one, type Stays } from "./apps.ts";
import type { Drafts } from "./drafts.ts";

export interface LeftToDo {
  readonly path: RepoPath;
  /** One clause. */
  readonly because: string;
  readonly fix: string;
}

/** Kinds in a file that only this engine reads; none where the file cannot be read. */
export function ownKinds(text: string, path: string, engine: Engine): readonly string[] {
  try {
    return readDocuments(text, path).flatMap((document) => {
      const { apiVersion, kind } = asMap(document);
      const [group = ""] = String(apiVersion ?? "").split("/");
      return isMap(document) && typeof kind === "string" && engine.isOwn(group, kind) ? [kind] : [];
    });
  } catch (error) {
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

interface Around {
  readonly was: Engine;
  readonly now: Engine;
  readonly tree: Tree;
}

/** In path order: apps that stay, what the user changed of the engine that leaves, and what the user wrote for it. */
export function leftIn(
  drafts: Drafts,
  stay: readonly Stays[],
  changes: readonly Change[],
  { was, now, tree }: Around,
): readonly LeftToDo[] {
  const orphans = new Set(
    changes.flatMap((change) =>
      change.kind === "keep" && change.reason === "orphaned" && change.path.startsWith("kubernetes/")
        ? [change.path]
        : [],
    ),
  );
  const left = new Map<string, LeftToDo>();
  for (const { app, path, because } of stay) {
    const place = now.fileOf(app, { root: "" });
    const name = `${app.namespace}/${app.name}`;
    left.set(place, {
      path,
      because: `${name} stays as it is, and ${now.title} leaves it alone: ${because}`,
      fix: written(place, was),
    });
  }
  const unread = drafts.paths().filter((path) => orphans.has(path) || isUnread(path, drafts, was, tree));
  for (const path of unread) {
    const place = otherPlace(path, was, now);
    const others = unread.filter((other) => place !== undefined && otherPlace(other, was, now) === place);
    if (left.has(place ?? path)) continue;
    left.set(place ?? path, {
      path,
      because: `${orphans.has(path) ? "you changed it" : "it is yours"}, and ${now.title} does not read it${more(others.length - 1)}`,
      fix: fixOf(path, place, drafts, was),
    });
  }
  return [...left.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const more = (count: number): string => (count <= 0 ? "" : `, nor ${count} more of the same app`);

const written = (place: string, { title }: Engine): string =>
  `write ${place} for it, as gen add-app writes one, then delete what only ${title} reads`;

function fixOf(path: RepoPath, place: RepoPath | undefined, drafts: Drafts, was: Engine): string {
  const entries = asList(one(drafts.text(path) ?? "", path)?.["resources"]).map(String);
  if (isList(path) && place === undefined)
    return `see that what it lists is applied (${entries.join(", ")}), then delete it`;
  if (place === undefined) return "see what of it is still needed, then delete it";
  return drafts.text(place) === undefined ? written(place, was) : `carry it over to ${place}, then delete it`;
}

const isList = (path: string): boolean => path.endsWith("/kustomization.yaml");

/** Only the engine that leaves reads it: by its kinds, or as one of its lists. */
function isUnread(path: RepoPath, drafts: Drafts, was: Engine, tree: Tree): boolean {
  if (!/^kubernetes\/.*\.ya?ml$/.test(path) || tree.has(path)) return false;
  const text = drafts.text(path) ?? "";
  return ownKinds(text, path, was).length > 0 || (isList(path) && isListOf(path, was));
}

function isListOf(path: RepoPath, was: Engine): boolean {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const [namespace = "any"] = folder.split("/").slice(2);
  const isIn = folder === namespaceFolder(namespace, { root: "" }) || folder === "kubernetes/apps";
  return isIn && was.register({ namespace, name: "any" }, { root: "" } as never).some(({ file }) => file === path);
}
/** `kubernetes/apps/media/plex/app/helmrelease.yaml` → the file that the other engine has of the same app. */
function otherPlace(path: RepoPath, was: Engine, now: Engine): RepoPath | undefined {
  const parts = path.replace(/\.ya?ml$/, "").split("/");
  const apps = parts.slice(1).map((name, index) => ({ namespace: parts[index] ?? "", name }));
  const app = apps.find((one) => isPartOf(path, was.fileOf(one, { root: "" }), one.name));
  return app && now.fileOf(app, { root: "" });
}

/** It is the file of the app, or lies beside it in a folder that is the app's. */
function isPartOf(path: RepoPath, file: RepoPath, name: string): boolean {
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  return path === file || (folder.endsWith(`/${name}/`) && path.startsWith(folder));
}
