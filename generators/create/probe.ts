/** `--probe`: does anybody answer at the addresses of the network before it is written? Only ever a warning. */
import { EnvironmentError } from "../../src/model/errors.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Plan } from "../../src/model/plan.ts";
import { addressesBefore } from "../../src/probes/before.ts";
import { announced } from "../../src/probes/words.ts";
import { placeFindings, type Loaded } from "../../src/spec/load.ts";
import { plural } from "../../src/ui/plural.ts";
import { announcement } from "../../src/ui/probes.ts";
import { wrap } from "../../src/ui/wrap.ts";
import { isOn, type Flag, type Session } from "../generator.ts";

export const PROBE: Flag = {
  name: "probe",
  summary: "ask whether anybody answers at the network's addresses already, before anything is written",
};

interface Checked {
  readonly plan: Plan;
  readonly loaded: Loaded;
}

/** What was asked for is named before it is asked; on a terminal somebody says yes to it. */
export async function probed({ plan, loaded }: Checked, session: Session): Promise<readonly Finding[]> {
  if (!isOn(session, "probe")) return [];
  if (process.platform === "win32")
    throw new EnvironmentError("--probe is not offered on Windows", "leave it out, or run it in WSL");
  const { output, asker, catalog } = session;
  const probe = addressesBefore(plan, catalog);
  output.talk(announcement(announced([probe]), output.width));
  if (session.interactive && !isOn(session, "yes") && !(await asker.confirm("Ask them?", true))) return [];
  const answers = await session.outside(session.cwd).ask(probe.questions);
  const verdicts = probe.judge(answers);
  const free = verdicts.filter(({ is }) => is === "fine").length;
  const untold = verdicts.flatMap((verdict) => (verdict.is === "unknown" ? [verdict.because] : []));
  if (free > 0) output.talk(`  ✔ ${plural(free, "address", "addresses")} that nobody else has`);
  for (const because of new Set(untold))
    output.talk(wrap(`cannot tell for ${untold.filter((one) => one === because).length}: ${because}`, "  "));
  return placeFindings(
    verdicts.flatMap((verdict) => (verdict.is === "wrong" ? [verdict.finding] : [])),
    loaded.reading,
  ).filter(({ id }) => !plan.silenced.has(id));
}
