/** What an update would do, by what becomes of the files: a table for people, lists for `--json`. */
import type { Change } from "../../src/model/tree.ts";
import type { RepoPath } from "../../src/model/names.ts";
import { SAME_LINES } from "../../src/tree/compare.ts";
import { columns } from "../../src/ui/wrap.ts";
import { printFlow } from "../../src/yaml/print.ts";
import { SPEC_FILE } from "../repository.ts";
import { conflictsIn, placeOf, type Conflict } from "./conflicts.ts";
import type { LeftToDo } from "./engine/left.ts";
import type { Update } from "./update.ts";
import type { SpecEdit } from "./written.ts";

interface Group {
  readonly word: string;
  readonly about: string;
  /** One for each file or key, with what there is to say of it. */
  readonly rows: readonly (readonly string[])[];
}

/** More than a screen has room for is counted, and listed by `gen diff`. */
const FEW = 6;

type Kept = Extract<Change, { kind: "keep" }>["reason"];

function groupsOf({ changes, pins, edits, outdated, engine }: Update): readonly Group[] {
  const files = changes.filter(({ path }) => path !== SPEC_FILE);
  const of = (kind: Change["kind"]) => files.filter((change) => change.kind === kind).map(({ path }) => [path]);
  const kept = (reason: Kept) =>
    files.filter((change) => change.kind === "keep" && change.reason === reason).map(({ path }) => [path]);
  return [
    { word: SPEC_FILE, about: "set in it", rows: edits.map(editRow) },
    { word: "updated", about: "as generated before, now newer", rows: of("update") },
    { word: "merged", about: "your edits kept", rows: of("merge") },
    { word: "conflict", about: `${SAME_LINES}: yours to decide`, rows: conflictsIn(files).map(conflictRow) },
    {
      word: "left to do",
      about: "what the other engine needs and nobody can write but you",
      rows: (engine?.left ?? []).map(leftRow),
    },
    { word: "added", about: "new in the network", rows: of("create") },
    { word: "removed", about: "no longer in the network, untouched by you", rows: of("delete") },
    { word: "left over", about: "no longer in the network, changed by you: yours to delete", rows: kept("orphaned") },
    { word: "yours", about: "you changed them, we did not", rows: kept("yours") },
    { word: "deleted", about: "by you, stays so; --restore PATH brings a file back", rows: kept("deleted-by-you") },
    {
      word: "outdated",
      about: "written once, then yours; --restore PATH writes it anew",
      rows: outdated.map((path) => [path]),
    },
    { word: "versions", about: "moved in the repository", rows: pins.map(pinRow) },
  ].filter(({ rows }) => rows.length > 0);
}

const conflictRow = (conflict: Conflict): readonly string[] => [
  placeOf(conflict),
  ...(conflict.reason === SAME_LINES ? [] : [conflict.reason]),
];

const leftRow = ({ path, because }: LeftToDo): readonly string[] => [path, because];

const editRow = ({ path, value, removed, because }: SpecEdit): readonly string[] => [
  removed ? `${path} taken out` : `${path}: ${printFlow(value)}`,
  ...(because === undefined ? [] : [because]),
];

function pinRow({ pin, ours, theirs, taken, because }: Update["pins"][number]): readonly string[] {
  if (taken === "theirs") return [pin, `${ours} becomes ${theirs}`];
  return [pin, `${ours} stays${because === "newer" ? "" : ", set by hand"}; this version brings ${theirs}`];
}

/** `whole`: every path, also of what stays. */
export function report(update: Update, now: string, whole: boolean): string {
  const { from, tree, changes, left } = update;
  const touched = changes.filter(
    (change) =>
      change.kind === "merge" || change.kind === "conflict" || (change.kind === "keep" && change.reason === "yours"),
  );
  const size = `${tree.size} files${touched.length === 0 ? "" : `, ${touched.length} changed by you`}`;
  return [
    `  create-homelab-net ${from === now ? now : `${from} → ${now}`}        ${size}`,
    "",
    ...groupsOf(update).flatMap((group) => section(group, whole)),
    ...left.map(({ record, because }) => `  ${record.generator} ${record.instance} is left as it is: ${because}`),
    "",
  ].join("\n");
}

const WORD = SPEC_FILE.length;

function section({ word, about, rows }: Group, whole: boolean): readonly string[] {
  const shown = whole || rows.length <= FEW ? rows : rows.slice(0, FEW - 1);
  const more = rows.length - shown.length;
  return [
    `  ${word.padEnd(WORD)} ${String(rows.length).padStart(4)}   ${about}`,
    columns(shown, "      "),
    ...(more === 0 ? [] : [`      … and ${more} more: gen diff lists them`]),
  ];
}

/** The same for programs; what changes is in `changes` already. */
export function details({
  changes,
  edits,
  pins,
  left,
  outdated,
  from,
  engine,
}: Update): Readonly<Record<string, unknown>> {
  const kept = (wanted: Kept): readonly RepoPath[] =>
    changes.flatMap((change) => (change.kind === "keep" && change.reason === wanted ? [change.path] : []));
  return {
    from,
    set: edits,
    conflicts: conflictsIn(changes).map(({ path, lines, reason }) => ({ path, lines, reason })),
    kept: { yours: kept("yours"), deletedByYou: kept("deleted-by-you"), leftOver: kept("orphaned"), outdated },
    versions: pins.map(({ pin, path, ours, theirs, taken, because }) => ({ pin, path, ours, theirs, taken, because })),
    ...(engine !== undefined && {
      engine: { from: engine.was.id, to: engine.now.id, guide: engine.guide, leftToDo: engine.left },
    }),
    leftAsTheyAre: left.map(({ record, because }) => ({
      generator: record.generator,
      instance: record.instance,
      because,
    })),
  };
}
