/** What kustomize makes of a folder: its objects, under the names and in the namespaces they will have. */
import type { Kustomization } from "./kustomization.ts";
import type { KubernetesObject } from "./objects.ts";
import { isClusterWide } from "../model/clusterWide.ts";
import { withoutKustomization, type Subject } from "./subject.ts";
import { asList, asMap, at, type Mapping } from "../model/unknown.ts";
import { asText } from "./values.ts";

/** A folder that is applied as a whole. */
export interface Root {
  readonly folder: string;
  /** Fields of a kustomization, as if one more lay around the folder: stronger than what the files say. */
  readonly around?: Mapping;
  /** Where an object goes that no file puts anywhere. */
  readonly namespace?: string | undefined;
  /** What has it applied; absent where an engine begins. */
  readonly by?: KubernetesObject;
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

/** What a kustomization does to objects. */
type Changes = Pick<Kustomization, "value">;

interface Context {
  readonly root: Root;
  readonly namespace: string | undefined;
  readonly rename: (name: string) => string;
  readonly patches: readonly Changes[];
  /** Folders on the way here: a kustomization that lists itself ends there. */
  readonly above: readonly string[];
}

export function build(root: Root, subject: Subject): readonly Instance[] {
  return [...folderObjects(root.folder, contextOf(root), subject)];
}

/** Objects that come to the cluster as their files have them. */
export const unbuilt = (root: Root, objects: readonly KubernetesObject[]): readonly Instance[] =>
  objects.map((object) => instanceOf(object, contextOf(root)));

function contextOf(root: Root): Context {
  const plain = { root, namespace: undefined, rename: (name: string) => name, patches: [], above: [] };
  return root.around === undefined ? plain : within({ value: root.around }, plain);
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
  const inner = { ...within(kustomization, context), above: [...context.above, folder] };
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
const within = (changes: Changes, { namespace, rename, patches, ...context }: Context): Context => {
  const { value } = changes;
  const [prefix, suffix] = [asText(value["namePrefix"]) ?? "", asText(value["nameSuffix"]) ?? ""];
  return {
    ...context,
    namespace: namespace ?? asText(value["namespace"]),
    rename: (name) => rename(`${prefix}${name}${suffix}`),
    patches: hasPatches(changes) ? [...patches, changes] : patches,
  };
};

function instanceOf(object: KubernetesObject, { root, namespace, rename, patches }: Context): Instance {
  // Kustomize gives a Namespace the name of the namespace it puts on everything (NamespaceTransformer).
  const isNamespace = object.kind === "Namespace" && object.group === "";
  return {
    object,
    name: isNamespace && namespace !== undefined ? namespace : rename(object.name),
    namespace: isClusterWide(object.kind, object.group) ? undefined : (namespace ?? object.namespace ?? root.namespace),
    root,
    isPatched: patches.some((changes) => patchesKind(changes, object.kind)),
  };
}

const PATCHES = ["patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "transformers"];

const hasPatches = ({ value }: Changes): boolean => PATCHES.some((field) => asList(value[field]).length > 0);

/** A patch that does not name a kind may mean any. */
function patchesKind({ value }: Changes, kind: string): boolean {
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
    .map(({ folder }) => ({ folder }));
}
