/** `gen remove-record NAME`: a name that is answered no longer. */
import { UserError } from "../../src/model/errors.ts";
import type { DnsRecord } from "../../src/model/plan.ts";
import { writtenRecords } from "../../src/model/zones.ts";
import { isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, type OpenRepository } from "../repository.ts";
import { CHANGING, oneOf, prepareChange } from "../specChange.ts";
import { withRecords } from "./records.ts";

interface RecordInput extends OpenRepository {
  readonly record: DnsRecord;
}

const COMMAND = "remove-record";

/** `others`: the generators whose files follow. */
export const removeRecordGenerator = (others: readonly Generator[]): Generator<RecordInput> => ({
  name: COMMAND,
  summary: "Takes a name out that does not go through a gateway.",
  argument: "NAME",
  argumentSummary: "one of dns.records in homelab.yaml",
  flags: CHANGING,
  examples: ["gen remove-record nas.ragas.cc"],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<RecordInput> {
  const repository = await openRepository(session);
  const records = writtenRecords(repository.plan);
  const names = records.map(({ name }) => name as string);
  const asks = session.interactive && !isOn(session, "yes") && records.length > 0;
  if (session.argument === undefined && !asks)
    throw new UserError(
      "remove-record needs a name",
      names.length === 0 ? "homelab.yaml has no record" : `it is one of ${names.join(", ")}`,
    );
  const choices = records.map(({ name, written }) => ({ value: name, name, description: `leads to ${written}` }));
  const name = oneOf("record", session.argument ?? (await session.asker.choose("Which record?", choices)), names);
  const record = records.find((one) => one.name === name);
  if (record === undefined) throw new Error(`${name} was found and is no record`);
  return { ...repository, record };
}

function prepare(input: RecordInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { text: before, record, plan } = input;
  const kept = writtenRecords(plan).filter((other) => other !== record);
  return prepareChange(
    input,
    {
      command: COMMAND,
      again: [record.name],
      text: withRecords(before, kept, session.catalog),
      edits: [{ path: record.path, removed: true }],
      lines: [`${record.name}, which leads to ${record.written}, is answered no longer`],
    },
    others,
    session,
  );
}
