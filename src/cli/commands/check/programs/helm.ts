/** `helm template`: whether the charts take the values they are given. */
import { toFinding } from "../../../../audit/audit.ts";
import type { Cluster } from "../../../../audit/cluster.ts";
import { releasesOf, type Chart, type Release } from "../../../../audit/releases.ts";
import { refusedValues } from "../audits.ts";
import { attempt, notRun, several, type Means, type Ran } from "./program.ts";

// Charts ask the cluster what it knows; what routes need is not asked for where no cluster is.
const API_VERSIONS = ["gateway.networking.k8s.io/v1/HTTPRoute", "monitoring.coreos.com/v1/ServiceMonitor"];

const UNREACHABLE =
  /dial tcp|no such host|connection refused|i\/o timeout|TLS handshake|403 Forbidden|401 Unauthorized|too many requests/i;

export async function helm({ root, network, env }: Means, cluster: Cluster): Promise<Ran> {
  const found = releasesOf(cluster).flatMap((release) =>
    release.chart === undefined ? [] : [{ release, chart: release.chart }],
  );
  if (found.length === 0) return notRun();
  if (!network) return notRun("helm template: it fetches charts (--network)");
  const results = await several(found, ({ release, chart }) =>
    attempt("helm", argumentsFor(release, chart), { cwd: root, timeout: 120_000, env, input: inlineValues(release) }),
  );
  if (typeof results === "string") return notRun(`helm template: ${results}`);
  const failed = found.flatMap(({ release }, index) => {
    const { exitCode = 0, stderr = "" } = results[index] ?? {};
    return exitCode === 0 ? [] : [{ release, said: tidy(stderr) }];
  });
  const unreachable = failed.filter(({ said }) => UNREACHABLE.test(said));
  return {
    findings: failed
      .filter((one) => !unreachable.includes(one))
      .map(({ release, said }) =>
        toFinding(refusedValues, {
          message: `the chart of ${release.name} cannot be rendered: ${said}`,
          places: [release.instance.object.place(["metadata", "name"], "value")],
          fix: `correct ${[...new Set(release.values.map(({ file }) => file))].join(" or ") || "its values"}, or the version of the chart`,
        }),
      ),
    ran: `helm template (${found.length - unreachable.length} charts)`,
    notRun:
      unreachable[0] === undefined
        ? []
        : [`helm template of ${unreachable.map(({ release }) => release.name).join(", ")}: ${unreachable[0].said}`],
  };
}

/** Files in the order in which they are named, then what stands in the object itself, then single values. */
const argumentsFor = ({ name, namespace, values, parameters }: Release, chart: Chart): readonly string[] => [
  "template",
  name,
  chart.name,
  ...(chart.repository === undefined ? [] : ["--repo", chart.repository]),
  ...(chart.version === undefined ? [] : ["--version", chart.version]),
  ...(namespace === undefined ? [] : ["--namespace", namespace]),
  ...API_VERSIONS.flatMap((version) => ["--api-versions", version]),
  ...[...new Set(values.flatMap(({ file, from }) => (from === "file" ? [file] : [])))].flatMap((file) => ["-f", file]),
  "-f",
  "-",
  ...parameters.flatMap(({ name: key, value, isText }) => [
    isText ? "--set-string" : "--set",
    `${key}=${oneValue(value)}`,
  ]),
];

/** A comma ends a value, unless it stands in a list (Argo CD, util/helm/cmd.go: cleanSetParameters). */
const oneValue = (value: string): string => (/^\{.*\}$/s.test(value) ? value : value.replaceAll(/(?<!\\),/g, "\\,"));

const inlineValues = ({ values }: Release): string =>
  JSON.stringify(values.find(({ from }) => from === "object")?.value ?? {});

const tidy = (stderr: string): string =>
  stderr
    .replace(/^Error: /, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 400);
