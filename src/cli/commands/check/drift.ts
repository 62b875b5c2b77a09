/** The repository against what would be generated now, and against what was generated last: what `gen diff` compares. */
import { updateOf } from "../../../../generators/apply/update.ts";
import type { Session } from "../../../../generators/generator.ts";
import { generators } from "../../../../generators/index.ts";
import { SPEC_FILE } from "../../../../generators/repository.ts";
import { toFinding, type Audit } from "../../../audit/audit.ts";
import { FindingsError, NeedsUserError, UserError } from "../../../model/errors.ts";
import type { Finding, Place } from "../../../model/finding.ts";
import type { Change } from "../../../model/tree.ts";
import { readState } from "../../../repo/state.ts";
import { placeOf } from "../../../yaml/position.ts";
import { behindSpec, damagedState, deletedFiles, editedFiles, stuck } from "./audits.ts";

/** `text` is homelab.yaml, which must be readable and free of errors for more than the state to be looked at. */
export async function drift(
  { root, text, isSound }: { readonly root: string; readonly text: string; readonly isSound: boolean },
  session: Session,
): Promise<readonly Finding[]> {
  const damaged = refused(damagedState, () => readState(root));
  if (damaged !== undefined) return [damaged];
  if (!isSound) return [];
  try {
    const wanted = { root, before: text, text, edits: [], restore: [] };
    const { changes, from } = await updateOf(wanted, generators(session.catalog), session);
    return [...behind(changes, text, from, session.version), ...gone(changes), ...yours(changes)];
  } catch (error) {
    // What is wrong with homelab.yaml has been said.
    if (error instanceof FindingsError) return [];
    if (error instanceof UserError || error instanceof NeedsUserError) return [inWords(stuck, error)];
    throw error;
  }
}

function refused(audit: Audit, action: () => unknown): Finding | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return inWords(audit, error);
    throw error;
  }
}

const inWords = (audit: Audit, { message, hint }: UserError | NeedsUserError): Finding =>
  toFinding(audit, {
    message: message.replace(/\. Nothing was \w+\.$/, ""),
    places: [],
    fix: hint ?? "restore it from git",
  });

const PENDING: readonly Change["kind"][] = ["create", "update", "merge", "conflict", "delete"];

function* behind(changes: readonly Change[], text: string, from: string, version: string): Generator<Finding> {
  const pending = changes.filter(({ kind }) => PENDING.includes(kind)).map(({ path }) => path);
  if (pending.length === 0) return;
  yield toFinding(behindSpec, {
    message:
      from === version
        ? `homelab.yaml has changed since ${listed(pending)} ${pending.length === 1 ? "was" : "were"} generated`
        : `gen ${version} writes ${listed(pending)} otherwise than gen ${from} did`,
    places: [startOf(text)],
    fix: "gen apply brings them up to date, your changes kept; gen diff shows what it would do",
  });
}

const kept = (changes: readonly Change[], reason: "deleted-by-you" | "yours"): readonly string[] =>
  changes.flatMap((change) => (change.kind === "keep" && change.reason === reason ? [change.path] : []));

function* gone(changes: readonly Change[]): Generator<Finding> {
  const paths = kept(changes, "deleted-by-you");
  if (paths.length === 0) return;
  yield toFinding(deletedFiles, {
    message: `${listed(paths)} ${paths.length === 1 ? "was" : "were"} generated and ${paths.length === 1 ? "is" : "are"} gone`,
    places: [],
    fix: `nothing, if that is what you want; else gen apply --restore ${paths[0]}`,
  });
}

function* yours(changes: readonly Change[]): Generator<Finding> {
  const paths = kept(changes, "yours");
  if (paths.length === 0) return;
  yield toFinding(editedFiles, {
    message: `${listed(paths)} ${paths.length === 1 ? "was" : "were"} changed by you`,
    places: [],
    fix: "nothing",
  });
}

const SHOWN = 3;

const listed = (paths: readonly string[]): string =>
  paths.length <= SHOWN
    ? paths.join(", ")
    : `${paths.slice(0, SHOWN).join(", ")} and ${paths.length - SHOWN} more files`;

/** The first line that says something. */
function startOf(specText: string): Place {
  const from = /^[^#\s]/m.exec(specText)?.index ?? 0;
  const newline = specText.indexOf("\n", from);
  return placeOf(specText, SPEC_FILE, from, newline < 0 ? specText.length : newline);
}
