/** The repository of the audits, changed as a case wants it, and what they say of it. */
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { clusterOf } from "../../src/audit/cluster.ts";
import { auditCluster, auditFiles } from "../../src/audit/index.ts";
import { readSubject } from "../../src/audit/subject.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Plan } from "../../src/model/plan.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { edited, type Edit } from "../rules/edits.ts";
import { argoRepositoryOf } from "./argocd/repositoryFiles.ts";
import { repositoryOf } from "./repositoryFiles.ts";

const catalog = assembleCatalog();
const specText = catalog.templates.render("presets/talos-cilium-envoy.yaml", {});
export const { plan } = planSpec(specText, "homelab.yaml", catalog, rules);

export type Engine = "flux" | "argocd";
const BY_ENGINE = { flux: repositoryOf, argocd: argoRepositoryOf };

/** The same network, in another way. */
export const planWith = (network: readonly Edit[] = [], engine: Engine = "flux"): Plan => ({
  ...(network.length === 0 ? plan : planSpec(edited(specText, network), "homelab.yaml", catalog, rules).plan),
  engine,
});

/** A whole new text, nothing, or edits of what is there. */
export type Changes = Readonly<Record<string, string | null | readonly Edit[]>>;

export function repositoryWith(changes: Changes, engine: Engine = "flux"): ReadonlyMap<string, string> {
  const files = new Map(Object.entries(BY_ENGINE[engine](specText)));
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) files.delete(path);
    else if (typeof change === "string") files.set(path, change);
    else files.set(path, edited(files.get(path) ?? "", change));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function audited(files: ReadonlyMap<string, string>, network = plan): readonly Finding[] {
  const subject = readSubject(files);
  return [...auditFiles(subject), ...auditCluster(clusterOf(subject, network))];
}
