/**
 * Apps and routes of a repository, found by looking: they are files, written by hand or by `gen`, and files are the
 * only truth about them. Files that are no readable YAML are left out here; `check` names them.
 */
import { ExpectedError } from "../model/errors.ts";
import { isAppTemplate, numberAt, templateServices } from "../catalog/appTemplate.ts";
import { asList, asMap, at, isMap, type Mapping } from "../model/unknown.ts";
import type { Catalog } from "../model/component.ts";
import type { GatewayProvider } from "../model/gatewayProvider.ts";
import type { Change } from "../model/tree.ts";
import type { KubernetesObject, ReadRoute } from "../model/unit.ts";
import { repoPath, type RepoPath } from "../model/names.ts";
import { readDocuments } from "../yaml/documents.ts";
import { listFiles, readFiles } from "./disk.ts";

export interface FoundService {
  readonly name: string;
  readonly ports: readonly number[];
}

export interface FoundRoute extends ReadRoute {
  readonly path: RepoPath;
  readonly kind: string;
}

export interface FoundApp {
  readonly namespace: string;
  readonly name: string;
  /** Folder of its objects: `kubernetes/apps/default/echo/app`. */
  readonly folder: RepoPath;
  readonly services: readonly FoundService[];
  readonly routes: readonly FoundRoute[];
}

const APPS = repoPath("kubernetes/apps");

/**
 * Every app under kubernetes/apps with a folder `app`, in path order. Paths are relative to `root`. With `changes`: as
 * the files will be.
 */
export async function findApps(
  root: string,
  catalog: Catalog,
  changes: readonly Change[] = [],
): Promise<readonly FoundApp[]> {
  const readers = catalog.components.flatMap(({ gateways }) => gateways ?? []);
  const there = (await listFiles(root, APPS)).filter(isYaml);
  const texts = changed(await readFiles(root, there), changes);
  const paths = [...texts.keys()].sort();
  const folders = [...new Set(paths.flatMap((path) => folderOf(path) ?? []))];
  return folders.map((folder) => {
    const [namespace = "", name = ""] = folder.split("/").slice(2);
    const own = [...texts]
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, text]) => ({ path, documents: documentsOf(path, text) }));
    return {
      namespace,
      name,
      folder,
      services: own.flatMap(({ path, documents }) =>
        path.endsWith("/values.yaml") ? chartServices(name, documents.filter(isMap)) : documents.flatMap(services),
      ),
      routes: own.flatMap(({ path, documents }) => documents.flatMap((document) => routeIn(document, path, readers))),
    };
  });
}

const isYaml = (path: RepoPath): boolean => /\.ya?ml$/.test(path);

function changed(texts: ReadonlyMap<RepoPath, string>, changes: readonly Change[]): ReadonlyMap<RepoPath, string> {
  const after = new Map(texts);
  for (const change of changes) {
    if (change.kind === "delete") after.delete(change.path);
    else if (change.kind !== "keep" && change.path.startsWith(`${APPS}/`) && isYaml(change.path))
      after.set(change.path, change.after);
  }
  return after;
}

function folderOf(path: RepoPath): RepoPath | undefined {
  const parts = path.split("/");
  return parts.length > 5 && parts[4] === "app" ? repoPath(...parts.slice(0, 5)) : undefined;
}

// Reading YAML costs most of a short command, and most files are about neither.
const TELLING = /^kind: *["']?(Service|\w*Route|Ingress)\b|^controllers:/m;

function documentsOf(path: RepoPath, text: string): readonly unknown[] {
  if (!TELLING.test(text)) return [];
  try {
    return readDocuments(text, path);
  } catch (error) {
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

function services(document: unknown): readonly FoundService[] {
  const object = asMap(document);
  if (object["kind"] !== "Service") return [];
  const ports = asList(at(object, "spec", "ports")).flatMap((port) => numberAt(port, "port"));
  return [{ name: asText(asMap(object["metadata"])["name"]), ports }];
}

const chartServices = (release: string, values: readonly Mapping[]): readonly FoundService[] =>
  isAppTemplate(values) ? templateServices(release, values) : [];

function routeIn(document: unknown, path: RepoPath, readers: readonly GatewayProvider[]): readonly FoundRoute[] {
  const object = asMap(document);
  const kind = asText(object["kind"]);
  if (kind === "" || asText(object["apiVersion"]) === "") return [];
  for (const reader of readers) {
    const route = reader.readRoute(object as KubernetesObject);
    if (route !== undefined) return [{ ...route, path, kind }];
  }
  return [];
}
