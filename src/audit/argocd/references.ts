/** `$values/…`: values out of another source of the same Application. */
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { asList, at } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { fromTop } from "../repository.ts";
import { asText } from "../values.ts";
import { applicationsIn, type Application } from "./applications.ts";
import type { Source } from "./sources.ts";
import { filesNamed, refTo } from "./valueFiles.ts";

export const strayReference: Audit = {
  id: "ARGO-REF",
  severity: "error",
  title: "Values come from a source that is not named so, or that can have none.",
  because:
    "Argo CD cannot tell which files are meant, renders nothing of the Application and leaves the cluster as it is.",
  source:
    "argo-cd.readthedocs.io, Helm value files from external Git repository; reposerver/repository v3.5.1, runManifestGenAsync; util/argo: GetRefSources",
};

export const missingValueFile: Audit = {
  id: "ARGO-VALUES",
  severity: "error",
  title: "A file with values is not there.",
  because: "Helm stops at a file it cannot find, and nothing of the Application is rendered.",
  source: "argo-cd.readthedocs.io, Helm, Values Files: a file that does not exist is an error",
};

export function* references(cluster: Cluster): Generator<Finding> {
  for (const application of applicationsIn(cluster)) {
    yield* named(application);
    for (const source of application.sources)
      for (const [index, entry] of asList(at(source.value, "helm", "valueFiles")).entries()) {
        const text = asText(entry);
        if (text === undefined) continue;
        const where = [...source.at, "helm", "valueFiles", index];
        const problem = problemOf(text, source, application);
        if (problem !== undefined) yield stray(application, text, where, problem);
        else yield* absent(text, where, source, application, cluster);
      }
  }
}

/** Names of sources: what a name may be, each once, and none of a chart. */
function* named({ object, name, sources }: Application): Generator<Finding> {
  for (const source of sources) {
    const { ref, chart } = source;
    if (ref === undefined) continue;
    const first = refTo(ref, sources);
    const problem =
      chart !== undefined
        ? [
            `the chart ${chart} has the ref ${ref}, and a chart has no files for others`,
            "ref at a source of a Git repository, without chart",
          ]
        : first !== source
          ? [`two sources have the ref ${ref}`, "one source with it, or another name for one of them"]
          : !/^[\w-]+$/.test(ref)
            ? [`the ref ${ref} has other characters than letters, digits, - and _`, "a name of letters and digits"]
            : undefined;
    if (problem !== undefined)
      yield toFinding(strayReference, {
        message: `Application ${name}: ${problem[0]}`,
        places: [object.place([...source.at, "ref"], "value")],
        fix: problem[1] ?? "",
      });
  }
}

interface Problem {
  readonly message: string;
  readonly fix: string;
}

function problemOf(text: string, source: Source, { sources }: Application): Problem | undefined {
  const refs = sources.flatMap(({ ref }) => ref ?? []);
  const known = refs.map((ref) => `$${ref}`);
  const isSeveral = source.at.includes("sources");
  if (text.startsWith("$")) {
    const name = text.slice(1).split("/")[0] ?? "";
    if (refTo(name, sources) !== undefined) return undefined;
    // With one source, `$` is a variable of Argo CD's.
    if (!isSeveral && name.startsWith("ARGOCD_")) return undefined;
    const near = suggest(name, refs);
    return {
      message: isSeveral
        ? `no source has the ref ${name}`
        : "spec.source is alone, so there is no other source to name",
      fix:
        near !== undefined
          ? `did you mean $${near}?`
          : isSeveral
            ? `ref: ${name} at the source of the Git repository that has the file`
            : `sources in place of source: the chart, and { repoURL, targetRevision, ref: ${name} }`,
    };
  }
  const inside = known.find((word) => text.includes(`${word}/`));
  return inside === undefined
    ? undefined
    : {
        message: `${inside} stands for a source at the beginning of a path only`,
        fix: `${inside}/ and the path from the top of that repository`,
      };
}

const stray = ({ object, name }: Application, text: string, where: Path, { message, fix }: Problem): Finding =>
  toFinding(strayReference, {
    message: `Application ${name} reads ${text}, and ${message}`,
    places: [object.place(where, "value")],
    fix,
  });

function* absent(
  text: string,
  where: Path,
  source: Source,
  { object, name, sources }: Application,
  { subject, plan }: Cluster,
): Generator<Finding> {
  if (at(source.value, "helm", "ignoreMissingValueFiles") === true) return;
  const files = filesNamed(text, source, sources, subject, plan);
  if (files === undefined || files.some((file) => subject.paths.has(file))) return;
  const [file] = files;
  const near = file === undefined ? undefined : suggest(file, [...subject.paths]);
  yield toFinding(missingValueFile, {
    message: `Application ${name} reads ${text}, and there is no ${file === undefined ? "such file" : fromTop(file, plan)}`,
    places: [object.place(where, "value")],
    fix:
      near !== undefined && text.startsWith("$")
        ? `did you mean ${text.split("/")[0]}/${fromTop(near, plan)}?`
        : "correct the path, counted from the top of the Git repository, or restore the file from git",
  });
}
