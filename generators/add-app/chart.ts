/** `oci://ghcr.io/owner/charts/app`, or the name of a chart and the repository that has it. */
import { UserError } from "../../src/model/errors.ts";
import type { ChartSource } from "../../src/compose/newApp/app.ts";

export interface ChartText {
  readonly chart: string;
  readonly repository: string | undefined;
  readonly version: string | undefined;
}

type Chart = Pick<ChartSource, "source" | "chart" | "version">;

const OCI = /^(oci:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[a-z0-9._-]+)+?)(?::([\w][\w.+-]*))?$/i;
const NAME = /^[a-z0-9][a-z0-9._-]*$/;
const REPOSITORY = /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[\w.~%+-]+)*\/?$/i;
// Charts have semantic versions (Helm documentation, The Chart.yaml File); a range would move without a commit.
const VERSION = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:[+_][0-9A-Za-z.-]+)?$/;

/** What is not said yet: flags by name, to ask for or to name. */
export function openOfChart({ chart, repository, version }: ChartText): readonly ("repo" | "chart-version")[] {
  const oci = OCI.exec(chart);
  return [
    ...(oci === null && !chart.includes("://") && repository === undefined ? (["repo"] as const) : []),
    ...(version === undefined && oci?.[2] === undefined ? (["chart-version"] as const) : []),
  ];
}

export function parseChart(text: ChartText): Chart {
  return text.chart.includes("://") ? ociChart(text) : namedChart(text);
}

function ociChart({ chart, repository, version }: ChartText): Chart {
  const [, source, tag] = OCI.exec(chart) ?? [];
  if (source === undefined)
    throw new UserError(
      `${chart} is no chart`,
      "oci://REGISTRY/PATH/NAME, or the name of a chart with --repo https://… beside it",
    );
  if (repository !== undefined)
    throw new UserError(`${chart} says where the chart lies, and so does --repo ${repository}`, "leave --repo out");
  if (tag !== undefined && version !== undefined && tag !== version)
    throw new UserError(`${chart} says one version and --chart-version ${version} another`, "keep one of them");
  return { source, version: checkedVersion(version ?? tag ?? "") };
}

function namedChart({ chart, repository = "", version = "" }: ChartText): Chart {
  if (!NAME.test(chart)) throw new UserError(`${chart} is no name of a chart`, "such as jellyfin, or oci://…");
  if (repository.startsWith("oci://"))
    throw new UserError(
      `--repo ${repository} is a registry`,
      `--chart ${repository.replace(/\/$/, "")}/${chart}, without --repo`,
    );
  if (!REPOSITORY.test(repository))
    throw new UserError(
      `--repo ${repository} is no https URL of a chart repository`,
      "such as https://jellyfin.github.io/jellyfin-helm; without a user, a password or a question mark in it",
    );
  return { source: repository.replace(/\/$/, ""), chart, version: checkedVersion(version) };
}

function checkedVersion(version: string): string {
  if (VERSION.test(version)) return version;
  throw new UserError(
    `${version === "" ? "nothing" : version} is no version of a chart`,
    "one version and no range, such as 1.4.2: with a range the cluster would change without a commit",
  );
}
