/** Files of a repository → manifests, as kustomize and the generators of both engines make them. */
import { isClusterWide } from "../../../src/model/clusterWide.ts";
import { asList, asMap, at, isMap } from "../../../src/model/unknown.ts";
import { documentsOf } from "../documents.ts";
import { parsed, type LiveObject } from "./objects.ts";

/** What was pushed, by path. */
export type Files = ReadonlyMap<string, string>;

const LIST = "kustomization.yaml";

const clean = (path: string): string =>
  path
    .split("/")
    .reduce<string[]>(
      (parts, part) => (part === ".." ? parts.slice(0, -1) : part === "." ? parts : [...parts, part]),
      [],
    )
    .filter((part) => part !== "")
    .join("/");

export function isFolder(files: Files, folder: string): boolean {
  const top = clean(folder);
  return files.size > 0 && (top === "" || [...files.keys()].some((path) => path.startsWith(`${top}/`)));
}

const built = new WeakMap<Files, Map<string, readonly LiveObject[]>>();

/** Once for each state of the files: controllers ask again and again. Throws where kustomize would. */
export function kustomized(files: Files, folder: string, namespace?: string): readonly LiveObject[] {
  const own = built.get(files) ?? new Map<string, readonly LiveObject[]>();
  built.set(files, own);
  const key = `${folder} ${namespace ?? ""}`;
  const objects = own.get(key) ?? build(files, folder, namespace);
  own.set(key, objects);
  return objects;
}

/** `namespace`: where everything goes that is in one. */
function build(files: Files, folder: string, namespace?: string): readonly LiveObject[] {
  const path = `${clean(folder)}/${LIST}`;
  const text = files.get(path);
  if (text === undefined) return generated(files, folder, namespace);
  const [list] = documentsOf(text, path).map(asMap);
  const into = namespace ?? (list?.["namespace"] as string | undefined);
  const resources = asList(list?.["resources"]).flatMap((item): readonly LiveObject[] => {
    const target = clean(`${clean(folder)}/${String(item)}`);
    if (isFolder(files, target)) return kustomized(files, target, into);
    const content = files.get(target);
    if (content === undefined) throw new Error(`${path} lists ${String(item)}, which is not there`);
    return documentsOf(content, target).map((document) => inNamespace(parsed(document), into));
  });
  const maps = asList(list?.["configMapGenerator"]).map((one) => {
    const sources = asList(at(one, "files")).map((file) => clean(`${clean(folder)}/${String(file)}`));
    const missing = sources.find((file) => !files.has(file));
    if (missing !== undefined) throw new Error(`${path} generates from ${missing}, which is not there`);
    const name = `${String(at(one, "name"))}-hash`;
    return inNamespace(parsed({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } }), into);
  });
  return [...resources, ...maps];
}

const inNamespace = (object: LiveObject, namespace: string | undefined): LiveObject =>
  namespace === undefined || isClusterWide(object.kind, object.apiVersion.split("/")[0])
    ? object
    : { ...object, namespace };

/** Where it stands when it says no namespace itself. */
export const standing = (object: LiveObject, namespace: string): LiveObject =>
  object.namespace === "" ? inNamespace(object, namespace) : object;

/** kustomize-controller makes a list where there is none, and fails at a file that is no manifest (pkg/kustomize, generator). */
function generated(files: Files, folder: string, namespace?: string): readonly LiveObject[] {
  if (!isFolder(files, folder)) throw new Error(`${folder}: path not found`);
  const prefix = `${clean(folder)}/`;
  const lists = [...files.keys()]
    .filter((path) => path.startsWith(prefix) && path.endsWith(`/${LIST}`))
    .map((path) => path.slice(0, -LIST.length));
  const top = lists.filter((list) => !lists.some((other) => other !== list && list.startsWith(other)));
  const plain = [...files].filter(
    ([path]) => path.startsWith(prefix) && /\.ya?ml$/.test(path) && !top.some((list) => path.startsWith(list)),
  );
  return [
    ...top.flatMap((list) => kustomized(files, list, namespace)),
    ...plain.flatMap(([path, text]) => manifestsIn(path, text).map((object) => inNamespace(object, namespace))),
  ];
}

function manifestsIn(path: string, text: string): readonly LiveObject[] {
  return documentsOf(text, path).map((document) => {
    if (!isMap(document) || document["apiVersion"] === undefined || document["kind"] === undefined)
      throw new Error(`${path} is no manifest`);
    return parsed(document);
  });
}

/** Every manifest in these files, as `kubectl apply --filename` takes them. */
export const plainly = (texts: readonly (readonly [string, string])[]): readonly LiveObject[] =>
  texts.flatMap(([path, text]) => manifestsIn(path, text));
