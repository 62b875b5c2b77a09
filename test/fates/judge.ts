/** What is wrong with a fate table, given what there is. */
import { FATES, type Row } from "./rows.ts";

export interface World {
  /** Ids of rules and of what readers of the spec refuse. */
  readonly rules: ReadonlySet<string>;
  readonly audits: ReadonlySet<string>;
  /** Ids of checks over emitted trees. */
  readonly checks: ReadonlySet<string>;
  /** What is not offered. */
  readonly future: ReadonlySet<string>;
  /** What is said of the reference network with this edit. */
  findings(edit: { readonly find: string; readonly replace: string }): readonly string[];
  /** Whether a page of an emitted repository has these words. */
  says(page: string, words: string): boolean;
}

export function problemsOf(rows: readonly Row[], world: World): readonly string[] {
  const twice = rows.filter(({ id }, index) => rows.findIndex((other) => other.id === id) < index);
  return [
    ...twice.map(({ id }) => `${id} stands in the table twice`),
    ...rows.flatMap((row) => problemsOfRow(row, world).map((problem) => `${row.id}: ${problem}`)),
  ];
}

function problemsOfRow(row: Row, world: World): readonly string[] {
  return [
    ...(row.says.trim() === "" ? ["says nothing"] : []),
    ...fateProblems(row, world),
    ...row.by.filter((name) => kindOf(name, world) === undefined).map((name) => `there is no ${name}`),
    ...row.refused.flatMap(({ finding, ...edit }) => {
      const found = world.findings(edit);
      return found.includes(finding) ? [] : [`${edit.replace} is answered by ${found.join(", ")}, not by ${finding}`];
    }),
    ...row.in
      .filter(({ page, words }) => !world.says(page, words))
      .map(({ page, words }) => `no emitted ${page} says "${words}"`),
    ...row.until
      .filter((name) => !world.future.has(name))
      .map((name) => `${name} is offered, or is in no list of vocabulary.yaml: give the row the fate it has now`),
  ];
}

/** A fate needs what proves it. */
function fateProblems({ fate, by, refused, in: pages, until }: Row, world: World): readonly string[] {
  const has = (...kinds: readonly Kind[]): boolean => by.some((name) => kinds.includes(kindOf(name, world) ?? "none"));
  switch (fate) {
    case "rule":
      return has("rule") || refused.length > 0 ? [] : ["is a rule's and names none"];
    case "construction":
      return has("check", "passed") ? [] : ["holds by construction and names no check over emitted trees"];
    case "documented":
      return pages.length > 0 ? [] : ["is documented and names no page"];
    case "not offered":
      return until.length > 0 && by.length === 0 ? [] : ["is not offered: it names what is missing, and nothing else"];
    default:
      return [`has the fate "${String(fate)}", which is none of ${FATES.join(", ")}`];
  }
}

type Kind = "rule" | "check" | "passed" | "none";

function kindOf(name: string, { rules, audits, checks }: World): Kind | undefined {
  if (name.startsWith("audit:")) return audits.has(name.slice("audit:".length)) ? "passed" : undefined;
  if (rules.has(name) || audits.has(name)) return "rule";
  return checks.has(name) ? "check" : undefined;
}
