/** `gen check`: everything that can be seen to be wrong with the repository, without touching a cluster. */
import { isOn, type Session } from "../../../../generators/generator.ts";
import { locate, SPEC_FILE, specText } from "../../../../generators/repository.ts";
import { clusterOf } from "../../../audit/cluster.ts";
import { auditCluster, auditFiles } from "../../../audit/index.ts";
import { readSubject } from "../../../audit/subject.ts";
import type { Finding } from "../../../model/finding.ts";
import { errorsOf } from "../../../rules/check.ts";
import { assessSpec } from "../../../rules/planSpec.ts";
import type { Answer } from "../../answer.ts";
import { drift, stateFindings } from "./drift.ts";
import { filesOf } from "./files.ts";
import { report } from "./report.ts";

export async function check(session: Session): Promise<Answer> {
  const { catalog, rules, version } = session;
  const root = locate(session);
  const [text, files] = [await specText(root), await filesOf(root)];
  const { plan, findings } = assessSpec(text, SPEC_FILE, catalog, rules);
  const subject = readSubject(files.texts, files.paths);
  const cluster = plan && clusterOf(subject, plan);
  const found: readonly Finding[] = [
    ...findings,
    ...auditFiles(subject),
    ...(cluster === undefined ? [] : auditCluster(cluster)),
  ];
  const canCompose = plan !== undefined && errorsOf(findings).length === 0;
  const drifted = canCompose ? await drift({ root, specText: text, plan, catalog, version }) : stateFindings(root);
  const silenced = plan?.silenced;
  return report(
    {
      findings: [...found, ...drifted].filter(({ id, severity }) => severity === "error" || silenced?.has(id) !== true),
      files: files.paths.length,
      objects: subject.objects.length,
      ran: ["homelab.yaml", "files"],
      notRun: [],
    },
    { strict: isOn(session, "strict"), verbose: isOn(session, "verbose"), json: isOn(session, "json") },
  );
}
