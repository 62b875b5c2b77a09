/** kustomization.yaml: which files it names, in any of its fields. */
import type { Path } from "../yaml/stream.ts";
import type { FileDocument } from "./objects.ts";
import { folderOf, join, nameOf, resolveFrom } from "./paths.ts";
import { asList, asMap, at, type Mapping } from "../model/unknown.ts";
import { asText } from "./values.ts";

export interface Entry {
  /** `resources`, `patches`. */
  readonly field: string;
  readonly text: string;
  /** Where it stands in the file. */
  readonly at: Path;
  /** Seen from the folder of homelab.yaml. Undefined for what lies elsewhere: a URL, or above that folder. */
  readonly path: string | undefined;
  readonly isRemote: boolean;
}

export interface Kustomization {
  readonly folder: string;
  readonly file: string;
  readonly document: FileDocument;
  readonly value: Mapping;
  /** A component is part of others and never stands alone. */
  readonly isComponent: boolean;
  readonly entries: readonly Entry[];
}

// In the order in which kustomize looks for them (sigs.k8s.io/kustomize/api/konfig: RecognizedKustomizationFileNames).
const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export const kustomizationFile = (folder: string, paths: ReadonlySet<string>): string | undefined =>
  NAMES.map((name) => join(folder, name)).find((path) => paths.has(path));

export function kustomizationIn(document: FileDocument, paths: ReadonlySet<string>): Kustomization | undefined {
  const { file } = document;
  const folder = folderOf(file);
  if (!NAMES.includes(nameOf(file)) || kustomizationFile(folder, paths) !== file) return undefined;
  const value = asMap(document.value);
  // Flux's object of the same kind may lie in a file of this name; kustomize would refuse it.
  if (asText(value["apiVersion"])?.startsWith("kustomize.toolkit.fluxcd.io/")) return undefined;
  return {
    folder,
    file,
    document,
    value,
    isComponent: value["kind"] === "Component",
    entries: [...written(value)].map(({ field, text, at: path }) => ({
      field,
      text,
      at: path,
      isRemote: isRemote(text),
      path: isRemote(text) ? undefined : resolveFrom(folder, text),
    })),
  };
}

type Written = Pick<Entry, "field" | "text" | "at">;

// Lists of paths, lists of objects with a path, and generators (kustomize documentation, The Kustomization File).
const LISTS = [
  "resources",
  "components",
  "bases",
  "crds",
  "configurations",
  "transformers",
  "validators",
  "generators",
];
const STRATEGIC = "patchesStrategicMerge";
const WITH_PATH = ["patches", "patchesJson6902", "replacements"];
const GENERATORS = ["configMapGenerator", "secretGenerator"];

function* written(value: Mapping): Generator<Written> {
  for (const field of [...LISTS, STRATEGIC])
    for (const [index, item] of asList(value[field]).entries()) yield* entry(field, item, [field, index]);
  for (const field of WITH_PATH)
    for (const index of asList(value[field]).keys())
      yield* entry(field, at(value, field, index, "path"), [field, index, "path"]);
  for (const field of GENERATORS)
    for (const [index, generator] of asList(value[field]).entries())
      yield* generated(field, asMap(generator), [field, index]);
  yield* entry("openapi", at(value, "openapi", "path"), ["openapi", "path"]);
  for (const index of asList(value["helmCharts"]).keys())
    yield* entry("helmCharts", at(value, "helmCharts", index, "valuesFile"), ["helmCharts", index, "valuesFile"]);
}

function* generated(field: string, generator: Mapping, base: Path): Generator<Written> {
  for (const [index, item] of asList(generator["files"]).entries())
    // `name.txt=./some/file.txt` gives the file another name.
    yield* entry(`${field}.files`, asText(item)?.replace(/^[^=]*=/, ""), [...base, "files", index]);
  for (const [index, item] of asList(generator["envs"]).entries())
    yield* entry(`${field}.envs`, item, [...base, "envs", index]);
  yield* entry(`${field}.env`, generator["env"], [...base, "env"]);
}

function* entry(field: string, item: unknown, path: Path): Generator<Written> {
  const text = asText(item);
  // Patches and transformers may stand in place as YAML.
  if (text !== undefined && !text.includes("\n") && !/^\s*\{/.test(text)) yield { field, text, at: path };
}

/** A URL in one of the spellings kustomize takes (sigs.k8s.io/kustomize/api/internal/git: NewRepoSpecFromURL). */
const isRemote = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ||
  /^[\w.-]+@[\w.-]+:/.test(text) ||
  /^[\w-]+(\.[\w-]+)+\/[^/]+\/[^/]+.*(\/\/|\?ref=|\.git\b)/.test(text) ||
  text.startsWith("github.com/") ||
  text.startsWith("gh:");
