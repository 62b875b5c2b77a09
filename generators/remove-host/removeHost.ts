/** `gen remove-host NAME`: a machine that is gone, unless something still leads to it. */
import { FindingsError, UserError } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import { writtenRecords } from "../../src/model/zones.ts";
import { placeFindings } from "../../src/spec/load.ts";
import { unsetInSpec } from "../../src/spec/unsetInSpec.ts";
import { unplaced } from "../apply/written.ts";
import { routesTo } from "../routesTo.ts";
import { isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { CHANGING, oneOf, prepareChange } from "../specChange.ts";

interface HostInput extends OpenRepository {
  readonly name: string;
}

const COMMAND = "remove-host";

/** `others`: the generators whose files follow. */
export const removeHostGenerator = (others: readonly Generator[]): Generator<HostInput> => ({
  name: COMMAND,
  summary: "Takes a machine out that is no node, so that its address is free.",
  argument: "NAME",
  argumentSummary: "one of lan.hosts in homelab.yaml",
  flags: CHANGING,
  examples: ["gen remove-host nas"],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<HostInput> {
  const repository = await openRepository(session);
  const { hosts } = repository.plan.lan;
  const names = hosts.map(({ name }) => name as string);
  const asks = session.interactive && !isOn(session, "yes") && hosts.length > 0;
  if (session.argument === undefined && !asks)
    throw new UserError(
      "remove-host needs a name",
      names.length === 0 ? "lan.hosts of homelab.yaml has none" : `it is one of ${names.join(", ")}`,
    );
  const choices = hosts.map(({ name, ips }) => ({ value: name, name, description: ips.join(", ") }));
  const text = session.argument ?? (await session.asker.choose("Which machine?", choices));
  return { ...repository, name: oneOf("host", text, names) };
}

async function prepare(input: HostInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { root, text: before, name, plan, loaded } = input;
  const users = [...namedIn(plan, name), ...(await routesTo(root, name, plan))];
  if (users.length > 0)
    throw new UserError(
      [`${name} is still in use:`, ...users].join("\n    "),
      "let these lead elsewhere or take them out first; gen remove-record NAME does that for a record",
    );
  const path = `lan.hosts.${name}`;
  const ips = plan.lan.hosts.find((host) => host.name === name)?.ips ?? [];
  try {
    return await prepareChange(
      input,
      {
        command: COMMAND,
        again: [name],
        text: unsetInSpec(before, SPEC_FILE, path, session.catalog) ?? before,
        edits: [{ path, removed: true }],
        lines: [`${name} is known no longer, and ${ips.join(", ")} ${ips.length === 1 ? "is" : "are"} free`],
      },
      others,
      session,
    );
  } catch (error) {
    // Whatever else names it a rule finds, in a text that is not on disk.
    if (!(error instanceof FindingsError)) throw error;
    throw new FindingsError(placeFindings(error.findings.map(unplaced), loaded.reading));
  }
}

function namedIn(plan: Plan, name: string): readonly string[] {
  const { lan, bgp } = plan;
  return [
    ...lan.resolvers
      .filter(({ written }) => written === name)
      .map(({ path }) => `the nodes ask it for names: homelab.yaml, ${path}`),
    ...writtenRecords(plan)
      .filter(({ written }) => written === name)
      .map((record) => `the record ${record.name} leads to it: homelab.yaml, ${record.path}`),
    ...(bgp?.peers ?? [])
      .filter((peer) => peer.name === name)
      .map(({ path }) => `nodes speak BGP with it: homelab.yaml, ${path}`),
  ];
}
