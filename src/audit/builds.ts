/** What kustomize makes of a folder: its objects, under the names and in the namespaces they will have. */
import type { Kustomization } from "./kustomization.ts";
import { isClusterWide, type KubernetesObject } from "./objects.ts";
import { withoutKustomization, type Subject } from "./subject.ts";
import { asList, asMap, at } from "../model/unknown.ts";
import { asText } from "./values.ts";

/** A folder that is applied as a whole. */
export interface Root {
  readonly folder: string;
  /** Put on every object, stronger than what the kustomizations say. */
  readonly namespace: string | undefined;
}

export interface Instance {
  readonly object: KubernetesObject;
  readonly name: string;
  /** Undefined for what is in none, and where nothing says. */
  readonly namespace: string | undefined;
  readonly root: Root;
  /** A kustomization on the way changes objects of this kind: what the file says is not what the cluster gets. */
  readonly isPatched: boolean;
}

interface Context {
  readonly root: Root;
  readonly namespace: string | undefined;
  readonly rename: (name: string) => string;
  readonly patches: readonly Kustomization[];
  /** Folders on the way here: a kustomization that lists itself ends there. */
  readonly above: readonly string[];
}

export function build(root: Root, subject: Subject): readonly Instance[] {
  const context = { root, namespace: root.namespace, rename: (name: string) => name, patches: [], above: [] };
  return [...folderObjects(root.folder, context, subject)];
}

function* folderObjects(folder: string, context: Context, subject: Subject): Generator<Instance> {
  const kustomization = subject.kustomizations.get(folder);
  if (kustomization === undefined) {
    const { folders, objects } = withoutKustomization(folder, subject);
    for (const object of objects) yield instanceOf(object, context);
    for (const below of folders) yield* folderObjects(below, context, subject);
    return;
  }
  if (context.above.includes(folder)) return;
  const inner = within(kustomization, context);
  for (const path of listedIn(kustomization)) {
    if (subject.kustomizations.has(path)) yield* folderObjects(path, inner, subject);
    else for (const object of subject.inFile.get(path) ?? []) yield instanceOf(object, inner);
  }
  for (const object of generatedBy(kustomization)) yield instanceOf(object, inner);
}

/** Each once. A component that several namespaces use is built for each of them. */
const listedIn = ({ entries }: Kustomization): ReadonlySet<string> =>
  new Set(
    entries.flatMap(({ field, path }) =>
      path !== undefined && ["resources", "components", "bases"].includes(field) ? [path] : [],
    ),
  );

/** The outermost namespace wins, because it is put on last. */
const within = (kustomization: Kustomization, { root, namespace, rename, patches, above }: Context): Context => {
  const { value } = kustomization;
  const [prefix, suffix] = [asText(value["namePrefix"]) ?? "", asText(value["nameSuffix"]) ?? ""];
  return {
    root,
    namespace: namespace ?? kustomization.namespace,
    rename: (name) => rename(`${prefix}${name}${suffix}`),
    patches: hasPatches(kustomization) ? [...patches, kustomization] : patches,
    above: [...above, kustomization.folder],
  };
};

function instanceOf(object: KubernetesObject, { root, namespace, rename, patches }: Context): Instance {
  // Kustomize gives a Namespace the name of the namespace it puts on everything (NamespaceTransformer).
  const isNamespace = object.kind === "Namespace" && object.group === "";
  return {
    object,
    name: isNamespace && namespace !== undefined ? namespace : rename(object.name),
    namespace: isClusterWide(object.kind) ? undefined : (namespace ?? object.namespace),
    root,
    isPatched: patches.some((kustomization) => patchesKind(kustomization, object.kind)),
  };
}

const PATCHES = ["patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "transformers"];

const hasPatches = ({ value }: Kustomization): boolean => PATCHES.some((field) => asList(value[field]).length > 0);

/** A patch that does not name a kind may mean any. */
function patchesKind({ value }: Kustomization, kind: string): boolean {
  if (["patchesStrategicMerge", "replacements", "transformers"].some((field) => asList(value[field]).length > 0))
    return true;
  return ["patches", "patchesJson6902"]
    .flatMap((field) => asList(value[field]))
    .some((patch) => {
      const target = asText(at(patch, "target", "kind"));
      // An expression in truth; whatever is more than a list of names may mean any kind.
      if (target !== undefined) return !/^[\w|]+$/.test(target) || target.split("|").includes(kind);
      const text = asText(at(patch, "patch"));
      return text === undefined || !/^kind:/m.test(text) || new RegExp(`^kind: *["']?${kind}\\b`, "m").test(text);
    });
}

const GENERATED = { configMapGenerator: "ConfigMap", secretGenerator: "Secret" } as const;

/** ConfigMaps and Secrets a kustomization makes; their value is the entry that makes them. */
function generatedBy({ value, document }: Kustomization): readonly KubernetesObject[] {
  return Object.entries(GENERATED).flatMap(([field, kind]) =>
    asList(value[field]).map((entry, index): KubernetesObject => ({
      file: document.file,
      group: "",
      kind,
      name: asText(at(entry, "name")) ?? "",
      namespace: asText(at(entry, "namespace")),
      value: asMap(entry),
      place: (path, part) => document.place([field, index, ...path], part),
    })),
  );
}

/** Kustomizations that are part of no other. */
export function topmost({ kustomizations }: Pick<Subject, "kustomizations">): readonly Root[] {
  const listed = new Set([...kustomizations.values()].flatMap(({ entries }) => entries.map(({ path }) => path)));
  return [...kustomizations.values()]
    .filter(({ folder, isComponent }) => !isComponent && !listed.has(folder))
    .map(({ folder }) => ({ folder, namespace: undefined }));
}
