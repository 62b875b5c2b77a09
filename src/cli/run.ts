/** A command with its arguments in order: finish what was cut short, then do it. */
import { generators } from "../../generators/index.ts";
import type { Outcome, Session } from "../../generators/generator.ts";
import { isOn } from "../../generators/generator.ts";
import type { Answer } from "./answer.ts";
import { assembleCatalog } from "./catalog.ts";
import { runGenerator } from "../plop/adapter.ts";
import { recover } from "../repo/recover.ts";
import { findRepository } from "../repo/location.ts";
import { changed } from "../ui/changes.ts";
import { explain } from "./commands/explain.ts";
import { list } from "./commands/list.ts";
import type { Host } from "./host.ts";
import type { Command } from "./program.ts";
import { sessionFor, type Said } from "./session.ts";

export interface Invocation extends Said {
  readonly command: Command;
}

type Reading = (session: Session) => Promise<string | Answer>;

const READING: Readonly<Record<string, Reading>> = {
  list,
  explain,
  // Those that run other programs: their library is loaded for them alone.
  doctor: async (session) => (await import("./commands/doctor/doctor.ts")).doctor(session),
  check: async (session) => (await import("./commands/check/check.ts")).check(session),
};

export async function run(invocation: Invocation, host: Host): Promise<number> {
  const session = sessionFor(invocation, assembleCatalog(), host);
  const { name } = invocation.command;
  if (name !== "create") await finishJournal(session);
  const reading = READING[name];
  if (reading !== undefined) {
    const answer = await reading(session);
    const { text, exitCode } = typeof answer === "string" ? { text: answer, exitCode: 0 } : answer;
    session.output.data(text);
    return exitCode;
  }
  const outcome = await runGenerator(name, generators(session.catalog), session);
  if (isOn(session, "json")) session.output.data(JSON.stringify(asJson(outcome), null, 2));
  return outcome.needsUser === undefined ? 0 : 3;
}

async function finishJournal({ cwd, output }: Session): Promise<void> {
  const repository = findRepository(cwd);
  const recovery = repository && (await recover(repository.root));
  if (recovery === undefined) return;
  const what = recovery.outcome === "finished" ? "finished" : "undone";
  output.talk(`  a change that was cut short: ${what} (${recovery.paths.join(", ")})`);
  if (recovery.left.length > 0) output.talk(`  changed by you since, and left alone: ${recovery.left.join(", ")}`);
}

function asJson({ prepared, applied, needsUser }: Outcome): unknown {
  return {
    ok: needsUser === undefined,
    ...(needsUser !== undefined && { exitCode: 3, error: needsUser }),
    command: prepared.command,
    written: applied !== undefined,
    changes: changed(prepared.changes).map(({ kind, path }) => ({ action: kind, path })),
    ...prepared.details,
    findings: prepared.findings,
    nextSteps: applied?.nextSteps ?? [],
    ...(applied?.again !== undefined && { again: applied.again }),
  };
}
