/**
 * What an engine would install, read off its own files alone and told in words that are no engine's: so that two of them
 * can be held against each other.
 */
import { resolve } from "node:path/posix";
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { documentsOf } from "../../support/documents.ts";

/** Text by path from the top of the Git repository. */
export type Files = ReadonlyMap<string, string>;

/** One step, by the folder it is made of. */
export interface Installation {
  readonly folder: string;
  readonly namespace: string | undefined;
  /** `oci://quay.io/cilium/charts/cilium` or `https://…#metallb`. */
  readonly chart?: string;
  readonly version?: string;
  readonly release?: string;
  /** Text of the values. */
  readonly values?: string;
  /** Text of its objects by the name of their file. */
  readonly objects: Readonly<Record<string, string>>;
  /** Manifests of another repository: `https://…@v1.2.3 config/crd`. */
  readonly manifests?: string;
  /** Folders of the steps that are ready before this one begins. */
  readonly after: readonly string[];
}

interface Found {
  readonly path: string;
  readonly object: unknown;
}

const read = (files: Files, path: string): readonly unknown[] => documentsOf(files.get(path) ?? "", path);

const objectsOf = (files: Files, kind: string, group: string): readonly Found[] =>
  [...files.keys()]
    .filter((path) => /(^|\/)kubernetes\/.*\.yaml$/.test(path))
    .flatMap((path) => read(files, path).map((object) => ({ path, object })))
    .filter(({ object }) => at(object, "kind") === kind && String(at(object, "apiVersion")).startsWith(`${group}/`));

const text = (value: unknown): string => String(value ?? "");

/** Files that the kustomization of a folder lists, but for objects of an engine's own. */
function listed(files: Files, folder: string, own: readonly string[]): Record<string, string> {
  const names = asList(at(read(files, `${folder}/kustomization.yaml`)[0], "resources")).map((name) =>
    text(name).replace("./", ""),
  );
  return Object.fromEntries(
    names.filter((name) => !own.includes(name)).map((name) => [name, files.get(`${folder}/${name}`) ?? "is not there"]),
  );
}

const OF_FLUX = ["helmrelease.yaml", "ocirepository.yaml", "helmrepository.yaml"];

export function ofFlux(files: Files): readonly Installation[] {
  const steps = objectsOf(files, "Kustomization", "kustomize.toolkit.fluxcd.io").filter(({ path }) =>
    /kubernetes\/apps\/.*\/ks\.yaml$/.test(path),
  );
  const id = ({ path, object }: Found) => `${namespaceAt(path)}/${text(at(object, "metadata", "name"))}`;
  const folders = new Map(steps.map((step) => [id(step), folderOf(step)]));
  return steps.map((step): Installation => {
    const { path, object } = step;
    const folder = folderOf(step);
    const after = asList(at(object, "spec", "dependsOn")).map((one) => {
      const before = `${text(at(one, "namespace") ?? namespaceAt(path))}/${text(at(one, "name"))}`;
      return folders.get(before) ?? `nothing called ${before}`;
    });
    const base = { folder, namespace: at(object, "spec", "targetNamespace") as string | undefined, after };
    const source = text(at(object, "spec", "sourceRef", "name"));
    if (source !== "flux-system") {
      const repository = read(files, path).find(
        (other) => at(other, "kind") === "GitRepository" && at(other, "metadata", "name") === source,
      );
      const [url, tag] = [at(repository, "spec", "url"), at(repository, "spec", "ref", "tag")];
      return { ...base, objects: {}, manifests: `${text(url)}@${text(tag)} ${text(at(object, "spec", "path"))}` };
    }
    return { ...base, objects: listed(files, folder, OF_FLUX), ...releaseOfFlux(files, folder) };
  });
}

/** Of manifests that lie elsewhere, the folder that the step would have here. */
function folderOf({ path, object }: Found): string {
  const isOurs = at(object, "spec", "sourceRef", "name") === "flux-system";
  return isOurs
    ? text(at(object, "spec", "path")).replace(/^\.\//, "")
    : stageOf(path.slice(0, path.lastIndexOf("/")), text(at(object, "metadata", "name")));
}

/** `…/envoy-gateway` and the object `envoy-gateway-crds` → `…/envoy-gateway/crds`. */
function stageOf(folder: string, name: string): string {
  const app = folder.slice(folder.lastIndexOf("/") + 1);
  return `${folder}/${name === app ? "app" : name.slice(app.length + 1)}`;
}

const namespaceAt = (path: string): string => path.split("/").at(-3) ?? "";

function releaseOfFlux(files: Files, folder: string): Partial<Installation> {
  const release = read(files, `${folder}/helmrelease.yaml`)[0];
  if (release === undefined) return {};
  const oci = at(read(files, `${folder}/ocirepository.yaml`)[0], "spec");
  const index = at(read(files, `${folder}/helmrepository.yaml`)[0], "spec");
  const chart = at(release, "spec", "chart", "spec");
  const values = asList(at(read(files, `${folder}/kustomization.yaml`)[0], "configMapGenerator"));
  const file = text(asList(at(values[0], "files"))[0]).replace("./", "");
  return {
    release: text(at(release, "metadata", "name")),
    chart: oci === undefined ? `${text(at(index, "url"))}#${text(at(chart, "chart"))}` : text(at(oci, "url")),
    version: text(oci === undefined ? at(chart, "version") : at(oci, "ref", "tag")),
    values: files.get(`${folder}/${file}`) ?? "has no values",
  };
}

export function ofArgo(files: Files): readonly Installation[] {
  const applications = objectsOf(files, "Application", "argoproj.io").filter(({ path }) =>
    path.includes("kubernetes/argo/apps/"),
  );
  const waves = new Map(applications.map((found) => [folderOfArgo(found), waveOf(found.object)]));
  return applications.map((found): Installation => {
    const spec = at(found.object, "spec");
    const sources = [at(spec, "source") ?? asList(at(spec, "sources"))].flat();
    const folder = folderOfArgo(found);
    const own = sources.find((source) => isOurs(source) && at(source, "path") !== undefined);
    const wave = waveOf(found.object);
    const remote = sources.find((source) => at(source, "chart") === undefined && !isOurs(source));
    return {
      folder,
      namespace: remote === undefined ? text(at(spec, "destination", "namespace")) : undefined,
      after: [...waves].filter(([, other]) => other < wave).map(([other]) => other),
      objects: own === undefined ? {} : listed(files, text(at(own, "path")), []),
      ...(remote !== undefined && {
        manifests: `${text(at(remote, "repoURL"))}@${text(at(remote, "targetRevision"))} ./${text(at(remote, "path"))}`,
      }),
      ...releaseOfArgo(files, sources),
    };
  });
}

/** Sources of this repository follow a branch; all others stand at a version. */
const isOurs = (source: unknown): boolean =>
  at(source, "chart") === undefined && !/^v?\d/.test(text(at(source, "targetRevision")));

const waveOf = (object: unknown): number =>
  Number(at(object, "metadata", "annotations", "argocd.argoproj.io/sync-wave") ?? 0);

function folderOfArgo({ path, object }: Found): string {
  const spec = at(object, "spec");
  const sources = [at(spec, "source") ?? asList(at(spec, "sources"))].flat();
  const own = sources.find((source) => isOurs(source) && at(source, "path") !== undefined);
  const file = sources.flatMap((source) => asList(at(source, "helm", "valueFiles")))[0];
  if (own !== undefined) return text(at(own, "path"));
  if (file !== undefined)
    return text(file)
      .replace("$values/", "")
      .replace(/\/values\.yaml$/, "");
  return stageOf(
    path.replace("kubernetes/argo/apps/", "kubernetes/apps/").replace(/\.yaml$/, ""),
    text(at(object, "metadata", "name")),
  );
}

function releaseOfArgo(files: Files, sources: readonly unknown[]): Partial<Installation> {
  const chart = sources.find((source) => at(source, "chart") !== undefined);
  if (chart === undefined) return {};
  const [url, name] = [text(at(chart, "repoURL")), text(at(chart, "chart"))];
  const file = text(asList(at(chart, "helm", "valueFiles"))[0]).replace("$values/", "");
  return {
    release: text(at(chart, "helm", "releaseName")),
    chart: url.includes("://") ? `${url}#${name}` : `oci://${url}/${name}`,
    version: text(at(chart, "targetRevision")),
    values: files.get(resolve("/", file).slice(1)) ?? "has no values",
  };
}

/** Namespaces and their labels; what protects them is the engine's own. */
export const namespacesIn = (files: Files): readonly unknown[] =>
  [...files]
    .filter(([path]) => /kubernetes\/apps\/[^/]+\/namespace\.yaml$/.test(path))
    .map(([path]) => ({ path, labels: asMap(at(read(files, path)[0], "metadata", "labels")) }));
