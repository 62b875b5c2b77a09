/** Kustomizations as Argo CD builds them: with what its own configuration allows, and without a key to decrypt anything. */
import type { Finding } from "../../model/finding.ts";
import { asList, at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import type { Entry, Kustomization } from "../kustomization.ts";
import { isBelow } from "../paths.ts";
import type { Subject } from "../subject.ts";
import { asText } from "../values.ts";
import { applicationsIn } from "./applications.ts";
import { argoCdIn, settingOf } from "./engine.ts";
import { folderHere, toolFor } from "./sources.ts";

export const refusedBuild: Audit = {
  id: "ARGO-BUILD",
  severity: "error",
  title: "A kustomization asks for what Argo CD does not let kustomize do.",
  because: "Kustomize stops there, and nothing of the whole Application is applied.",
  source:
    "argo-cd.readthedocs.io, Kustomize: Kustomize build options; kustomize build: --enable-helm, --load-restrictor",
};

/** Every kustomization that Argo CD builds, with those they are made of. */
export function built(cluster: Cluster): ReadonlySet<Kustomization> {
  const found = new Set<Kustomization>();
  for (const { sources } of applicationsIn(cluster))
    for (const source of sources) {
      const folder = folderHere(source, cluster.plan);
      if (folder !== undefined && toolFor(source, folder, cluster.subject) === "kustomize")
        collect(folder, cluster.subject, found);
    }
  return found;
}

function collect(folder: string, subject: Subject, found: Set<Kustomization>): void {
  const kustomization = subject.kustomizations.get(folder);
  if (kustomization === undefined || found.has(kustomization)) return;
  found.add(kustomization);
  for (const { path } of kustomization.entries) if (path !== undefined) collect(path, subject, found);
}

export function* builds(cluster: Cluster): Generator<Finding> {
  const release = argoCdIn(cluster);
  if (release === undefined || !release.isWhole) return;
  const options = settingOf(release, "kustomize.buildOptions") ?? "";
  for (const kustomization of built(cluster))
    for (const wish of [
      charts(kustomization),
      ...plugins(kustomization, cluster.subject),
      fence(kustomization, cluster),
    ])
      if (wish !== undefined && !wish.options.every((option) => option.test(options)))
        yield refused(kustomization, wish);
}

interface Wish {
  /** As the end of a sentence. */
  readonly what: string;
  readonly at: Entry["at"];
  readonly options: readonly RegExp[];
  readonly flags: string;
}

const refused = ({ file, document }: Kustomization, { what, at: where, flags }: Wish): Finding =>
  toFinding(refusedBuild, {
    message: `${file} ${what}, and kustomize.buildOptions of Argo CD lacks ${flags}`,
    places: [document.place(where, where.length === 1 ? "key" : "value")],
    fix: `kustomize.buildOptions: ${flags} in configs.cm of the values of Argo CD, or another way to the same objects`,
  });

function charts({ value }: Kustomization): Wish | undefined {
  const field = ["helmCharts", "helmChartInflationGenerator"].find((name) => asList(value[name]).length > 0);
  return field === undefined
    ? undefined
    : { what: "renders charts", at: [field], options: [/--enable-helm\b/], flags: "--enable-helm" };
}

const FUNCTION = "config.kubernetes.io/function";

/** What is built in needs no leave; what is a program of its own needs it twice (kustomize, Kustomize Plugins: exec KRM functions). */
const plugins = ({ entries }: Kustomization, { documents }: Subject): readonly Wish[] =>
  entries
    .filter(({ field, path }) => ["generators", "transformers", "validators"].includes(field) && path !== undefined)
    .flatMap(({ at: where, path, text }) =>
      documents
        .filter(({ file, value }) => file === path && asText(at(value, "apiVersion")) !== "builtin")
        .map(({ value }) => {
          const isProgram = /\bexec\b/.test(asText(at(value, "metadata", "annotations", FUNCTION)) ?? "");
          return {
            what: `runs a plugin (${text})`,
            at: where,
            options: [/--enable-alpha-plugins\b/, ...(isProgram ? [/--enable-exec\b/] : [])],
            flags: isProgram ? "--enable-alpha-plugins --enable-exec" : "--enable-alpha-plugins",
          };
        }),
    );

/** Folders may lie anywhere; files only below (kustomize, api/internal/loader: RestrictionRootOnly). */
function fence({ folder, entries }: Kustomization, { subject }: Cluster): Wish | undefined {
  const outside = entries.find(
    ({ field, path }) =>
      field !== "helmCharts" && path !== undefined && subject.paths.has(path) && !isBelow(path, folder),
  );
  return outside === undefined
    ? undefined
    : {
        what: `names ${outside.text}, a file outside of its folder`,
        at: outside.at,
        options: [/--load-restrictor[ =]LoadRestrictionsNone\b/],
        flags: "--load-restrictor LoadRestrictionsNone",
      };
}
