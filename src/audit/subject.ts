/** What the audits look at: the files of a repository, read once. */
import type { Finding } from "../model/finding.ts";
import { readStream, type Stream } from "../yaml/stream.ts";
import { kustomizationIn, type Kustomization } from "./kustomization.ts";
import { objectsIn, type FileDocument, type KubernetesObject } from "./objects.ts";
import { foldersAbove, isBelow, join, nameOf } from "./paths.ts";
import { grouped } from "./values.ts";

export interface Subject {
  /** Every file that git carries or would, whether it is text or not. */
  readonly paths: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string>;
  /** What is no UTF-8 text, and what has a name that nothing here would write, as far as letters can be told: for the guard. */
  readonly strange: ReadonlyMap<string, string>;
  /** Every YAML document that can be read, in path order. */
  readonly documents: readonly FileDocument[];
  readonly objects: readonly KubernetesObject[];
  readonly inFile: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** By folder. */
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** What keeps a YAML file from being read. */
  readonly problems: readonly Finding[];
}

/** @param read whoever reads many repositories that have files in common remembers what it read. */
export function readSubject(
  texts: ReadonlyMap<string, string>,
  paths: Iterable<string> = texts.keys(),
  read: (text: string, path: string) => Stream = readStream,
  strange: ReadonlyMap<string, string> = new Map(),
): Subject {
  const known = new Set(paths);
  const files = [...texts]
    .filter(([path]) => /\.ya?ml$/.test(path) || nameOf(path) === "Kustomization")
    .filter(([path, text]) => !isTemplate(path, known) && !isSealed(text))
    .map(([path, text]) => ({ path, text, ...read(text, path) }));
  const documents = files.flatMap(({ path, documents: found }) =>
    found.map((document) => ({ ...document, file: path })),
  );
  const kustomizations = documents.flatMap((document) => kustomizationIn(document, known) ?? []);
  const objects = documents.flatMap(objectsIn).filter(({ group }) => group !== "kustomize.config.k8s.io");
  return {
    paths: known,
    texts,
    strange,
    documents,
    objects,
    inFile: grouped(objects, ({ file }) => file),
    kustomizations: new Map(kustomizations.map((kustomization) => [kustomization.folder, kustomization])),
    problems: files.flatMap(({ problems, text }) => (hasActions(problems, text) ? [] : problems)),
  };
}

/** Templates of a Helm chart are no YAML before Helm has run. */
const isTemplate = (path: string, paths: ReadonlySet<string>): boolean =>
  foldersAbove(path).some(
    (folder) => paths.has(join(folder, "Chart.yaml")) && isBelow(path, join(folder, "templates")),
  );

/** Encrypted as a whole, by Ansible Vault or age. */
const isSealed = (text: string): boolean => /^(\$ANSIBLE_VAULT;|-----BEGIN AGE ENCRYPTED FILE-----)/.test(text);

/** What a template engine will fill in, on the line that cannot be read or as whole lines anywhere. */
function hasActions(problems: readonly Finding[], text: string): boolean {
  if (problems.length === 0) return false;
  const at = problems.flatMap(({ places = [] }) => places.map((place) => place.text));
  return at.some((line) => /\{\{|\{%|<%/.test(line)) || /^\s*(\{\{|\{%|<%)/m.test(text);
}

/** The kustomization that is to list a path: the nearest one, beside it or above. */
export function listerOf(path: string, { kustomizations }: Pick<Subject, "kustomizations">): Kustomization | undefined {
  return foldersAbove(path)
    .map((folder) => kustomizations.get(folder))
    .find((kustomization) => kustomization !== undefined);
}

/**
 * What Flux puts into the kustomization it makes for a folder that has none: every manifest, and whole folders that
 * have one of their own (kustomize-controller, generator).
 */
export function withoutKustomization(
  folder: string,
  subject: Subject,
): { readonly folders: readonly string[]; readonly objects: readonly KubernetesObject[] } {
  const isOwn = (path: string): boolean => {
    const lister = listerOf(path, subject);
    return lister === undefined || !(lister.folder === folder || isBelow(lister.folder, folder));
  };
  const below = [...subject.kustomizations.values()].filter((found) => isBelow(found.folder, folder));
  return {
    folders: below.map((found) => found.folder).filter((found) => isOwn(found)),
    objects: subject.objects.filter(({ file }) => isBelow(file, folder) && isOwn(file)),
  };
}
