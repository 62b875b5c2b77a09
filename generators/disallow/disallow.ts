/** `gen disallow FROM TO:PORT`: takes back what `gen allow` was asked for with the same words. */
import { UserError } from "../../src/model/errors.ts";
import { suggest } from "../../src/model/suggest.ts";
import { answering, entryOf, isSame, withEntries, type Entry } from "../allow/entries.ts";
import { parseTarget } from "../allow/party.ts";
import { isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, type OpenRepository } from "../repository.ts";
import { CHANGING, prepareChange } from "../specChange.ts";

interface DisallowInput extends OpenRepository {
  readonly index: number;
}

const COMMAND = "disallow";

/** `others`: the generators whose files follow. */
export const disallowGenerator = (others: readonly Generator[]): Generator<DisallowInput> => ({
  name: COMMAND,
  summary: "Takes back what was allowed.",
  argument: "FROM TO…",
  argumentSummary: "who begins and who answers, as policies.allow of homelab.yaml has them",
  flags: CHANGING,
  examples: ["gen disallow media/jellyfin databases/postgres:5432"],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<DisallowInput> {
  const repository = await openRepository(session);
  const entries = repository.plan.policies.allowed.map(entryOf);
  const { argument, more = [] } = session;
  const asks = session.interactive && !isOn(session, "yes") && entries.length > 0;
  if (argument === undefined && asks) {
    const choices = entries.map((entry, index) => ({
      value: String(index),
      name: `${entry.from} to ${answering(entry)}`,
    }));
    return { ...repository, index: Number(await session.asker.choose("What is no longer allowed?", choices)) };
  }
  const [target, ...rest] = more;
  if (argument === undefined || target === undefined || rest.length > 0)
    throw new UserError("who begins and who answers are needed", there(entries));
  const { text: to, ports } = parseTarget(target);
  const wanted: Entry = { from: argument, to, ports };
  const index = entries.findIndex((entry) => isSame(entry, wanted));
  if (index < 0) throw unknown(wanted, entries);
  return { ...repository, index };
}

const there = (entries: readonly Entry[]): string =>
  entries.length === 0
    ? "nothing was allowed by name so far; gen list flows shows what passes without it"
    : `there are ${entries.map((entry) => `${entry.from} ${answering(entry)}`).join("; ")}`;

function unknown(wanted: Entry, entries: readonly Entry[]): UserError {
  const text = `${wanted.from} ${answering(wanted)}`;
  const near = suggest(
    text,
    entries.map((entry) => `${entry.from} ${answering(entry)}`),
  );
  return new UserError(
    `policies.allow of homelab.yaml has no entry ${text}`,
    near === undefined ? there(entries) : `did you mean ${near}?`,
  );
}

function prepare(input: DisallowInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { text: before, plan, index } = input;
  const entries = plan.policies.allowed.map(entryOf);
  const gone = entries[index] as Entry;
  return prepareChange(
    input,
    {
      command: COMMAND,
      again: [gone.from, answering(gone)],
      text: withEntries(
        before,
        entries.filter((entry) => entry !== gone),
        session.catalog,
      ),
      edits: [{ path: plan.policies.allowed[index]?.path ?? "", removed: true }],
      lines: [`${gone.from} may begin nothing at ${answering(gone)} any more, where a namespace is closed`],
    },
    others,
    session,
  );
}
