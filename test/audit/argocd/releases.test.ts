/** Charts of Applications, with their values and versions. */
import { describe, expect, it } from "vitest";
import { clusterOf, type Cluster } from "../../../src/audit/cluster.ts";
import { releasesOf } from "../../../src/audit/releases.ts";
import { readSubject } from "../../../src/audit/subject.ts";
import { carriedVersions } from "../../../src/audit/versions/carried.ts";
import { helm } from "../../../src/cli/commands/check/programs/helm.ts";
import { temporaryFolder, writeFiles } from "../../support/workspace.ts";
import { change } from "../case.ts";
import { audited, planWith, repositoryWith, type Changes } from "../repository.ts";
import { ECHO, more, ofEcho, ofTypes, PHOTOS } from "./cases.ts";

const plan = planWith([], "argocd");
const cluster = (changes: Changes = {}): Cluster => clusterOf(readSubject(repositoryWith(changes, "argocd")), plan);
const ids = (changes: Changes): readonly string[] =>
  audited(repositoryWith(changes, "argocd"), plan).map(({ id }) => id);

describe("a release", () => {
  const echo = (changes: Changes = {}) => releasesOf(cluster(changes)).find(({ instance }) => instance.name === "echo");
  it("is a chart with its values, in the order in which Helm takes them", () => {
    const said = change(
      "      helm:\n",
      `      helm:
        releaseName: echo2
        parameters: [{ name: 'service.echo.a\\.b', value: "2", forceString: true }]
        valuesObject: { service: { echo: { a.b: 1 } } }
`,
    );
    const release = echo({ [ofEcho]: said });
    expect(release).toMatchObject({
      name: "echo2",
      namespace: "default",
      chart: { name: "oci://ghcr.io/bjw-s-labs/helm/app-template", repository: undefined, version: "4.1.1" },
      parameters: [{ name: "service.echo.a\\.b", value: "2", isText: true }],
      isWhole: true,
    });
    expect(release?.values.map(({ from }) => from)).toEqual(["file", "object", "parameters"]);
    expect(release?.values.at(-1)?.value).toEqual({ service: { echo: { "a.b": "2" } } });
    expect(release?.values.at(-1)?.place([])).toMatchObject({ file: ofEcho, line: 17 });
  });
  it("reads values that stand as text, and knows when there are more of them elsewhere", () => {
    const text = echo({ [ofEcho]: change("      helm:\n", "      helm:\n        values: |\n          a: 1\n") });
    expect(text?.values.map(({ value }) => value)).toContainEqual({ a: 1 });
    expect(echo({ [ofEcho]: change("- $values/", "- https://example.com/") })?.isWhole).toBe(false);
  });
  it("is a chart of a repository, of a registry, or lies in Git", () => {
    const charts = (source: string) =>
      releasesOf(cluster(more({}, source))).find(({ instance }) => instance.name === "more")?.chart;
    const of = (fields: string) => charts(`  source: { targetRevision: 1.2.3, ${fields} }\n`);
    expect(of("repoURL: https://example.com/charts, chart: a")).toEqual({
      name: "a",
      repository: "https://example.com/charts",
      version: "1.2.3",
    });
    expect(of("repoURL: oci://example.com/charts/a, path: .")).toEqual({
      name: "oci://example.com/charts/a",
      repository: undefined,
      version: "1.2.3",
    });
    expect(of("repoURL: https://example.com/a.git, path: charts/a")).toBeUndefined();
  });
  it("has its pins where people find them", () => {
    const carried = carriedVersions(cluster({ [ofTypes]: change("v1.6.1", "v1.5.1") }));
    expect(carried.get("gateway-api")).toMatchObject({ version: "v1.5.1", place: { file: ofTypes, line: 13 } });
    expect(carried.get("envoy-gateway")?.version).toBe("1.9.0");
    expect(carriedVersions(cluster({ [ofTypes]: change("v1.6.1", "v1.*") })).has("gateway-api")).toBe(false);
    expect(ids({ [ofTypes]: change("v1.6.1", "v1.5.1") })).toEqual(["VERSIONS-APART"]);
  });
  it("answers for Services and gateways that only it can make", () => {
    const unseen = change("        - name: photos\n", "        - name: echo-two\n");
    expect(ids({ [`${PHOTOS}/httproute.yaml`]: unseen })).toEqual(["ROUTE-BACKEND"]);
    const chart = "  source: { repoURL: docker.io/envoyproxy, chart: gateway-helm, targetRevision: 1.9.0 }\n";
    expect(ids({ ...more({}, chart), [`${PHOTOS}/httproute.yaml`]: unseen })).toEqual(["ROUTE-UNSEEN"]);
  });
});

describe("helm template", () => {
  /** A program that says how it was called, and fails. */
  function calls(changes: Changes = {}) {
    const folder = temporaryFolder("programs");
    writeFiles(folder, { helm: '#!/bin/sh\necho "called with $* and $(cat)" >&2\nexit 1\n' });
    const means = { root: folder, network: true, env: { PATH: `${folder}:/bin:/usr/bin` } };
    return helm(means, cluster(changes));
  }
  it("gets the chart of every Application, with files, text and single values", async () => {
    const words = "        parameters: [{ name: a, value: 'b,c' }, { name: d, value: '{e,f}', forceString: true }]\n";
    const { findings, ran } = await calls({
      [ofEcho]: change("      helm:\n", `      helm:\n        valuesObject: { g: 1 }\n${words}`),
    });
    const messages = findings.map(({ message }) => message);
    expect(ran).toBe("helm template (3 charts)");
    expect(messages.join("\n")).toContain(
      "template echo oci://ghcr.io/bjw-s-labs/helm/app-template --version 4.1.1 --namespace default",
    );
    expect(messages.join("\n")).toContain(`-f ${ECHO}/values.yaml -f - --set a=b\\,c --set-string d={e,f} and {"g":1}`);
    expect(messages.join("\n")).toContain(
      "template argo-cd argo-cd --repo https://argoproj.github.io/argo-helm --version 10.4.0",
    );
    expect(findings.find(({ places }) => places?.[0]?.file === ofEcho)?.fix).toContain(
      `correct ${ECHO}/values.yaml or ${ofEcho}`,
    );
  });
});
