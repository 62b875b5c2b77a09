/** A change set for people: one line a file, or the lines themselves. */
import { createTwoFilesPatch } from "diff";
import type { Change, ChangeSet } from "../model/tree.ts";
import { columns } from "./wrap.ts";

const SIGNS = { create: "+", update: "~", merge: "~", delete: "-", conflict: "!", keep: " " } as const satisfies Record<
  Change["kind"],
  string
>;

export const changed = (set: ChangeSet): readonly Change[] => set.changes.filter(({ kind }) => kind !== "keep");

/** `+ path` and `~ path   1 line`. */
export const renderChanges = (set: ChangeSet): string =>
  columns(changed(set).map((change) => [`${SIGNS[change.kind]} ${change.path}`, note(change)]));

export const renderDiff = (set: ChangeSet): string =>
  changed(set)
    .map((change) =>
      createTwoFilesPatch(`a/${change.path}`, `b/${change.path}`, before(change), after(change), undefined, undefined, {
        context: 3,
      }),
    )
    .join("\n");

function note(change: Change): string {
  if (change.kind === "conflict") return change.reason;
  if (change.kind !== "update" && change.kind !== "merge") return "";
  const lines = linesChanged(before(change), after(change));
  return `${lines} line${lines === 1 ? "" : "s"}${change.kind === "merge" ? ", your edits kept" : ""}`;
}

function linesChanged(before: string, after: string): number {
  const patch = createTwoFilesPatch("", "", before, after, undefined, undefined, { context: 0 });
  const lines = patch.split("\n").slice(4);
  const added = lines.filter((line) => line.startsWith("+")).length;
  const removed = lines.filter((line) => line.startsWith("-")).length;
  return Math.max(added, removed);
}

const before = (change: Change): string => ("before" in change ? change.before : "");
const after = (change: Change): string => ("after" in change ? change.after : "");
