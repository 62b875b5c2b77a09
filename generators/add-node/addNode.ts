/** `gen add-node NAME… --ip IP… --role ROLE`: machines more, with everything in the repository that names machines. */
import type { Catalog } from "../../src/model/component.ts";
import { NeedsUserError, UserError } from "../../src/model/errors.ts";
import { isMap } from "../../src/model/unknown.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { valueAt as valueIn } from "../../src/spec/shape.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import type { Update } from "../apply/update.ts";
import type { SpecEdit } from "../apply/written.ts";
import type { Draft } from "../create/draft.ts";
import { type Flag, type Generator, type Prepared, type Session } from "../generator.ts";
import { entryFrom, keyFlags, type KeyFlag } from "../keyFlags.ts";
import { livesOf, NOTHING_RUNS, outsideSteps, pathOf } from "../nodes.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { CHANGING, prepareChange } from "../specChange.ts";
import { askNodes } from "./ask.ts";

interface NewNode {
  readonly name: string;
  /** As it stands in homelab.yaml. */
  readonly value: Draft;
}

interface NodesInput extends OpenRepository {
  readonly nodes: readonly NewNode[];
  /** The words that ask for the same again. */
  readonly again: readonly string[];
}

const COMMAND = "add-node";

/** `others`: the generators whose files follow. */
export function addNodeGenerator(catalog: Catalog, others: readonly Generator[]): Generator<NodesInput> {
  const flags = keyFlags("cluster.nodes", catalog);
  return {
    name: COMMAND,
    summary: "Adds a machine to the cluster, with every file that names its machines.",
    argument: "NAME…",
    argumentSummary: "what it is called; of several, each flag stands once for all, or once for each in the same order",
    flags: [...flags.map(asRepeated), ...CHANGING],
    examples: [
      "gen add-node talos-worker-2 --ip 172.16.1.54 --role worker --proxmox-host pve2",
      "gen add-node cp-2 cp-3 --ip 172.16.1.51 --ip 172.16.1.52 --role control-plane --yes",
    ],
    collect: (session) => collect(flags, session),
    prepare: (input, session) => prepare(input, others, session),
  };
}

const asRepeated = ({ name, value, summary, choices }: KeyFlag): Flag => ({
  name,
  ...(value !== undefined && { value }),
  summary,
  repeated: true,
  ...(choices !== undefined && { choices }),
});

async function collect(flags: readonly KeyFlag[], session: Session): Promise<NodesInput> {
  const repository = await openRepository(session);
  const names = [session.argument, ...(session.more ?? [])].flatMap((name) => (name === undefined ? [] : [name]));
  const asked = await askNodes(names, { flags, repository, session });
  const twice = asked.find(({ name }, index) => asked.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw new UserError(`${twice.name} stands twice`, "name each machine once");
  const nodes = asked.map(({ name, said }) => ({ name, value: entryFrom(pathOf(name), said, session.catalog) }));
  const again = [
    ...asked.map(({ name }) => name),
    ...flags.flatMap((flag) => {
      const texts = asked.map(({ said }) => said.find((one) => one.flag === flag)?.text);
      const same = flag.key !== "ip" && texts.every((text) => text === texts[0]);
      return (same ? texts.slice(0, 1) : texts).flatMap((text) => (text === undefined ? [] : wordsOf(flag, text)));
    }),
  ];
  return { ...repository, nodes, again };
}

const wordsOf = ({ name, value }: KeyFlag, text: string): readonly string[] =>
  value === undefined ? [`--${name}`] : [`--${name}`, text];

function prepare(input: NodesInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { text: before, nodes, again, loaded } = input;
  const { catalog } = session;
  const fresh = nodes.filter(({ name, value }) => {
    const there = valueIn(loaded.reading.value, pathOf(name).split("."));
    if (there === undefined) return true;
    refuseOther(name, there, value);
    return false;
  });
  const text = fresh.reduce(
    (current, { name, value }) => setInSpec(current, SPEC_FILE, pathOf(name), value, catalog),
    before,
  );
  const edits: readonly SpecEdit[] = fresh.map(({ name, value }) => ({ path: pathOf(name), value }));
  const names = nodes.map(({ name }) => name);
  return prepareChange(
    input,
    {
      command: COMMAND,
      again,
      text,
      edits,
      lines: [
        ...fresh.map(({ name, value }) => `${name}, ${String(value["role"]).replace("-", " ")}: ${shown(value)}`),
        NOTHING_RUNS,
      ],
      nothingToDo: `${names.join(", ")} ${names.length === 1 ? "is" : "are"} there already, nothing to do`,
      stepsFor: (update) => [
        ...outsideSteps(update, catalog),
        ...joining(update, fresh, session),
        `\`kubectl get nodes --watch\` shows ${fresh.length === 1 ? "it" : "them"} ready`,
      ],
    },
    others,
    session,
  );
}

const shown = ({ ip }: Draft): string => [ip].flat().join(", ");

function refuseOther(name: string, there: unknown, value: Draft): void {
  const other = Object.entries(value).filter(
    ([key, one]) => JSON.stringify(one) !== JSON.stringify(isMap(there) ? there[key] : undefined),
  );
  if (other.length === 0) return;
  throw new NeedsUserError(
    `${name} is in cluster.nodes already, with another ${other.map(([key]) => key).join(" and ")}`,
    `gen set cluster.nodes.${name}.KEY=VALUE changes it; or choose another name`,
  );
}

function joining(
  { specText }: Pick<Update, "specText">,
  fresh: readonly NewNode[],
  { catalog, rules }: Session,
): readonly string[] {
  const { plan } = planSpec(specText, SPEC_FILE, catalog, rules);
  const nodes = plan.nodes.filter(({ name }) => fresh.some((one) => one.name === name));
  const { hardware, distribution } = livesOf(plan, catalog);
  return [...(hardware?.joins(nodes, plan) ?? []), ...(distribution?.joins(nodes, plan) ?? [])];
}
