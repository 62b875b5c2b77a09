/** An update as something to show, to ask about and to write: the common half of apply, diff and set. */
import { plural } from "../../src/ui/plural.ts";
import { applyChanges } from "../../src/repo/apply.ts";
import { writesOf, type FileWrite } from "../../src/repo/writes.ts";
import { changed } from "../../src/ui/changes.ts";
import type { Applied, Generator, Prepared, Session } from "../generator.ts";
import { isOn } from "../generator.ts";
import { SPEC_FILE } from "../repository.ts";
import { conflictsIn, markedPlaces, toDecide, toResolve } from "./conflicts.ts";
import type { EngineChange } from "./engine/change.ts";
import { details, report } from "./report.ts";
import { updateOf, type Update, type Wanted } from "./update.ts";

export interface Asked {
  readonly command: string;
  readonly wanted: Wanted;
  /** The words that ask for the same again, after `gen`. */
  readonly again: readonly string[];
  readonly readOnly?: true;
  readonly told?: Told;
}

/** What a command that changes one thing says and judges beside what every update says. */
export interface Told {
  /** Before the table of files. */
  readonly lines: readonly string[];
  readonly nothingToDo?: string;
  /** Before those of every update. */
  readonly firstSteps?: readonly string[];
  /** After those of every update; the step about machines is left to the command then. */
  stepsFor?(update: Update): readonly string[];
  /** After those of every update. */
  readonly nextSteps?: readonly string[];
  /** Throws where the files as they will be do not fit the change. */
  refuse?(update: Update): Promise<void>;
}

export async function prepareUpdate(
  { command, wanted, again, readOnly, told }: Asked,
  generators: readonly Generator[],
  session: Session,
): Promise<Prepared> {
  const update = await updateOf(wanted, generators, session);
  await told?.refuse?.(update);
  const { changes } = update;
  const conflicts = conflictsIn(changes);
  const count = changed(update).length;
  const whole = readOnly === true || isOn(session, "diff");
  return {
    command,
    changes: { changes },
    findings: update.findings,
    preview: [
      ...(told === undefined ? [] : [...told.lines.map((line) => `  ${line}`), ""]),
      count === 0 ? REMEMBERED : report(update, session.version, whole) + (readOnly ? IN_LINE : ""),
    ].join("\n"),
    details: details(update),
    question: question(count, conflicts.length),
    nothingToDo: told?.nothingToDo === undefined ? nothingToDo(update) : `  ${told.nothingToDo}`,
    ...(update.memory.length > 0 && !readOnly && { pending: true as const }),
    ...(readOnly && { readOnly, decision: { ...OUT_OF_LINE, agreed: false } }),
    ...(conflicts.length > 0 &&
      !readOnly && { decision: { ...toDecide(conflicts), agreed: wanted.conflicts === "mark" } }),
    apply: async () => {
      const applied = await write(
        update,
        `npx create-homelab-net@${session.version} gen ${again.map(quoted).join(" ")}`,
      );
      return applied.nextSteps.length === 0
        ? applied
        : { ...applied, nextSteps: around(applied.nextSteps, update, told) };
    },
  };
}

function around(steps: readonly string[], update: Update, told: Told | undefined): readonly string[] {
  const own = told?.stepsFor?.(update);
  const every = own === undefined ? steps : steps.filter((step) => step !== OF_MACHINES);
  return [...(told?.firstSteps ?? []), ...every, ...(own ?? []), ...(told?.nextSteps ?? [])];
}

const OF_MACHINES = "configuration of machines changed, which no push brings to them: docs/bootstrap.md";

const REMEMBERED = "  every file is as homelab.yaml says; what gen remembers of them is brought up to date";

const IN_LINE = "\n  gen apply does this";

const OUT_OF_LINE = {
  message: "the repository is not as homelab.yaml says",
  hint: "gen apply brings it in line",
} as const;

function question(count: number, conflicts: number): string {
  if (count === 0) return "Write?";
  if (conflicts === 0) return `Apply ${plural(count, "change")}?`;
  return `Apply, leaving ${plural(conflicts, "conflict")} for you to resolve?`;
}

function nothingToDo({ changes }: Update): string {
  const yours = changes.filter((change) => change.kind === "keep" && change.reason === "yours").length;
  return `  every file is as homelab.yaml says${yours === 0 ? "" : ` or as you changed it (${yours})`}, nothing to do`;
}

async function write(update: Update, again: string): Promise<Applied> {
  const { root, changes, memory } = update;
  const applied = await applyChanges(root, [...writesOf({ changes }), ...unchangedSpec(update), ...memory]);
  const conflicts = conflictsIn(changes);
  const count = changed(update).length;
  const done = count === 0 ? "remembered" : `${plural(count, "file")} written`;
  return {
    done: [
      ...(applied.recovered === undefined ? [] : [`a change that was cut short: ${applied.recovered.outcome}`]),
      done,
    ],
    nextSteps: applied.interrupted || count === 0 ? [] : nextSteps(update),
    again,
    ...(conflicts.length > 0 && { needsUser: toResolve(conflicts) }),
  };
}

/** No write at all, unless homelab.yaml was edited while the question stood: then nothing here would fit it. */
const unchangedSpec = ({ changes, specText }: Update): readonly FileWrite[] =>
  changes.some(({ path, kind }) => path === SPEC_FILE && kind !== "keep")
    ? []
    : [{ path: SPEC_FILE, content: specText, before: specText }];

const others = (count: number): string => (count === 0 ? "" : ` and ${count} more: gen diff names them`);

function nextSteps(update: Update): readonly string[] {
  const conflicts = conflictsIn(update.changes);
  const machines = changed(update).filter(
    ({ path }) => update.tree.get(path)?.by.startsWith("platform ") && !path.startsWith("docs/"),
  );
  return [
    ...conflicts.slice(0, 1).map((first) => `resolve ${markedPlaces(first)}${others(conflicts.length - 1)}`),
    ...(update.engine === undefined
      ? ["git diff shows every line; then git add, commit and push: the cluster reads the remote"]
      : engineSteps(update.engine)),
    ...(machines.length === 0 ? [] : [OF_MACHINES]),
  ];
}

const engineSteps = ({ was, now, guide, left }: EngineChange): readonly string[] => [
  ...left.map(({ path, fix }) => `${path}: ${fix}`),
  `push nothing yet: ${was.title} applies what is pushed, and may delete what runs. ${guide} has the way to ${now.title} for a cluster that runs, and its first step stops ${was.title}`,
];

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
