/** `gen add-host NAME --ip IP`: a machine that is no node, so that its address counts as taken and its name is known. */
import { parseIp } from "../../src/model/address.ts";
import { NeedsUserError, UserError } from "../../src/model/errors.ts";
import { readIp } from "../../src/fields/readAddress.ts";
import { readLabel } from "../../src/fields/readName.ts";
import type { Label } from "../../src/model/names.ts";
import type { Host } from "../../src/model/plan.ts";
import { RESOLVERS, runsResolver } from "../../src/catalog/resolvers.ts";
import { toldServer } from "../../src/model/toldServer.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { accepted, askChecked } from "../askChecked.ts";
import { given, isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { CHANGING, prepareChange } from "../specChange.ts";

interface HostInput extends OpenRepository {
  readonly name: Label;
  /** As written: one of each IP family at most. */
  readonly ips: readonly string[];
  /** Undefined where nothing was said of it. */
  readonly software: readonly string[] | undefined;
}

const COMMAND = "add-host";

/** `others`: the generators whose files follow. */
export const addHostGenerator = (others: readonly Generator[]): Generator<HostInput> => ({
  name: COMMAND,
  summary: "Adds a machine that is no node: its address is taken, its name is known.",
  argument: "NAME",
  argumentSummary: "what it is called in homelab.yaml",
  flags: [
    { name: "ip", value: "IP[,IP]", summary: "its address, or one of each IP family" },
    {
      name: "software",
      value: "NAME[,NAME]",
      summary: "what runs there and matters to the cluster, such as adguard-home, technitium or opnsense",
    },
    ...CHANGING,
  ],
  examples: [
    "gen add-host nas --ip 172.16.1.20",
    "gen add-host adguard --ip 172.16.1.11 --software adguard-home --yes",
  ],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<HostInput> {
  const repository = await openRepository(session);
  const asks = session.interactive && !isOn(session, "yes");
  const [nameText, ipText, softwareText] = [session.argument, given(session, "ip"), given(session, "software")];
  if (!asks && (nameText === undefined || ipText === undefined))
    throw new UserError("add-host needs a name and an address", "gen add-host nas --ip 172.16.1.20");
  const name = parseName(nameText ?? (await askChecked("Name", parseName, session)));
  const ips = parseIps(ipText ?? (await askChecked("Address", parseIps, session)));
  const software = softwareText?.split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
  if (software?.length === 0) throw new UserError("--software is empty", "leave it out where nothing there matters");
  return { ...repository, name, ips, software };
}

const parseName = (text: string): Label => accepted(readLabel(text.trim()));

const parseIps = (text: string): readonly string[] => text.split(",").map((one) => accepted(readIp(one.trim())));

function prepare(input: HostInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { text: before, name, ips, software, plan } = input;
  const there = plan.lan.hosts.find((host) => host.name === name);
  if (there !== undefined && !isSame(there, input))
    throw new NeedsUserError(
      `${name} is in lan.hosts already: ${shown(there)}`,
      `gen set lan.hosts.${name}.ip=${ips[0]} moves it; or choose another name`,
    );
  const ip = ips.length === 1 ? ips[0] : ips;
  // Two addresses alone have no short form.
  const isShort = software === undefined && ips.length === 1;
  const value = isShort ? ip : { ip, ...(software !== undefined && { software }) };
  const path = `lan.hosts.${name}`;
  const isNew = there === undefined;
  return prepareChange(
    input,
    {
      command: COMMAND,
      again: [name, "--ip", ips.join(","), ...(software === undefined ? [] : ["--software", software.join(",")])],
      text: isNew ? setInSpec(before, SPEC_FILE, path, value, session.catalog) : before,
      edits: isNew ? [{ path, value }] : [],
      lines: [
        `${name} ${ips.join(", ")}: nothing of the cluster gets ${ips.length === 1 ? "this address" : "these addresses"}`,
      ],
      nothingToDo: `${name} is there already, nothing to do`,
      nextSteps: toTell(input) ? [`tell ${name} about ${plan.domains.join(", ")}: docs/dns.md`] : [],
    },
    others,
    session,
  );
}

const isSame = (there: Host, { ips, software }: HostInput): boolean =>
  [...there.ips].sort().join() === ips.map(parseIp).sort().join() &&
  (software === undefined || [...there.software].sort().join() === [...software].sort().join());

const shown = ({ ips, software }: Host): string => [ips.join(", "), ...software].join(", ");

/** A resolver that is told where to send its questions. */
const toTell = ({ software = [], plan }: HostInput): boolean =>
  toldServer(plan) !== undefined && software.some((word) => RESOLVERS.some((resolver) => runsResolver(word, resolver)));
