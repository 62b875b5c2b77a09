/** Files that a source hands to Helm, as `valueFiles` names them. */
import type { Plan } from "../../model/plan.ts";
import { asTexts } from "../values.ts";
import { at } from "../../model/unknown.ts";
import { resolveFrom } from "../paths.ts";
import { belowRoot } from "../repository.ts";
import type { Subject } from "../subject.ts";
import { isPattern, matches } from "./globs.ts";
import { folderHere, isHere, type Source } from "./sources.ts";

type Here = Pick<Plan, "root" | "repository">;

/** Paths in this repository, in the order in which Helm reads them. Undefined for what lies in a chart or elsewhere. */
export function filesNamed(
  text: string,
  source: Source,
  sources: readonly Source[],
  subject: Pick<Subject, "paths">,
  plan: Here,
): readonly string[] | undefined {
  const path = pathHere(text, source, sources, plan);
  // What stands behind a `$` is filled in when the chart is rendered (docs/user-guide/build-environment.md).
  if (path === undefined || path.includes("$")) return undefined;
  return isPattern(path) ? [...subject.paths].filter((known) => matches(path, known, "folders")) : [path];
}

function pathHere(text: string, source: Source, sources: readonly Source[], plan: Here): string | undefined {
  if (text.startsWith("$")) {
    const [name = "", ...steps] = text.slice(1).split("/");
    const referred = refTo(name, sources);
    return referred !== undefined && isHere(referred, plan) ? belowRoot(steps.join("/"), plan) : undefined;
  }
  const folder = folderHere(source, plan);
  if (folder === undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined;
  return text.startsWith("/") ? belowRoot(text, plan) : resolveFrom(folder, text);
}

/** The source that `$name` stands for. */
export const refTo = (name: string, sources: readonly Source[]): Source | undefined =>
  sources.find(({ ref }) => ref === name);

export const valueFilesOf = ({ value }: Source): readonly string[] => asTexts(at(value, "helm", "valueFiles"));
