/**
 * The rules, tried on the answers so far: a choice that cannot be made is shown as such, and an answer that cannot work
 * is refused at its question. What is still open is stood in for, so that the rules have a whole network to look at.
 */
import type { Catalog } from "../../src/model/component.ts";
import type { SpecPath } from "../../src/model/finding.ts";
import type { MachineQuestion } from "../../src/model/machines.ts";
import type { Plan } from "../../src/model/plan.ts";
import { planNetwork } from "../../src/plan/plan.ts";
import { check, errorsOf } from "../../src/rules/check.ts";
import type { Session } from "../generator.ts";
import { specOf, valueAt, withProposals, withValue, type Draft } from "./draft.ts";
import { freeAddresses } from "./machines.ts";
import { chosenPlatforms, placeOf } from "./platforms.ts";

/** The message of an error that names `about`; undefined when there is none, or too little is known to say. */
export function refused(draft: Draft, about: SpecPath, { catalog, rules }: Session): string | undefined {
  const open = openQuestions(draft, catalog);
  const plan = triedPlan(draft, catalog, open);
  if (plan === undefined) return undefined;
  // What stands in for an answer is no reason to refuse another one.
  const isAnswered = (path: SpecPath): boolean => !open.some(({ key }) => path.endsWith(`.${key}`));
  const errors = errorsOf(check(plan, rules)).filter(({ paths }) => paths.every(isAnswered));
  return errors.find(({ paths }) => paths.some((path) => path === about || path.startsWith(`${about}.`)))?.message;
}

/** The network so far; undefined while too little is known. */
export function triedPlan(
  draft: Draft,
  catalog: Catalog,
  open: readonly MachineQuestion[] = openQuestions(draft, catalog),
): Plan | undefined {
  const spec = specOf(withProposals(withStandIns(draft, open), catalog), catalog);
  return spec && planNetwork(spec, catalog);
}

const STAND_INS: readonly (readonly [SpecPath, unknown])[] = [
  ["name", "homelab"],
  ["domains", ["home.arpa"]],
  ["repository.url", "https://example.com/homelab.git"],
];

/** What the platforms ask about the machines and no machine has an answer to. */
function openQuestions(draft: Draft, catalog: Catalog): readonly MachineQuestion[] {
  const nodes = Object.values((valueAt(draft, "cluster.nodes") ?? {}) as Draft);
  return chosenPlatforms(draft, catalog)
    .flatMap(({ questions = [] }) => questions)
    .filter(
      (question) =>
        valueAt(draft, placeOf(question)) === undefined &&
        !nodes.some((node) => valueAt(node as Draft, question.key) !== undefined),
    );
}

function withStandIns(draft: Draft, open: readonly MachineQuestion[]): Draft {
  const first = freeAddresses(draft, 1)?.text;
  const nodes = first === undefined ? undefined : { "stand-in": { ip: first, role: "control-plane" } };
  const machines = open.map((question) => [placeOf(question), question.standIn] as const);
  return [...STAND_INS, ...machines, ["cluster.nodes", nodes] as const].reduce(
    (current, [path, value]) =>
      value === undefined || valueAt(current, path) !== undefined ? current : withValue(current, path, value),
    draft,
  );
}
