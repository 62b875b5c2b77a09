/** Charts that Applications render, with the values they are given. */
import { asList, asMap, at, type Mapping } from "../../model/unknown.ts";
import { readStream, type Path } from "../../yaml/stream.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import type { Chart, Parameter, Release, Values } from "../releases.ts";
import { asText } from "../values.ts";
import { ARGO_GROUP } from "./names.ts";
import { folderHere, sourcesOf, toolFor, type Source } from "./sources.ts";
import { filesNamed, valueFilesOf } from "./valueFiles.ts";

export const argoReleases = (cluster: Cluster): readonly Release[] =>
  cluster.ofKind("Application", ARGO_GROUP).flatMap((instance) => {
    const sources = sourcesOf(instance.object);
    return sources
      .filter((source) => isChart(source, cluster))
      .map((source) => from(source, sources, instance, cluster));
  });

function isChart(source: Source, { subject, plan }: Cluster): boolean {
  if (source.chart !== undefined || source.repoURL?.startsWith("oci://") === true) return true;
  const folder = folderHere(source, plan);
  return folder !== undefined && toolFor(source, folder, subject) === "helm";
}

function from(source: Source, sources: readonly Source[], instance: Instance, { subject, plan }: Cluster): Release {
  const named = valueFilesOf(source).map((text) => filesNamed(text, source, sources, subject, plan));
  const parameters = parametersOf(source);
  const written = inline(source, instance);
  return {
    instance,
    // Application, helm.releaseName: the name of the Application when absent.
    name: asText(at(source.value, "helm", "releaseName")) ?? instance.name,
    namespace:
      asText(at(source.value, "helm", "namespace")) ??
      asText(at(instance.object.value, "spec", "destination", "namespace")),
    chart: chartOf(source),
    // docs/user-guide/helm.md: parameters over valuesObject, that over values, those over valueFiles.
    values: [
      ...named.flat().flatMap((file) => inFile(file, subject.documents)),
      ...written,
      ...parameters.map(([index, parameter]) =>
        asValues(parameter, [...source.at, "helm", "parameters", index], instance),
      ),
    ],
    parameters: parameters.map(([, parameter]) => parameter),
    isWhole: named.every((files) => files !== undefined) && at(source.value, "helm", "fileParameters") === undefined,
  };
}

/** A chart in a Git repository is none that `helm` could fetch. */
export function chartOf({ repoURL, chart, path, revision }: Source): Chart | undefined {
  if (repoURL === undefined) return undefined;
  const url = repoURL.replace(/\/$/, "");
  if (chart === undefined)
    return url.startsWith("oci://") && (path ?? ".") === "."
      ? { name: url, repository: undefined, version: revision }
      : undefined;
  if (/^https?:\/\//.test(url)) return { name: chart, repository: repoURL, version: revision };
  return { name: `oci://${url.replace(/^oci:\/\//, "")}/${chart}`, repository: undefined, version: revision };
}

const inFile = (file: string | undefined, documents: Cluster["subject"]["documents"]): readonly Values[] =>
  file === undefined
    ? []
    : documents
        .filter((document) => document.file === file)
        .map(({ value, place }) => ({ file, from: "file", value: asMap(value), place }));

/** `valuesObject`, or else the text under `values` (types.go, ApplicationSourceHelm). */
function inline({ value, at: base }: Source, { object }: Instance): readonly Values[] {
  const made = at(value, "helm", "valuesObject");
  if (made !== undefined) {
    const place = (path: Path, part?: "key" | "value") =>
      object.place([...base, "helm", "valuesObject", ...path], part);
    return [{ file: object.file, from: "object", value: asMap(made), place }];
  }
  const text = asText(at(value, "helm", "values"));
  const [document] = text === undefined ? [] : readStream(text, object.file).documents;
  // The text is a file of its own: nothing in it has a place in this one.
  const place = () => object.place([...base, "helm", "values"], "key");
  return document === undefined ? [] : [{ file: object.file, from: "object", value: asMap(document.value), place }];
}

const parametersOf = ({ value }: Source): readonly (readonly [number, Parameter])[] =>
  asList(at(value, "helm", "parameters")).flatMap((entry, index) => {
    const [name, text] = [asText(at(entry, "name")), at(entry, "value")];
    return name === undefined
      ? []
      : [[index, { name, value: String(text ?? ""), isText: at(entry, "forceString") === true }] as const];
  });

/** `a.b=c` as values; dots behind a backslash belong to the name (helm.sh, The Format and Limitations of --set). */
function asValues({ name, value }: Parameter, where: Path, { object }: Instance): Values {
  const steps = name.split(/(?<!\\)\./).map((step) => step.replaceAll("\\.", "."));
  const nested = steps.reduceRight<unknown>((inner, step): Mapping => ({ [step]: inner }), value);
  return {
    file: object.file,
    from: "parameters",
    value: asMap(nested),
    place: () => object.place([...where, "value"], "value"),
  };
}
