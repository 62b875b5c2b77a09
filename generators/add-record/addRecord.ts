/** `gen add-record NAME --to IP|HOST`: a name that no gateway answers, in homelab.yaml and in what is made of it. */
import { answerer } from "../../src/compose/docs/names.ts";
import { NeedsUserError, UserError } from "../../src/model/errors.ts";
import type { Hostname } from "../../src/model/names.ts";
import type { DnsRecord } from "../../src/model/plan.ts";
import { writtenRecords } from "../../src/model/zones.ts";
import { findApps } from "../../src/repo/apps.ts";
import { applyChanges } from "../../src/repo/apply.ts";
import { readFiles } from "../../src/repo/disk.ts";
import { readState } from "../../src/repo/state.ts";
import { writesOf } from "../../src/repo/writes.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { digs } from "../add-route/answered.ts";
import { holderOf, hostUnder } from "../add-route/host.ts";
import { askChecked } from "../askChecked.ts";
import { given, isOn, WRITING, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { editSpec } from "../specEdit.ts";
import { parseTarget } from "./target.ts";

interface RecordInput extends OpenRepository {
  readonly name: Hostname;
  /** As homelab.yaml has it. */
  readonly to: string;
}

export const addRecordGenerator: Generator<RecordInput> = {
  name: "add-record",
  summary: "Adds a name that does not go through a gateway.",
  argument: "NAME",
  argumentSummary: "host name under one of your domains",
  flags: [{ name: "to", value: "IP|HOST", summary: "address, or a machine by its name in homelab.yaml" }, ...WRITING],
  examples: ["gen add-record nas.ragas.cc --to 172.16.1.20", "gen add-record pve1.ragas.cc --to pve1 --yes"],
  collect,
  prepare,
};

async function collect(session: Session): Promise<RecordInput> {
  const repository = await openRepository(session);
  const { plan, root } = repository;
  const asks = session.interactive && !isOn(session, "yes");
  const [nameText, toText] = [session.argument, given(session, "to")];
  if (!asks && (nameText === undefined || toText === undefined))
    throw new UserError(
      "add-record needs a name and where it leads",
      `gen add-record nas.${plan.domains[0]} --to 172.16.1.20`,
    );
  const name = hostUnder(nameText ?? (await askChecked("Name", (text) => hostUnder(text, plan), session)), plan);
  const holder = holderOf(name, await findApps(root, session.catalog));
  if (holder !== undefined)
    throw new UserError(
      `${name} goes through a gateway already: ${holder.path}`,
      "the record would be answered instead of it; choose another name, or remove the route",
    );
  return {
    ...repository,
    name,
    to: parseTarget(
      toText ?? (await askChecked("Address or machine", (text) => parseTarget(text, plan), session)),
      plan,
    ),
  };
}

async function prepare({ root, plan, name, to }: RecordInput, session: Session): Promise<Prepared> {
  const state = readState(root);
  const before = (await readFiles(root, [SPEC_FILE])).get(SPEC_FILE) ?? "";
  const there = plan.records.find((record) => record.name === name);
  if (there?.ofZone)
    throw new UserError(
      `${name} is the name of ${there.written} in the zone of the machines, and leads to ${there.ip}`,
      "choose another name",
    );
  if (there !== undefined && !leadsTo(there, to))
    throw new NeedsUserError(
      `${name} is a record already, and leads to ${there.written}`,
      `gen remove-record ${name} first, or choose another name`,
    );
  const records = writtenRecords(plan).map((record) => ({ name: record.name, to: record.written }));
  const after =
    there === undefined
      ? setInSpec(before, SPEC_FILE, "dns.records", [...records, { name, to }], session.catalog)
      : before;
  const edit = await editSpec(root, { before, after }, state, session);
  const ip = edit.plan.records.find((record) => record.name === name)?.ip;
  const dns = answerer(plan);
  return {
    command: "add-record",
    changes: { changes: edit.changes },
    findings: edit.findings,
    preview: [
      `  ${name} → ${ip}${to === ip ? "" : ` (${to})`}, past the gateways: no certificate and no port of theirs`,
      `  answered on your LAN by ${dns ?? "nobody"}, not public`,
      "",
    ].join("\n"),
    question: "Write?",
    nothingToDo: `  ${name} → ${to} is there already, nothing to do`,
    apply: async () => {
      await applyChanges(root, [...writesOf({ changes: edit.changes }), ...edit.writes]);
      return {
        done: [`${name} written to homelab.yaml and to what follows from it`],
        nextSteps: ["git add, commit and push: the cluster reads the remote", ...digs(name, edit.plan)],
      };
    },
  };
}

const leadsTo = ({ written, ip }: DnsRecord, to: string): boolean => written === to || ip === to;
