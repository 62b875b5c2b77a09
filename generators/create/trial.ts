/**
 * The rules, tried on the answers so far: a choice that cannot be made is shown as such, and an answer that cannot work
 * is refused at its question. What is still open is stood in for, so that the rules have a whole network to look at.
 */
import type { Catalog } from "../../src/model/component.ts";
import type { SpecPath } from "../../src/model/finding.ts";
import { planNetwork } from "../../src/plan/plan.ts";
import { check, errorsOf } from "../../src/rules/check.ts";
import type { Session } from "../generator.ts";
import { specOf, valueAt, withProposals, withValue, type Draft } from "./draft.ts";
import { freeAddresses } from "./machines.ts";
import { chosenPlatforms } from "./platforms.ts";

/** The message of an error that names `about`; undefined when there is none, or too little is known to say. */
export function refused(draft: Draft, about: SpecPath, { catalog, rules }: Session): string | undefined {
  const spec = specOf(withProposals(withStandIns(draft, catalog), catalog), catalog);
  if (spec === undefined) return undefined;
  const errors = errorsOf(check(planNetwork(spec, catalog), rules));
  return errors.find(({ paths }) => paths.some((path) => path === about || path.startsWith(`${about}.`)))?.message;
}

const STAND_INS: readonly (readonly [SpecPath, unknown])[] = [
  ["name", "homelab"],
  ["domains", ["home.arpa"]],
  ["repository.url", "https://example.com/homelab.git"],
];

function withStandIns(draft: Draft, catalog: Catalog): Draft {
  const first = freeAddresses(draft, 1)?.text;
  const nodes = first === undefined ? undefined : { "stand-in": { ip: first, role: "control-plane" } };
  const machines = chosenPlatforms(draft, catalog).flatMap(({ questions = [] }) =>
    questions.map(({ key, standIn }) => [`cluster.nodeDefaults.${key}`, standIn] as const),
  );
  return [...STAND_INS, ...machines, ["cluster.nodes", nodes] as const].reduce(
    (current, [path, value]) =>
      value === undefined || valueAt(current, path) !== undefined ? current : withValue(current, path, value),
    draft,
  );
}
