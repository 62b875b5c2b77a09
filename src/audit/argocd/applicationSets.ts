/** Applications that an ApplicationSet makes of folders of this repository. */
import type { Plan } from "../../model/plan.ts";
import { asList, asMap, at, isMap } from "../../model/unknown.ts";
import type { KubernetesObject } from "../objects.ts";
import { foldersAbove } from "../paths.ts";
import { fromTop, sameUrl } from "../repository.ts";
import type { Subject } from "../subject.ts";
import { asText } from "../values.ts";
import { matches } from "./globs.ts";
import { ARGO_GROUP } from "./names.ts";

/** Undefined where something else than folders of this repository decides, or the template says more than names of folders. */
export function applicationsOf(
  set: KubernetesObject,
  subject: Subject,
  plan: Pick<Plan, "root" | "repository">,
): readonly KubernetesObject[] | undefined {
  const spec = asMap(set.value["spec"]);
  const generators = asList(spec["generators"]).map((generator) => at(generator, "git"));
  const own = generators.filter((git) => {
    const [url, revision] = [asText(at(git, "repoURL")), asText(at(git, "revision")) ?? "HEAD"];
    return (
      url !== undefined && sameUrl(url, plan.repository.url) && ["HEAD", plan.repository.branch].includes(revision)
    );
  });
  const isReadable = own.length === generators.length && own.every((git) => asList(at(git, "directories")).length > 0);
  if (!isReadable || spec["templatePatch"] !== undefined) return undefined;
  const made = own.flatMap((git) =>
    foldersFor(git, subject, plan).map((folder) => applicationFor(folder, set, asText(at(git, "pathParamPrefix")))),
  );
  return made.some((application) => JSON.stringify(application.value).includes("{{")) ? undefined : made;
}

/** From the top of Git. A folder that is left out once is left out (applicationset/generators/git.go: filterApps). */
function foldersFor(git: unknown, { paths }: Subject, plan: Pick<Plan, "root">): readonly string[] {
  const wanted = asList(at(git, "directories"));
  const isMatched = (folder: string, exclude: boolean): boolean =>
    wanted.some(
      (one) => (at(one, "exclude") === true) === exclude && matches(asText(at(one, "path")) ?? "", folder, "plain"),
    );
  const known = new Set([...paths].flatMap((path) => foldersAbove(fromTop(path, plan))));
  return [...known]
    .filter((folder) => folder !== "" && !folder.split("/").some((step) => step.startsWith(".")))
    .filter((folder) => isMatched(folder, false) && !isMatched(folder, true))
    .sort();
}

function applicationFor(folder: string, set: KubernetesObject, prefix: string | undefined): KubernetesObject {
  const template = asMap(at(set.value, "spec", "template"));
  const fill = at(set.value, "spec", "goTemplate") === true ? goWords(folder, prefix) : plainWords(folder, prefix);
  const filled = asMap(everyText(template, fill));
  return {
    file: set.file,
    group: ARGO_GROUP,
    kind: "Application",
    name: asText(at(filled, "metadata", "name")) ?? "",
    namespace: set.namespace,
    value: { ...filled, kind: "Application" },
    place: (path, part) => set.place(["spec", "template", ...path], part),
  };
}

type Fill = (text: string) => string;

function everyText(value: unknown, fill: Fill): unknown {
  if (typeof value === "string") return fill(value);
  if (Array.isArray(value)) return value.map((item) => everyText(item, fill));
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [fill(key), everyText(inner, fill)]))
    : value;
}

const segments = (folder: string): readonly string[] => folder.split("/");

/** Kubernetes takes no other characters in a name (applicationset/utils/template_functions.go: SanitizeName). */
const normalized = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, "-")
    .slice(0, 253)
    .replaceAll(/^[-.]+|[-.]+$/g, "");

/** What nobody here can fill in stays as it is. */
const goWords = (folder: string, prefix: string | undefined): Fill => {
  const base = `${prefix === undefined ? "" : `.${prefix}`}.path`;
  const name = segments(folder).at(-1) ?? "";
  const words: Readonly<Record<string, string>> = {
    [`${base}.path`]: folder,
    [`${base}.basename`]: name,
    [`${base}.basenameNormalized`]: normalized(name),
  };
  return (text) =>
    text.replaceAll(/\{\{-?\s*(?:index\s+(\S+)\.segments\s+(\d+)|(\S+))\s*-?\}\}/g, (whole, list, index, word) =>
      list === undefined
        ? (words[word as string] ?? whole)
        : list === base
          ? (segments(folder)[Number(index)] ?? whole)
          : whole,
    );
};

const plainWords = (folder: string, prefix: string | undefined): Fill => {
  const base = `${prefix === undefined ? "" : `${prefix}.`}path`;
  const name = segments(folder).at(-1) ?? "";
  const words: Readonly<Record<string, string>> = {
    [base]: folder,
    [`${base}.basename`]: name,
    [`${base}.basenameNormalized`]: normalized(name),
    ...Object.fromEntries(segments(folder).map((segment, index) => [`${base}[${index}]`, segment])),
  };
  return (text) => text.replaceAll(/\{\{\s*(\S+?)\s*\}\}/g, (whole, word) => words[word as string] ?? whole);
};
