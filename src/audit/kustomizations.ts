/** Kustomizations complete both ways: what they name is there, and what is there is named. */
import type { Finding } from "../model/finding.ts";
import { toFinding, type Audit } from "./audit.ts";
import type { Cluster } from "./cluster.ts";
import { kustomizationFile, type Entry, type Kustomization } from "./kustomization.ts";
import type { KubernetesObject } from "./objects.ts";
import { folderOf, isBelow, nameOf, relativeTo } from "./paths.ts";
import { listerOf, type Subject } from "./subject.ts";

export const missingEntry: Audit = {
  id: "KUST-MISSING",
  severity: "error",
  title: "A kustomization.yaml names a file or folder that is not there.",
  because: "Kustomize stops at the first name it cannot find, and nothing of the whole folder is applied.",
  source: "kubectl.docs.kubernetes.io, kustomization: resources, components, generators, patches",
};

export const listedTwice: Audit = {
  id: "KUST-TWICE",
  severity: "error",
  title: "A kustomization.yaml lists one file twice.",
  because: "Kustomize refuses an object that comes to it a second time, and nothing of the whole folder is applied.",
  source: 'sigs.k8s.io/kustomize, api/resmap: Append, "may not add resource with an already registered id"',
};

export const unlisted: Audit = {
  id: "KUST-UNLISTED",
  severity: "warning",
  title: "A manifest lies beside a kustomization.yaml that does not list it.",
  because: "Only what is listed is installed; the file changes nothing in the cluster.",
  source: "kubectl.docs.kubernetes.io, kustomization: resources",
};

export function* entries(subject: Subject): Generator<Finding> {
  for (const kustomization of subject.kustomizations.values()) {
    const seen = new Map<string, Entry>();
    for (const entry of kustomization.entries) {
      const problem = problemOf(entry, subject);
      if (problem !== undefined) yield absent(kustomization, entry, problem);
      if (entry.field !== "resources" || entry.path === undefined) continue;
      const first = seen.get(entry.path);
      if (first === undefined) seen.set(entry.path, entry);
      else yield twice(kustomization, first, entry);
    }
  }
}

const FOLDERS = ["resources", "components", "bases"];

/** What is wrong with an entry, as the end of a sentence. */
function problemOf({ field, path, text }: Entry, { paths }: Subject): string | undefined {
  if (path === undefined || paths.has(path)) return undefined;
  if (!FOLDERS.includes(field)) return `there is no ${path || text}`;
  if (kustomizationFile(path, paths) !== undefined) return undefined;
  return [...paths].some((known) => isBelow(known, path))
    ? `the folder ${path} has no kustomization.yaml`
    : `there is no ${path}`;
}

function absent({ file, folder, document }: Kustomization, { text, at, path }: Entry, problem: string): Finding {
  return toFinding(missingEntry, {
    message: `${file} names ${text}, and ${problem}`,
    places: [document.place(at, "value")],
    fix: problem.includes("kustomization.yaml")
      ? `add ${path}/kustomization.yaml that lists its files, or list them here`
      : `correct the name, restore the file from git, or remove the line${folder === "" ? "" : ` from ${file}`}`,
  });
}

const twice = ({ file, document }: Kustomization, first: Entry, second: Entry): Finding =>
  toFinding(listedTwice, {
    message: `${file} lists ${second.text} twice`,
    places: [document.place(second.at, "value"), document.place(first.at, "value")],
    fix: "keep one of the two lines",
  });

/** Files and folders nobody leads to, each with the kustomization that would be the one to list it. */
export function* leftOut({ subject, live }: Cluster): Generator<Finding> {
  const named = new Set([...subject.kustomizations.values()].flatMap((one) => one.entries.map(({ path }) => path)));
  const reached = new Set(live.map(({ object }) => object));
  for (const [file, objects] of subject.inFile) {
    const lister = listerOf(file, subject);
    const isKnown = named.has(file) || objects.some((object) => reached.has(object));
    if (lister === undefined || isKnown || isNamedElsewhere(file, subject) || isSwitchedOff(file, lister, subject))
      continue;
    yield forgotten(file, lister, objects);
  }
  const roots = new Set(live.map(({ root }) => root.folder));
  for (const { folder, file, isComponent } of subject.kustomizations.values()) {
    const lister = folder === "" ? undefined : listerOf(folder, subject);
    if (lister === undefined || isComponent || named.has(folder) || roots.has(folder)) continue;
    if (isDeployed(folder, subject) || isSwitchedOff(folder, lister, subject)) continue;
    yield forgotten(folder, lister, subject.inFile.get(file) ?? []);
  }
}

function forgotten(path: string, lister: Kustomization, objects: readonly KubernetesObject[]): Finding {
  const [object] = objects;
  const what = object === undefined || object.name === "" ? "" : ` (${object.kind} ${object.name})`;
  return toFinding(unlisted, {
    message: `${path}${what} is listed in no kustomization.yaml, so it is not installed`,
    places: [object === undefined ? lister.document.place(["resources"], "key") : object.place([])],
    fix: `add \`- ${relativeTo(lister.folder, path)}\` to resources of ${lister.file}, or leave that line there as a comment to say that it is off`,
  });
}

/** A line that was turned into a comment is a decision, not an oversight. */
function isSwitchedOff(path: string, lister: Kustomization, { texts }: Subject): boolean {
  const name = relativeTo(lister.folder, path).slice(2);
  return (texts.get(lister.file) ?? "").split("\n").some((line) => /^\s*#/.test(line) && line.includes(name));
}

/** Encrypted files are often read by a plugin or a script that names them. */
const isNamedElsewhere = (path: string, { texts }: Subject): boolean =>
  /\.sops\.ya?ml$/.test(path) &&
  [...texts].some(([other, text]) => other !== path && text.includes(nameOf(path)) && isBelow(path, folderOf(other)));

/** Some object names it as its path, be it listed itself or not. */
const isDeployed = (folder: string, { objects }: Subject): boolean =>
  objects.some(({ value }) => JSON.stringify(value["spec"] ?? {}).includes(`${folder}"`));
