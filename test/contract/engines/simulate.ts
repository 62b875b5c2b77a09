/**
 * A cluster in which everything takes its time: of each step, only what it waits for is there and what bootstrap brought,
 * and no more. What it needs has to be among that. Needs are read off its objects, not off the order that was derived.
 */
import type { OrderedUnit } from "../../../src/model/unit.ts";
import { asList, at } from "../../../src/model/unknown.ts";
import { unitFolder } from "../../../src/model/layout.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { documentsOf } from "../../support/documents.ts";
import type { Files, Installation } from "./installations.ts";

const text = (value: unknown): string => String(value ?? "");

/** Groups that an API server has by itself. */
const BUILT_IN = /^$|(^|\.)k8s\.io$|^(apps|batch|policy|autoscaling)$/;
const OF_OTHERS = ["gateway.networking.k8s.io", "externaldns.k8s.io"];

/** Steps by what they bring, as the catalog declares it. */
function providers(
  units: readonly OrderedUnit[],
  plan: Plan,
): readonly (readonly [folder: string, kinds: readonly string[]])[] {
  return units.map((unit) => [
    unitFolder(unit, plan),
    [unit.release, unit.remote, unit].flatMap((part) => part?.installs ?? []),
  ]);
}

interface Need {
  readonly what: string;
  /** Any of these steps. */
  readonly from: readonly string[];
}

/** @returns for each step that would be applied too early, what it lacks */
export function tooEarly(
  steps: readonly Installation[],
  files: Files,
  { units, plan }: { readonly units: readonly OrderedUnit[]; readonly plan: Plan },
): readonly string[] {
  const byFolder = new Map(steps.map((step) => [step.folder, step]));
  const bootstrapped = bootstrapOf(files, plan);
  const found = steps.flatMap((step) => {
    const there = new Set([step.folder, ...bootstrapped, ...before(step, byFolder)]);
    return needsOf(step, steps, units, plan)
      .filter(({ from }) => !from.some((folder) => there.has(folder)))
      .map(({ what }) => `${step.folder} is applied before ${what}`);
  });
  return [...found, ...bootstrapTooEarly(bootstrapped, byFolder, steps, units, plan)];
}

/** At bootstrap one step follows the other. */
function bootstrapTooEarly(
  folders: readonly string[],
  byFolder: ReadonlyMap<string, Installation>,
  steps: readonly Installation[],
  units: readonly OrderedUnit[],
  plan: Plan,
): readonly string[] {
  return folders.flatMap((folder, index) => {
    const step = byFolder.get(folder);
    if (step === undefined) return [];
    // Only a release is installed there, or objects where there is none.
    const needs = needsOf(step.release === undefined ? step : { ...step, objects: {} }, steps, units, plan);
    const there = folders.slice(0, index + 1);
    return needs
      .filter(({ from }) => !from.some((other) => there.includes(other)))
      .map(({ what }) => `bootstrap installs ${folder} before ${what}`);
  });
}

const EARLY = /^(?:install_release \S+ \S+|apply_objects|apply_remote) (kubernetes\/apps\/[^/ ]+\/[^/ ]+\/[^/ \n]+)/gm;

function bootstrapOf(files: Files, plan: Plan): readonly string[] {
  const prefix = plan.root === "" ? "" : `${plan.root}/`;
  const script = files.get(`${prefix}bootstrap/apps.sh`) ?? "";
  return [...script.matchAll(EARLY)].map(([, folder = ""]) => `${prefix}${folder}`);
}

/** Everything that is ready when a step begins. */
function before(
  step: Installation,
  all: ReadonlyMap<string, Installation>,
  seen = new Set<string>(),
): ReadonlySet<string> {
  for (const folder of step.after) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    const next = all.get(folder);
    if (next !== undefined) before(next, all, seen);
  }
  return seen;
}

function needsOf(
  step: Installation,
  steps: readonly Installation[],
  units: readonly OrderedUnit[],
  plan: Plan,
): readonly Need[] {
  const brought = providers(units, plan);
  const objects = Object.entries(step.objects).flatMap(([name, content]) => documentsOf(content, name));
  const kinds = objects.flatMap((object) => {
    const group = text(at(object, "apiVersion")).includes("/")
      ? (text(at(object, "apiVersion")).split("/")[0] ?? "")
      : "";
    const isTheirs = BUILT_IN.test(group) && !OF_OTHERS.includes(group);
    return isTheirs ? [] : [{ group, kind: `${group}/${text(at(object, "kind"))}` }];
  });
  const ofKinds = kinds.map(({ group, kind }) => ({
    what: `there is a ${kind}`,
    from: brought.filter(([, own]) => own.includes(kind) || own.includes(`${group}/*`)).map(([folder]) => folder),
  }));
  const gateways = objects.flatMap((object) =>
    asList(at(object, "spec", "parentRefs")).map((parent) => text(at(parent, "name"))),
  );
  const ofGateways = [...new Set(gateways)].map((name) => ({
    what: `there is a Gateway ${name}`,
    from: steps
      .filter((other) =>
        Object.entries(other.objects).some(([file, content]) =>
          documentsOf(content, file).some(
            (object) => at(object, "kind") === "Gateway" && at(object, "metadata", "name") === name,
          ),
        ),
      )
      .map(({ folder }) => folder),
  }));
  const folderOf = (id: string) => units.filter((unit) => unit.id === id).map((unit) => unitFolder(unit, plan));
  const unit = units.find((one) => unitFolder(one, plan) === step.folder);
  const ofHands = (unit?.after ?? [])
    .filter((id) => folderOf(id).length > 0)
    .map((id) => ({ what: `${id} runs`, from: folderOf(id) }));
  return [...ofKinds, ...ofGateways, ...ofHands];
}
