/** Sources that Argo CD overlooks, refuses, or reads as something else. */
import type { Finding } from "../../model/finding.ts";
import { asList, asMap } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { applicationsIn, type Application } from "./applications.ts";
import type { Source } from "./sources.ts";

export const twoSpellings: Audit = {
  id: "ARGO-SOURCES",
  severity: "error",
  title: "An Application has source and sources.",
  because: "Argo CD reads sources and overlooks source without a word; nothing of it reaches the cluster.",
  source: "argo-cd.readthedocs.io, Multiple Sources for an Application; types.go v3.5.1, ApplicationSpec.GetSources",
};

export const emptySource: Audit = {
  id: "ARGO-SOURCE",
  severity: "error",
  title: "A source of an Application does not say what to fetch.",
  because: "Argo CD refuses the whole Application (InvalidSpecError), and syncs nothing of it.",
  source: "argo-cd v3.5.1, util/argo/argo.go: validateSourcePermissions",
};

export const ociTwice: Audit = {
  id: "ARGO-OCI",
  severity: "error",
  title: "A chart in an OCI registry is written in neither of the two ways there are.",
  because:
    "With oci:// the URL is the whole chart, with chart it is a registry without oci://; anything else is looked for where it is not.",
  source: "argo-cd.readthedocs.io, Helm: OCI; types.go v3.5.1, ApplicationSource.IsOCI and IsHelmOci",
};

export function* shapes(cluster: Cluster): Generator<Finding> {
  for (const application of applicationsIn(cluster)) {
    yield* bothSpellings(application);
    for (const source of application.sources) {
      yield* incomplete(application, source);
      yield* oci(application, source);
    }
  }
}

function* bothSpellings({ object, name }: Application): Generator<Finding> {
  const spec = asMap(object.value["spec"]);
  if (spec["source"] === undefined || asList(spec["sources"]).length === 0) return;
  yield toFinding(twoSpellings, {
    message: `Application ${name} has source and sources, and source is overlooked`,
    places: [object.place(["spec", "source"], "key"), object.place(["spec", "sources"], "key")],
    fix: "one of the two; what both say stands in sources",
  });
}

function* incomplete({ object, name, sources }: Application, source: Source): Generator<Finding> {
  const { repoURL, chart, path, ref, revision } = source;
  // In `sources`, one that only brings values has neither.
  const hasContent = chart !== undefined || path !== undefined || (ref !== undefined && source.at.includes("sources"));
  const missing =
    repoURL === undefined
      ? "repoURL"
      : !hasContent
        ? "path"
        : chart !== undefined && revision === undefined
          ? "targetRevision"
          : undefined;
  if (missing === undefined) return;
  const which =
    sources.length > 1 ? `source ${sources.indexOf(source) + 1} of Application ${name}` : `Application ${name}`;
  yield toFinding(emptySource, {
    message:
      missing === "repoURL"
        ? `${which} has no repoURL`
        : missing === "path"
          ? `${which} has neither a path nor a chart`
          : `${which} does not say which version of ${chart ?? ""} to install`,
    places: [object.place(source.at)],
    fix:
      missing === "repoURL"
        ? "repoURL: where the chart or the folder is"
        : missing === "path"
          ? "path: the folder, from the top of the Git repository"
          : "targetRevision: the version of the chart",
  });
}

function* oci({ object, name }: Application, { repoURL, chart, at: base }: Source): Generator<Finding> {
  if (repoURL === undefined) return;
  const places = [object.place([...base, "repoURL"], "value")];
  const bare = repoURL.replace(/^oci:\/\//, "").replace(/\/$/, "");
  if (repoURL.startsWith("oci://") && chart !== undefined)
    yield toFinding(ociTwice, {
      message: `Application ${name} has oci:// and chart, so ${repoURL} is taken for the chart itself`,
      places: [...places, object.place([...base, "chart"], "key")],
      fix: `repoURL: ${bare}, with chart: ${chart}; or repoURL: ${repoURL.replace(/\/$/, "")}/${chart} with path: . and no chart`,
    });
  else if (chart === undefined && !isGit(repoURL) && !repoURL.startsWith("oci://")) {
    const [, registry = "", last = ""] = /^(.*)\/([^/]+)$/.exec(bare) ?? [];
    yield toFinding(ociTwice, {
      message: `Application ${name} fetches ${repoURL}, which has no protocol and no chart, so it is taken for a Git repository`,
      places,
      fix: `repoURL: ${registry} with chart: ${last}, or oci:// before it with path: .`,
    });
  }
}

/** In one of the spellings Git takes: with a protocol, `user@host:`, or a path on disk (util/git/git.go). */
const isGit = (url: string): boolean => url.includes("://") || /^[^/]*@/.test(url) || url.startsWith("/");
