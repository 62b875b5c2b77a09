/** Show, ask, write: the end of every generator. A dry run is the real run less the last call. */
import { changed, renderChanges, renderDiff } from "../src/ui/changes.ts";
import { renderFindings } from "../src/ui/findings.ts";
import { isOn, type Outcome, type Prepared, type Session } from "./generator.ts";

export async function finish(prepared: Prepared, session: Session): Promise<Outcome> {
  const { output } = session;
  if (prepared.findings.length > 0) output.talk(`\n${renderFindings(prepared.findings, output.theme)}\n`);
  if (changed(prepared.changes).length === 0) {
    output.talk(prepared.nothingToDo);
    return { prepared };
  }
  output.talk(prepared.preview);
  if (isOn(session, "diff")) output.talk(renderDiff(prepared.changes));
  if (isOn(session, "dry-run")) {
    output.talk(`${renderChanges(prepared.changes)}\n\n  dry run: nothing was written`);
    return { prepared };
  }
  if (session.interactive && !isOn(session, "yes") && !(await session.asker.confirm(prepared.question, true))) {
    output.talk("Nothing was written.");
    return { prepared };
  }
  const applied = await prepared.apply();
  output.talk(told(applied));
  return { prepared, applied };
}

function told({ done, nextSteps, again }: NonNullable<Outcome["applied"]>): string {
  return [
    "",
    ...done.map((line) => `  ✔ ${line}`),
    ...(nextSteps.length === 0 ? [] : ["", "  Next", ...nextSteps.map((step, index) => `  ${index + 1}. ${step}`)]),
    ...(again === undefined ? [] : ["", `  The same again:  ${again}`]),
    "",
  ].join("\n");
}
