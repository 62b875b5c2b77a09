/** `gen check`: everything that can be seen to be wrong with the repository, without touching a cluster. */
import { isOn, type Session } from "../../../../generators/generator.ts";
import { readSpec, SPEC_FILE } from "../../../../generators/repository.ts";
import { unseen } from "../../../audit/guard/shown.ts";
import { clusterOf } from "../../../audit/cluster.ts";
import { auditCluster, auditFiles, remembered } from "../../../audit/index.ts";
import { readSubject } from "../../../audit/subject.ts";
import type { Finding } from "../../../model/finding.ts";
import { errorsOf } from "../../../rules/check.ts";
import { LARGEST_READ } from "../../../repo/strange.ts";
import { assessSpec } from "../../../rules/planSpec.ts";
import type { Answer } from "../../answer.ts";
import { drift } from "./drift.ts";
import { filesOf } from "./files.ts";
import { secretsOnDisk } from "./missingSecrets.ts";
import { runPrograms } from "./programs/programs.ts";
import { report } from "./report.ts";
import { checkStaged } from "./staged.ts";

export async function check(session: Session): Promise<Answer> {
  if (isOn(session, "staged")) return checkStaged(session);
  const { catalog, rules, output, inherited } = session;
  const { root, text } = await readSpec(session);
  const files = await filesOf(root, inherited);
  const { plan, findings: aboutSpec } = assessSpec(text, SPEC_FILE, catalog, rules);
  const subject = readSubject(files.texts, files.paths, undefined, files.strange);
  const cluster = plan && clusterOf(subject, plan);
  const aboutFiles = [
    ...auditFiles(subject).filter(isNew),
    ...remembered(new Map([...files.texts, ...files.remembered])),
    ...(cluster === undefined ? [] : auditCluster(cluster)),
  ];
  const canCompose = plan !== undefined && errorsOf(aboutSpec).length === 0;
  const [programs, drifted, secrets] = await Promise.all([
    runPrograms({ root, subject, findings: aboutFiles, network: isOn(session, "network"), env: inherited }, cluster),
    drift({ root, text, isSound: canCompose }, session),
    canCompose ? secretsOnDisk({ root, text, plan }, session) : [],
  ]);
  const all = [...aboutSpec, ...aboutFiles, ...programs.flatMap(({ findings }) => findings), ...drifted, ...secrets];
  return report(
    {
      findings: unseen(all.filter(({ id, severity }) => severity === "error" || plan?.silenced.has(id) !== true)),
      files: files.paths.length,
      objects: subject.objects.length,
      ran: programs.flatMap(({ ran }) => ran ?? []),
      notRun: [
        ...programs.flatMap(({ notRun }) => notRun),
        ...files.large.map((path) => `${path} is not looked at: it has more than ${LARGEST_READ / 1_000_000} MB`),
        ...(files.unfiltered === undefined ? [] : [`git, so files it would ignore were read too: ${files.unfiltered}`]),
        ...(cluster === undefined ? ["what the cluster gets, addresses and routes: homelab.yaml cannot be read"] : []),
        ...(canCompose ? [] : ["what would be generated now: homelab.yaml has errors"]),
      ],
    },
    {
      strict: isOn(session, "strict"),
      verbose: isOn(session, "verbose"),
      json: isOn(session, "json"),
      theme: output.dataTheme,
    },
  );
}

/** How homelab.yaml reads as YAML is said with everything else about it. */
const isNew = ({ id, places }: Finding): boolean => !(id.startsWith("YAML-") && places?.[0]?.file === SPEC_FILE);
