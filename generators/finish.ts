/** Show, ask, write: the end of every generator. A dry run is the real run less the last call. */
import { changed, renderChanges, renderDiff } from "../src/ui/changes.ts";
import { renderFindings } from "../src/ui/findings.ts";
import { wrap } from "../src/ui/wrap.ts";
import { isOn, type NeedsUser, type Outcome, type Prepared, type Session } from "./generator.ts";

export async function finish(prepared: Prepared, session: Session): Promise<Outcome> {
  const { output } = session;
  if (prepared.findings.length > 0) output.talk(`\n${renderFindings(prepared.findings, output.theme)}\n`);
  if (changed(prepared.changes).length === 0 && !prepared.pending) {
    output.talk(prepared.nothingToDo);
    return { prepared };
  }
  const show = prepared.readOnly && !isOn(session, "json") ? output.data : output.talk;
  show(prepared.preview);
  if (isOn(session, "diff")) show(renderDiff(prepared.changes));
  if (prepared.readOnly || isOn(session, "dry-run")) {
    if (!prepared.readOnly) output.talk(`${renderChanges(prepared.changes)}\n\n  dry run: nothing was written`);
    return { prepared, ...leftTo(prepared) };
  }
  if (!(await agreed(prepared, session))) {
    output.talk("Nothing was written.");
    return { prepared, ...leftTo(prepared) };
  }
  const applied = await prepared.apply();
  output.talk(told(applied));
  return { prepared, applied, ...(applied.needsUser && { needsUser: applied.needsUser }) };
}

/** Where nobody can be asked, silence is a yes; but never to what only the user can decide. */
async function agreed({ question, decision }: Prepared, session: Session): Promise<boolean> {
  const asking = session.interactive && !isOn(session, "yes");
  const open = decision !== undefined && !decision.agreed;
  if (asking) return session.asker.confirm(question, !open);
  if (open) session.output.talk(`\n${refusal(decision, session)}`);
  return !open;
}

const leftTo = ({ decision }: Prepared): Pick<Outcome, "needsUser"> =>
  decision === undefined || decision.agreed ? {} : { needsUser: { message: decision.message, hint: decision.hint } };

const refusal = ({ message, hint }: NeedsUser, { output }: Session): string =>
  `${output.theme("error", "error:")} ${wrap(message, "  ").trimStart()}\n${wrap(hint, "  ")}`;

function told({ done, nextSteps, again }: NonNullable<Outcome["applied"]>): string {
  return [
    "",
    ...done.map((line) => `  ✔ ${line}`),
    ...(nextSteps.length === 0 ? [] : ["", "  Next", ...nextSteps.map((step, index) => `  ${index + 1}. ${step}`)]),
    ...(again === undefined ? [] : ["", `  The same again:  ${again}`]),
    "",
  ].join("\n");
}
