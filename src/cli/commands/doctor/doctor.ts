/** `gen doctor`: what only reality can tell of the network. Looks when asked, names what it asks first, and writes nothing. */
import { isOn, given, type Session } from "../../../../generators/generator.ts";
import { openRepository } from "../../../../generators/repository.ts";
import { EnvironmentError, UserError } from "../../../model/errors.ts";
import type { Finding } from "../../../model/finding.ts";
import { repoPath } from "../../../model/names.ts";
import { suggest } from "../../../model/suggest.ts";
import { probesFor } from "../../../probes/index.ts";
import { AREAS, type Area, type Probe, type Verdict } from "../../../probes/probe.ts";
import { announced } from "../../../probes/words.ts";
import { readFiles } from "../../../repo/disk.ts";
import { placeFindings } from "../../../spec/load.ts";
import { announcement } from "../../../ui/probes.ts";
import type { Answer } from "../../answer.ts";
import { dryReport, report } from "./report.ts";

const TOOLS_FILE = repoPath(".mise/config.toml");

export async function doctor(session: Session): Promise<Answer> {
  if (process.platform === "win32")
    throw new EnvironmentError(
      "gen doctor is not offered on Windows",
      "run it in WSL with networking mode mirrored, or on another machine of the LAN",
    );
  const areas = areasOf(session);
  const { root, plan, loaded } = await openRepository(session);
  const installed = (await readFiles(root, [TOOLS_FILE])).get(TOOLS_FILE) ?? "";
  const probes = probesFor(plan, session.catalog, installed).filter(({ area }) => areas.includes(area));
  const asks = announced(probes);
  const json = isOn(session, "json");
  if (isOn(session, "dry-run")) return dryReport(asks, json);
  session.output.talk(announcement(asks, session.output.width));
  const asking = session.interactive && !isOn(session, "yes");
  if (asking && !(await session.asker.confirm("Ask them?", true))) return { text: "Nothing was asked.", exitCode: 0 };
  const answers = await session.outside(root).ask(probes.flatMap(({ questions }) => questions));
  const verdicts = probes.flatMap(judged(answers));
  const findings = placeFindings(
    verdicts.flatMap(({ verdict }) => (verdict.is === "wrong" ? [verdict.finding] : [])),
    loaded.reading,
  ).filter(({ id, severity }: Finding) => severity === "error" || !plan.silenced.has(id));
  return report({ asks, verdicts, findings }, { strict: isOn(session, "strict"), json });
}

export interface Judged {
  readonly area: Area;
  readonly verdict: Verdict;
}

const judged =
  (answers: Parameters<Probe["judge"]>[0]) =>
  ({ area, judge }: Probe): readonly Judged[] =>
    judge(answers).map((verdict) => ({ area, verdict }));

function areasOf(session: Session): readonly Area[] {
  const [only, skip] = [listed(session, "only"), listed(session, "skip")];
  return AREAS.filter((area) => (only.length === 0 || only.includes(area)) && !skip.includes(area));
}

function listed(session: Session, flag: "only" | "skip"): readonly Area[] {
  const words = (given(session, flag) ?? "").split(",").filter((word) => word !== "");
  return words.map((word) => {
    const area = AREAS.find((candidate) => candidate === word);
    if (area !== undefined) return area;
    const near = suggest(word, AREAS);
    throw new UserError(
      `--${flag} ${word}: there is nothing of that name to look at`,
      near === undefined ? `there are ${AREAS.join(", ")}` : `did you mean ${near}?`,
    );
  });
}
