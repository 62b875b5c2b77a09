/** Charts that make new certificates whenever they are rendered, which Argo CD does all day. */
import type { Finding } from "../../model/finding.ts";
import { asList, at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { nameOf } from "../paths.ts";
import { releasesOf, valueOf, type Release } from "../releases.ts";
import { asTexts } from "../values.ts";

export const renewedAlways: Audit = {
  id: "ARGO-RENEWED",
  severity: "warning",
  title: "A chart makes new certificates whenever Argo CD renders it.",
  because:
    "What Argo CD compares with is another certificate each time: the Application is never in sync, and pods are given certificates that their partners do not know.",
  source:
    "docs.cilium.io, Hubble: TLS, auto-generated certificates; argo-cd.readthedocs.io, Diff Customization: RespectIgnoreDifferences",
};

export function* renewed(cluster: Cluster): Generator<Finding> {
  for (const release of releasesOf(cluster)) {
    const { chart, instance, isWhole, values } = release;
    if (chart === undefined || nameOf(chart.name) !== "cilium" || instance.isPatched || !isWhole) continue;
    if (!rendersCertificates(release) || isOverlooked(instance.object.value)) continue;
    const said = values.findLast(({ value }) => at(value, "hubble") !== undefined);
    yield toFinding(renewedAlways, {
      message: `Application ${instance.name} has Hubble's certificates made by Helm, and so anew at every comparison`,
      places: [
        said === undefined
          ? instance.object.place(["metadata", "name"], "value")
          : said.place(["hubble", "tls", "auto", "method"], "value"),
      ],
      fix: "hubble.tls.auto.method: cronJob or certmanager in the values of Cilium",
    });
  }
}

/** Defaults of the chart: hubble.enabled, hubble.tls.enabled, hubble.tls.auto.enabled, and `helm` for the method. */
const rendersCertificates = (release: Release): boolean =>
  [["enabled"], ["tls", "enabled"], ["tls", "auto", "enabled"]].every(
    (path) => valueOf(release, "hubble", ...path) !== false,
  ) && (valueOf(release, "hubble", "tls", "auto", "method") ?? "helm") === "helm";

/** Told to leave some Secrets as they are, in comparisons and when it syncs. */
const isOverlooked = (application: unknown): boolean =>
  asTexts(at(application, "spec", "syncPolicy", "syncOptions")).includes("RespectIgnoreDifferences=true") &&
  asList(at(application, "spec", "ignoreDifferences")).some((one) => at(one, "kind") === "Secret");
