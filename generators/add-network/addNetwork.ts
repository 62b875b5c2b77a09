/** `gen add-network NAME --cidr CIDR`: one more network of the house; with `--attach`, one that pods stand in. */
import type { Catalog } from "../../src/model/component.ts";
import { NeedsUserError, UserError } from "../../src/model/errors.ts";
import { attachmentsOf } from "../../src/model/attachments.ts";
import { both } from "../../src/model/families.ts";
import type { Network } from "../../src/model/networks.ts";
import { isMap } from "../../src/model/unknown.ts";
import { readLabel } from "../../src/fields/readName.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { valueAt } from "../../src/spec/shape.ts";
import { changed } from "../../src/ui/changes.ts";
import type { Update } from "../apply/update.ts";
import { accepted, askChecked } from "../askChecked.ts";
import { given, isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { entryFrom, keyFlags, type KeyFlag, type Said } from "../keyFlags.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { CHANGING, prepareChange } from "../specChange.ts";

interface NetworkInput extends OpenRepository {
  readonly name: string;
  /** As it stands in homelab.yaml. */
  readonly value: unknown;
  readonly said: readonly Said[];
}

const COMMAND = "add-network";

/** `others`: the generators whose files follow. */
export function addNetworkGenerator(catalog: Catalog, others: readonly Generator[]): Generator<NetworkInput> {
  const flags = keyFlags("networks", catalog);
  return {
    name: COMMAND,
    summary: "Adds a network of the house that the cluster keeps away from, or that pods stand in as well.",
    argument: "NAME",
    argumentSummary: "what it is called in homelab.yaml",
    flags: [...flags, ...CHANGING],
    examples: [
      "gen add-network vpn --cidr 10.8.0.0/24",
      "gen add-network iot --cidr 192.168.30.0/24 --vlan 30 --interface ens19 --attach home-automation --yes",
    ],
    collect: (session) => collect(flags, session),
    prepare: (input, session) => prepare(input, others, session),
  };
}

async function collect(flags: readonly KeyFlag[], session: Session): Promise<NetworkInput> {
  const repository = await openRepository(session);
  const { catalog } = session;
  const asks = session.interactive && !isOn(session, "yes");
  const said: Said[] = flags.flatMap((flag) => {
    const text = given(session, flag.name);
    return text === undefined ? [] : [{ flag, text }];
  });
  const isSaid = (key: string): boolean => said.some(({ flag }) => flag.key === key || flag.key.startsWith(`${key}.`));
  if (!asks && (session.argument === undefined || !isSaid("cidr")))
    throw new UserError("add-network needs a name and its addresses", "gen add-network iot --cidr 192.168.30.0/24");
  const name = parseName(session.argument ?? (await askChecked("Name", parseName, session)));
  const ask = async (key: string, label: string, mayBeEmpty = false): Promise<boolean> => {
    const flag = flags.find((one) => one.key === key);
    if (!asks || flag === undefined || isSaid(key)) return isSaid(key);
    const isLeftOut = (text: string): boolean => mayBeEmpty && text.trim() === "";
    const check = (text: string) => isLeftOut(text) || entryFrom(pathOf(name), [{ flag, text }], catalog);
    const text = await askChecked(label, check, session);
    if (!isLeftOut(text)) said.push({ flag, text });
    return !isLeftOut(text);
  };
  await ask("cidr", "Its addresses  (192.168.30.0/24)");
  await ask("vlan", "Its VLAN  (empty: none that nodes have to know)", true);
  if (await ask("attach", "Namespaces whose pods may stand in it  (NAME, …; empty: none)", true))
    await ask("interface", "Network card of the nodes that is in it");
  const value = entryFrom(pathOf(name), said, catalog);
  const [only, ...more] = Object.keys(value);
  return { ...repository, name, value: only === "cidr" && more.length === 0 ? value["cidr"] : value, said };
}

const parseName = (text: string): string => accepted(readLabel(text.trim()));

const pathOf = (name: string): string => `networks.${name}`;

function prepare(input: NetworkInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { text: before, name, value, said, plan, loaded } = input;
  const { catalog } = session;
  const there = valueAt(loaded.reading.value, ["networks", name]);
  if (there !== undefined && !isSame(there, value))
    throw new NeedsUserError(
      `networks.${name} is there already, and says something else`,
      `gen set networks.${name}.KEY=VALUE changes it; or choose another name`,
    );
  const isNew = there === undefined;
  const path = pathOf(name);
  const first = attachmentsOf(plan).length === 0;
  return prepareChange(
    input,
    {
      command: COMMAND,
      again: [
        name,
        ...said.flatMap(({ flag, text }) => (flag.value === undefined ? [`--${flag.name}`] : [`--${flag.name}`, text])),
      ],
      text: isNew ? setInSpec(before, SPEC_FILE, path, value, catalog) : before,
      edits: isNew ? [{ path, value }] : [],
      lines: [
        `${name} ${[isMap(value) ? value["cidr"] : value].flat().join(", ")}: nothing of the cluster gets an address of it`,
        ...(isMap(value) && value["attach"] !== undefined
          ? [`pods that ask for it get a second interface there${first ? ", by Multus, which is new here" : ""}`]
          : []),
      ],
      nothingToDo: `${name} is there already, nothing to do`,
      stepsFor: (update) => steps(name, update, session),
    },
    others,
    session,
  );
}

const isSame = (there: unknown, value: unknown): boolean => JSON.stringify(there) === JSON.stringify(value);

function steps(name: string, update: Update, { catalog, rules }: Session): readonly string[] {
  const { plan } = planSpec(update.specText, SPEC_FILE, catalog, rules);
  const network = plan.networks.find((one) => one.name === name);
  const attachment = attachmentsOf(plan).find((one) => one.network === network);
  if (network === undefined || attachment === undefined) return [];
  const { attach, card } = attachment;
  const hardware = `platform ${plan.cluster.hardware}`;
  const paths = changed(update).filter(({ path }) => !path.startsWith("docs/"));
  const by = (who: string): boolean => paths.some(({ path }) => update.tree.get(path)?.by === who);
  const example = attach.ipam === "static" ? `${name}=ADDRESS` : name;
  return [
    `let the switch ports of the nodes carry ${nameOf(network)}`,
    ...(by(hardware) ? ["`just vms` gives the machines the card: docs/proxmox.md"] : []),
    ...(by(`platform ${plan.cluster.distribution}`)
      ? [
          `\`bootstrap/${plan.cluster.distribution}.sh config apply\` tells the machines of ${card}, one after the other`,
        ]
      : plan.cluster.traits.ownsMachine
        ? []
        : [`see to it that ${card} is up on the nodes, without an address: docs/components.md`]),
    `\`gen add-app … --namespace ${attach.namespaces[0] ?? ""} --network ${example}\` puts an app there`,
  ];
}

const nameOf = ({ name, cidrs, vlan }: Network): string =>
  `${name} (${both(cidrs)}${vlan === undefined ? "" : `, VLAN ${vlan}`})`;
