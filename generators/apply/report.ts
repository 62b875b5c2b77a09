/** What an update would do, by what becomes of the files: a table for people, lists for `--json`. */
import type { Change } from "../../src/model/tree.ts";
import type { RepoPath } from "../../src/model/names.ts";
import { columns } from "../../src/ui/wrap.ts";
import { printFlow } from "../../src/yaml/print.ts";
import { SPEC_FILE } from "../repository.ts";
import { conflictsIn, placeOf } from "./conflicts.ts";
import type { Update } from "./update.ts";

interface Group {
  readonly word: string;
  readonly about: string;
  /** Paths, each with what there is to say of it. */
  readonly lines: readonly (readonly string[])[];
  readonly count: number;
}

/** More than a screen has room for is counted, and listed by `gen diff`. */
const FEW = 6;

type Kept = Extract<Change, { kind: "keep" }>["reason"];

export function groupsOf({ changes, pins, edits }: Pick<Update, "changes" | "pins" | "edits">): readonly Group[] {
  const ours = changes.filter(({ path }) => path !== SPEC_FILE);
  const files = (word: string, about: string, of: readonly Change[]): Group => ({
    word,
    about,
    lines: of.map(({ path }) => [path]),
    count: of.length,
  });
  const kind = (wanted: Change["kind"]) => ours.filter((change) => change.kind === wanted);
  const kept = (wanted: Kept) => ours.filter((change) => change.kind === "keep" && change.reason === wanted);
  const lines = (word: string, about: string, rows: Group["lines"]): Group => ({
    word,
    about,
    lines: rows,
    count: rows.length,
  });
  return [
    lines(
      SPEC_FILE,
      "set in it",
      edits.map(({ path, value, because }) => [`${path}: ${printFlow(value)}`, because ?? ""]),
    ),
    files("updated", "as generated before, now newer", kind("update")),
    files("merged", "your edits kept", kind("merge")),
    lines(
      "conflict",
      "you and we changed the same lines",
      conflictsIn(ours).map((conflict) => [placeOf(conflict), conflict.reason]),
    ),
    files("added", "", kind("create")),
    files("removed", "no longer part of the network, untouched by you", kind("delete")),
    files("left over", "no longer part of the network, and changed by you: yours to delete", kept("orphaned")),
    files("yours", "you changed them, we did not", kept("yours")),
    files("deleted", "by you, stays so; --restore PATH brings a file back", kept("deleted-by-you")),
    lines(
      "versions",
      "moved in the repository",
      pins.map((pin) => [
        pin.pin,
        pin.taken === "ours" ? `${pin.ours} stays, ${pin.theirs} is ours` : `${pin.ours} becomes ${pin.theirs}`,
      ]),
    ),
  ].filter(({ count }) => count > 0);
}

const WIDEST = SPEC_FILE.length;

/** `whole`: every path, also of what stays. */
export function report(update: Update, now: string, whole: boolean): string {
  const { from, tree, changes, left } = update;
  const touched = changes.filter(({ kind, ...change }) =>
    kind === "keep" ? "reason" in change && change.reason === "yours" : kind === "merge" || kind === "conflict",
  );
  const head = [
    `  create-homelab-net ${from === now ? now : `${from} → ${now}`}`,
    [`${tree.size} files`, ...(touched.length === 0 ? [] : [`${touched.length} changed by you`])].join(", "),
  ];
  return [
    head.join("        "),
    "",
    ...groupsOf(update).map((group) => section(group, whole)),
    ...left.map(({ record, because }) => `  ${record.generator} ${record.instance}: left as it is, ${because}`),
    "",
  ].join("\n");
}

function section({ word, about, lines, count }: Group, whole: boolean): string {
  const shown = whole || lines.length <= FEW ? lines : lines.slice(0, FEW - 1);
  const more = lines.length - shown.length;
  const title = `  ${word.padEnd(WIDEST)}  ${String(count).padStart(3)}   ${about}`.trimEnd();
  const rows = columns(
    shown.map((row) => [...row]),
    " ".repeat(WIDEST + 10),
  )
    .split("\n")
    .map((row) => row.trimEnd());
  return [
    title,
    ...rows,
    ...(more === 0 ? [] : [`${" ".repeat(WIDEST + 10)}… and ${more} more, see --diff or gen diff`]),
  ].join("\n");
}

/** The same for programs; what changes is in `changes` already. */
export function details({ changes, edits, pins, left, from }: Update): Readonly<Record<string, unknown>> {
  const kept = (wanted: Kept): readonly RepoPath[] =>
    changes.flatMap((change) => (change.kind === "keep" && change.reason === wanted ? [change.path] : []));
  return {
    from,
    set: edits,
    conflicts: conflictsIn(changes).map(({ path, lines, reason }) => ({ path, lines, reason })),
    kept: { yours: kept("yours"), deletedByYou: kept("deleted-by-you"), leftOver: kept("orphaned") },
    versions: pins.map(({ pin, path, ours, theirs, taken, because }) => ({ pin, path, ours, theirs, taken, because })),
    leftAsTheyAre: left.map(({ record, because }) => ({
      generator: record.generator,
      instance: record.instance,
      because,
    })),
  };
}
