/** `gen allow FROM TO:PORT`: one thing that is allowed, in homelab.yaml and in the policies of both ends. */
import { UserError } from "../../src/model/errors.ts";
import { findApps } from "../../src/repo/apps.ts";
import { readState } from "../../src/repo/state.ts";
import { askChecked } from "../askChecked.ts";
import { isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, type OpenRepository } from "../repository.ts";
import { CHANGING, prepareChange } from "../specChange.ts";
import { ALLOW, answering, entryOf, isSame, withEntries, type Entry } from "./entries.ts";
import { linesOf, refuseOpen, refuseUnenforced } from "./judged.ts";
import { parseTarget, partyText, type Around } from "./party.ts";

interface AllowInput extends OpenRepository {
  readonly entry: Entry;
}

const COMMAND = "allow";

/** `others`: the generators whose files follow. */
export const allowGenerator = (others: readonly Generator[]): Generator<AllowInput> => ({
  name: COMMAND,
  summary: "Allows pods to talk to others, which the policies of both ends say then.",
  argument: "FROM TO…",
  argumentSummary: "who begins and who answers, with the ports of its pods: media/jellyfin databases/postgres:5432",
  flags: CHANGING,
  examples: [
    "gen allow media/jellyfin databases/postgres:5432",
    "gen allow media/jellyfin internet:443",
    "gen allow anyone media/plex:32400 --yes",
  ],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<AllowInput> {
  const repository = await openRepository(session);
  const { root, plan } = repository;
  refuseUnenforced(plan);
  const state = readState(root);
  const around: Around = { plan, apps: await findApps(root, session.catalog), state };
  const entry = await ends(session, around);
  refuseOpen(entry, plan, state);
  return { ...repository, entry };
}

/** From the command line, or asked for. */
async function ends(session: Session, around: Around): Promise<Entry> {
  const { argument, more = [] } = session;
  const [target, ...rest] = more;
  const asks = session.interactive && !isOn(session, "yes");
  if (rest.length > 0) throw new UserError(`two ends are enough, and ${rest.join(" ")} stands behind them`, USAGE);
  if (!asks && (argument === undefined || target === undefined))
    throw new UserError("who begins and who answers are needed", USAGE);
  const begins = (text: string) => partyText(text, around);
  const answers = (text: string) => {
    const { text: party, ports } = parseTarget(text.trim());
    return { to: partyText(party, around), ports };
  };
  const from = begins(argument ?? (await askChecked("Who begins  (NAMESPACE/APP, anyone, gateway)", begins, session)));
  const asked = "Who answers, and the ports of its pods  (NAMESPACE/APP:PORT, internet:443, ADDRESS:PORT)";
  return { from, ...answers(target ?? (await askChecked(asked, answers, session))) };
}

const USAGE = "such as gen allow media/jellyfin databases/postgres:5432";

function prepare(input: AllowInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { text: before, entry, plan } = input;
  const entries = plan.policies.allowed.map(entryOf);
  const isNew = !entries.some((other) => isSame(other, entry));
  return prepareChange(
    input,
    {
      command: COMMAND,
      again: [entry.from, answering(entry)],
      text: isNew ? withEntries(before, [...entries, entry], session.catalog) : before,
      edits: isNew ? [{ path: `${ALLOW}.${entries.length}`, value: entry }] : [],
      lines: linesOf(entry, plan),
      nothingToDo: `${entry.from} to ${answering(entry)} is allowed already, nothing to do`,
    },
    others,
    session,
  );
}
