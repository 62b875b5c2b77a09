/** Objects of a cluster in which nothing runs: what is applied, deleted, and held up by finalizers. */
import { isClusterWide } from "../../../src/model/clusterWide.ts";
import { asMap } from "../../../src/model/unknown.ts";

export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** `""` for what is in none. */
  readonly namespace: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  finalizers: readonly string[];
  isDeleting: boolean;
  spec: Readonly<Record<string, unknown>>;
  /** What a controller keeps of it. */
  status: { inventory?: readonly string[]; isReady?: boolean; storage?: string };
}

export type Key = string;

const groupOf = (apiVersion: string): string => (apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "");

export const keyOf = (object: Pick<LiveObject, "apiVersion" | "kind" | "namespace" | "name">): Key =>
  [groupOf(object.apiVersion), object.kind, object.namespace, object.name].join("/");

/** As the API calls them: `kustomizations.kustomize.toolkit.fluxcd.io`. */
export const resourceOf = ({ apiVersion, kind }: Pick<LiveObject, "apiVersion" | "kind">): string => {
  const plural = kind
    .toLowerCase()
    .replace(/y$/, "ie")
    .replace(/(ss|x)$/, "$1e");
  const group = groupOf(apiVersion);
  return `${plural}s${group === "" ? "" : `.${group}`}`;
};

const texts = (value: unknown): Readonly<Record<string, string>> => asMap(value) as Readonly<Record<string, string>>;

/** A manifest as the API takes it, in `namespace` where it says none. */
export function parsed(manifest: unknown, namespace = ""): LiveObject {
  const { apiVersion, kind, metadata, ...rest } = asMap(manifest);
  const { name, namespace: own, labels, annotations, finalizers } = asMap(metadata);
  return {
    apiVersion: String(apiVersion),
    kind: String(kind),
    name: String(name),
    namespace: isClusterWide(String(kind), String(apiVersion).split("/")[0]) ? "" : String(own ?? namespace),
    labels: texts(labels),
    annotations: texts(annotations),
    finalizers: (finalizers as readonly string[] | undefined) ?? [],
    isDeleting: false,
    spec: asMap(rest["spec"] ?? rest),
    status: {},
  };
}

export interface Objects {
  get(key: Key): LiveObject | undefined;
  all(): readonly LiveObject[];
  ofKind(kind: string, group?: string): readonly LiveObject[];
  /** Server-side: what others have written beside it stays. */
  apply(object: LiveObject): void;
  remove(key: Key): void;
  setFinalizers(object: LiveObject, finalizers: readonly string[]): void;
  /** Gone for good, in order. */
  readonly lost: Key[];
}

export function createObjects(): Objects {
  const live = new Map<Key, LiveObject>();
  const lost: Key[] = [];

  function end(object: LiveObject): void {
    live.delete(keyOf(object));
    lost.push(keyOf(object));
  }

  /** The API server deletes what is of a definition, and what is in a namespace, and waits for it. */
  function contents(object: LiveObject): readonly LiveObject[] {
    if (object.kind === "CustomResourceDefinition")
      return [...live.values()].filter((other) => resourceOf(other) === object.name);
    return object.kind === "Namespace" ? [...live.values()].filter(({ namespace }) => namespace === object.name) : [];
  }

  function tryToEnd(object: LiveObject): void {
    for (const inside of contents(object)) remove(keyOf(inside));
    if (object.finalizers.length === 0 && contents(object).length === 0) end(object);
  }

  function remove(key: Key): void {
    const object = live.get(key);
    if (object === undefined) return;
    object.isDeleting = true;
    tryToEnd(object);
    // What was held up only by what has gone now.
    for (const other of live.values())
      if (other.isDeleting && contents(other).length === 0 && other.finalizers.length === 0) end(other);
  }

  return {
    lost,
    get: (key) => live.get(key),
    all: () => [...live.values()],
    ofKind: (kind, group) =>
      [...live.values()].filter(
        (one) => one.kind === kind && (group === undefined || groupOf(one.apiVersion) === group),
      ),
    apply: (object) => {
      const before = live.get(keyOf(object));
      if (before === undefined) {
        live.set(keyOf(object), { ...object, status: {} });
        return;
      }
      before.labels = { ...before.labels, ...object.labels };
      before.annotations = { ...before.annotations, ...object.annotations };
      before.finalizers = [...new Set([...before.finalizers, ...object.finalizers])];
      before.spec = { ...before.spec, ...object.spec };
    },
    remove,
    setFinalizers: (object, finalizers) => {
      object.finalizers = finalizers;
      if (object.isDeleting) remove(keyOf(object));
    },
  };
}
