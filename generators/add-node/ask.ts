/** What flags leave open about new machines: asked one machine after the other, or named where nobody can be asked. */
import { firstIp, offset, parseIp, toNumber, type Ip } from "../../src/model/address.ts";
import { UserError } from "../../src/model/errors.ts";
import type { Platform } from "../../src/model/platform.ts";
import { readLabel } from "../../src/fields/readName.ts";
import { freeBlock } from "../../src/plan/free.ts";
import { valueAt } from "../../src/spec/shape.ts";
import { accepted, askChecked } from "../askChecked.ts";
import { isOn, type Session } from "../generator.ts";
import { entryFrom, type KeyFlag, type Said } from "../keyFlags.ts";
import { pathOf } from "../nodes.ts";
import type { OpenRepository } from "../repository.ts";

interface Around {
  readonly flags: readonly KeyFlag[];
  readonly repository: OpenRepository;
  readonly session: Session;
}

export interface SaidNode {
  readonly name: string;
  readonly said: readonly Said[];
}

interface Question {
  readonly flag: KeyFlag;
  readonly label: string;
}

export async function askNodes(names: readonly string[], around: Around): Promise<readonly SaidNode[]> {
  const { session } = around;
  const asks = session.interactive && !isOn(session, "yes");
  if (names.length === 0 && !asks)
    throw new UserError("add-node needs a name", "gen add-node NAME --ip IP --role control-plane|worker");
  const called = names.length > 0 ? names : [await askChecked("Name", parseName, session)];
  const given = called.map((name, index) => ({
    name: parseName(name),
    said: around.flags.flatMap((flag) => saidOf(flag, { index, count: called.length }, session)),
  }));
  if (!asks) {
    refuseOpen(given, around);
    return given;
  }
  const answered: SaidNode[] = [];
  for (const { name, said } of given) {
    const answers: Said[] = [];
    for (const question of openIn(said, around)) {
      const which = called.length === 1 ? question.label : `${question.label} (${name})`;
      answers.push({ flag: question.flag, text: await ask(question.flag, which, { name, answered }, around) });
    }
    answered.push({ name, said: [...said, ...answers] });
  }
  return answered;
}

const parseName = (text: string): string => accepted(readLabel(text.trim()));

/** Said once it is meant for all of them, else for each in turn; an address is one machine's in any case. */
function saidOf(flag: KeyFlag, { index, count }: { index: number; count: number }, session: Session): readonly Said[] {
  const texts = session.flags.get(flag.name) ?? session.environment.get(flag.name) ?? [];
  const forAll = texts.length === 1 && flag.key !== "ip";
  if (texts.length > 0 && !forAll && texts.length !== count)
    throw new UserError(
      `--${flag.name} stands ${texts.length === 1 ? "once" : `${texts.length} times`} for ${count} machines`,
      flag.key === "ip" ? "once for each, in the order of the names" : "once for all, or once for each",
    );
  const text = texts[forAll ? 0 : index];
  return text === undefined || (flag.value === undefined && text !== "true") ? [] : [{ flag, text }];
}

/** What no flag says, no default of `cluster.nodeDefaults` and nothing that is known of machines that are made. */
function openIn(said: readonly Said[], { flags, repository, session }: Around): readonly Question[] {
  const { plan, loaded } = repository;
  const isSaid = (key: string): boolean =>
    said.some(({ flag }) => flag.key === key || flag.key.startsWith(`${key}.`)) ||
    valueAt(loaded.reading.value, ["cluster", "nodeDefaults", ...key.split(".")]) !== undefined;
  const platforms = session.catalog.platforms.filter(({ id }) =>
    [plan.cluster.distribution, plan.cluster.hardware].includes(id),
  );
  const known = platforms.flatMap(({ machines }) => machines?.knows ?? []);
  const ofPlatforms = platforms
    .flatMap(({ questions = [] }: Platform) => questions)
    .filter(({ of, key, instead = [] }) => of === undefined && !known.includes(key) && ![key, ...instead].some(isSaid));
  return [
    ...(isSaid("ip") ? [] : [{ key: "ip", label: "Address" }]),
    ...(isSaid("role") ? [] : [{ key: "role", label: "Role" }]),
    ...ofPlatforms.map(({ key, ofOne, label }) => ({ key, label: ofOne ?? label })),
  ].flatMap(({ key, label }) => flags.filter((flag) => flag.key === key).map((flag) => ({ flag, label })));
}

function refuseOpen(nodes: readonly SaidNode[], around: Around): void {
  const open = nodes.flatMap(({ name, said }) => openIn(said, around).map(({ flag }) => ({ name, flag })));
  const flags = [...new Set(open.map(({ flag }) => flag))];
  if (flags.length === 0) return;
  const names = [...new Set(open.map(({ name }) => name))];
  throw new UserError(
    `nothing says the ${flags.map(({ key }) => key).join(", ")} of ${names.join(", ")}, and there is no terminal to ask on`,
    `gen add-node ${nodes.map(({ name }) => name).join(" ")} … ${flags.map(({ name, value }) => `--${name} ${value}`).join(" ")}`,
  );
}

function ask(
  flag: KeyFlag,
  label: string,
  { name, answered }: { readonly name: string; readonly answered: readonly SaidNode[] },
  { repository, session }: Around,
): Promise<string> {
  if (flag.choices !== undefined)
    return session.asker.choose(
      label,
      flag.choices.map((value) => ({ value, name: value.replace("-", " ") })),
      flag.choices.at(-1),
    );
  const check = (text: string) => entryFrom(pathOf(name), [{ flag, text }], session.catalog);
  const free = flag.key === "ip" ? freeAddress(repository, answered) : undefined;
  return askChecked(label, check, session, free);
}

/** The first behind the nodes that nobody has. */
function freeAddress({ plan }: OpenRepository, answered: readonly SaidNode[]): Ip | undefined {
  const { lan, nodes, pools, addresses } = plan;
  const given = answered.flatMap(({ said }) =>
    said.flatMap(({ flag, text }) => (flag.key === "ip" ? (parseIp(text.trim()) ?? []) : [])),
  );
  const ips = new Set([...addresses.claims.map(({ ip }) => ip), ...given]);
  const ranges = [...pools.map(({ range }) => range), ...(lan.dhcp === undefined ? [] : [lan.dhcp])];
  const last = nodes.map(({ ip }) => ip).reduce((a, b) => (toNumber(a) > toNumber(b) ? a : b));
  const found = freeBlock(1, lan.cidr, { ips, ranges }, offset(last, 1));
  return found && firstIp(found);
}
