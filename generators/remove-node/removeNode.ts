/** `gen remove-node NAME…`: machines that leave the cluster, unless something still rests on them. */
import { FindingsError, UserError } from "../../src/model/errors.ts";
import type { Node, Plan } from "../../src/model/plan.ts";
import { placeFindings } from "../../src/spec/load.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { unsetInSpec } from "../../src/spec/unsetInSpec.ts";
import { unplaced } from "../apply/written.ts";
import { isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { livesOf, NOTHING_RUNS, outsideSteps, pathOf } from "../nodes.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { routesTo } from "../routesTo.ts";
import { CHANGING, oneOf, prepareChange } from "../specChange.ts";
import { namedInFiles, namedInSpec } from "./named.ts";

interface NodesInput extends OpenRepository {
  readonly nodes: readonly Node[];
}

const COMMAND = "remove-node";

/** `others`: the generators whose files follow. */
export const removeNodeGenerator = (others: readonly Generator[]): Generator<NodesInput> => ({
  name: COMMAND,
  summary: "Takes a machine out of the cluster, and says first how it leaves so that nothing is lost.",
  argument: "NAME…",
  argumentSummary: "nodes of homelab.yaml; two control planes together where one alone would leave an even number",
  flags: CHANGING,
  examples: ["gen remove-node talos-worker-1", "gen remove-node cp-2 cp-3 --yes"],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<NodesInput> {
  const repository = await openRepository(session);
  const { nodes } = repository.plan;
  const names = nodes.map(({ name }) => name as string);
  if (session.argument === undefined && (!session.interactive || isOn(session, "yes")))
    throw new UserError("remove-node needs a name", `it is one of ${names.join(", ")}`);
  const choices = nodes.map(({ name, role, ip }) => ({
    value: name,
    name,
    description: `${role.replace("-", " ")}, ${ip}`,
  }));
  const first = session.argument ?? (await session.asker.choose("Which machine?", choices));
  const wanted = [...new Set([first, ...(session.more ?? [])].map((text) => oneOf("node", text, names)))];
  return { ...repository, nodes: nodes.filter(({ name }) => wanted.includes(name)) };
}

async function prepare(input: NodesInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { root, text: before, nodes, plan, loaded } = input;
  const { catalog } = session;
  const names = nodes.map(({ name }) => name);
  refuseLast(nodes, plan);
  const routes = await Promise.all(nodes.map(({ name }) => routesTo(root, name, plan)));
  const users = [...nodes.flatMap((node) => namedInSpec(node, loaded.reading.value)), ...routes.flat()];
  refuseUsed(names, users);
  const kept = Object.entries(livesOf(plan, catalog).distribution?.keeps?.(nodes, plan) ?? {});
  const shorter = nodes.reduce(
    (current, { name }) => unsetInSpec(current, SPEC_FILE, pathOf(name), catalog) ?? current,
    before,
  );
  const text = kept.reduce((current, [path, value]) => setInSpec(current, SPEC_FILE, path, value, catalog), shorter);
  const steps = leaving(input, session);
  try {
    return await prepareChange(
      input,
      {
        command: COMMAND,
        again: names,
        text,
        edits: [
          ...names.map((name) => ({ path: pathOf(name), removed: true as const })),
          ...kept.map(([path, value]) => ({ path, value })),
        ],
        lines: [
          ...nodes.map(({ name, ips }) => `${name} leaves the cluster, and ${ips.join(", ")} is free`),
          `${NOTHING_RUNS}, in this order:`,
          ...steps.first.map((step) => `  ${step}`),
        ],
        firstSteps: steps.first,
        stepsFor: (update) => [...outsideSteps(update, catalog), ...steps.last],
        refuse: async (update) => refuseUsed(names, await namedInFiles(nodes, update)),
      },
      others,
      session,
    );
  } catch (error) {
    // Whatever else rests on it a rule finds, in a text that is not on disk.
    if (!(error instanceof FindingsError)) throw error;
    throw new FindingsError(placeFindings(error.findings.map(unplaced), loaded.reading));
  }
}

function refuseLast(nodes: readonly Node[], plan: Plan): void {
  const left = plan.nodes.filter((node) => !nodes.includes(node));
  if (left.some(({ role }) => role === "control-plane")) return;
  const last = nodes.find(({ role }) => role === "control-plane");
  throw new UserError(
    `${last?.name} is the last control plane: without one there is no cluster`,
    "gen add-node brings those that take its place; add them first and take this one out together with one of them",
  );
}

function refuseUsed(names: readonly string[], users: readonly string[]): void {
  if (users.length === 0) return;
  throw new UserError(
    [`${names.join(", ")} ${names.length === 1 ? "is" : "are"} still in use:`, ...users].join("\n    "),
    "let these name another machine, or take them out first",
  );
}

interface Leaving {
  /** Before anything is pushed: what is pushed counts on a machine no longer. */
  readonly first: readonly string[];
  readonly last: readonly string[];
}

function leaving({ plan, nodes }: NodesInput, { catalog }: Session): Leaving {
  const { distribution, hardware } = livesOf(plan, catalog);
  const keepers = nodes.filter(({ runsPods }) => runsPods).map(({ name }) => name);
  return {
    first: [
      ...(keepers.length === 0
        ? []
        : [
            `move or copy what apps keep on ${keepers.length === 1 ? "the disk" : "the disks"} of ${keepers.join(" and ")}: it goes with ${keepers.length === 1 ? "it" : "them"}`,
          ]),
      ...(distribution?.leaves(nodes, plan) ?? []),
    ],
    last: hardware?.leaves(nodes, plan) ?? [],
  };
}
