/**
 * Another engine than the one the files were written for. What both share, values and objects, stays as it is; what the
 * one that leaves has of the network goes like anything that left it, and what it has of the user's apps is made anew in
 * the words of the other. What cannot be is named and stays whole: no engine gets half of an app.
 */
import { underEngine } from "../../../src/plan/plan.ts";
import type { Catalog, Engine } from "../../../src/model/component.ts";
import { namespaceFile } from "../../../src/model/layout.ts";
import { handOverPage } from "../../../src/compose/docs/handOver.ts";
import { repoPath, type RepoPath } from "../../../src/model/names.ts";
import type { Plan } from "../../../src/model/plan.ts";
import type { Change, Tree } from "../../../src/model/tree.ts";
import type { GeneratorRecord } from "../../../src/repo/record.ts";
import { baseTexts, type State } from "../../../src/repo/state.ts";
import { pathBelowRoot } from "../../belowRoot.ts";
import { wholeTree, type Rendering, type Renderings } from "../renderings.ts";
import type { Named } from "../../generator.ts";
import { moveOf, type Move, type UserApp } from "./apps.ts";
import { draftsOf, type Drafts } from "./drafts.ts";
import { keptBy } from "./keep.ts";
import { leftIn, type LeftToDo } from "./left.ts";
import { mention, register, unmention, unregister, type Written } from "./lists.ts";
import { rememberedApp } from "../../rememberedApp.ts";
import { atVersions, ofNetwork, ofRecord, type Sides } from "./users.ts";
import { heldIn, withHeld } from "./versions.ts";

export interface Engines {
  readonly was: Engine;
  readonly now: Engine;
}

/** Who the files were written for, where that is another one than homelab.yaml names now. */
export function enginesOf(network: GeneratorRecord | undefined, plan: Plan, { engines }: Catalog): Engines | undefined {
  const now = engines.find(({ id }) => id === plan.engine);
  const isThere = (engine: Engine) => network?.files.has(pathBelowRoot(engine.entry(plan), plan)) === true;
  if (now === undefined || isThere(now)) return undefined;
  const was = engines.find(isThere);
  return was && { was, now };
}

export interface Around extends Engines {
  readonly plan: Plan;
  readonly catalog: Catalog;
  readonly state: State;
  /** Everything that is generated today. */
  readonly tree: Tree;
  /** What was generated last. */
  readonly written: Written;
  /** Every file below `kubernetes`, and every other that is generated. */
  readonly disk: ReadonlyMap<RepoPath, string>;
  /** Records that are rendered again, but for the network. */
  readonly others: readonly Rendering[];
  /** Everything that is remembered, as it would be written for this plan. */
  readonly render: (plan: Plan, catalog: Catalog) => Renderings;
}

export interface EngineChange extends Engines {
  readonly changes: readonly Change[];
  readonly left: readonly LeftToDo[];
  /** Apps that moved, by the record they are of. */
  readonly moves: readonly { readonly record: GeneratorRecord; readonly move: Move }[];
  /** The page on how a cluster that runs is handed over. */
  readonly guide: RepoPath;
}

const sidesOf = ({ plan, was, catalog }: Pick<Around, "plan" | "was" | "catalog">): Sides => ({
  catalog,
  was: underEngine(plan, was.id, catalog),
  now: plan,
});

/** What either engine has of the network's own user apps: that is moved, not merged. */
export function filesOfUsers(around: Pick<Around, "plan" | "was" | "catalog">): ReadonlySet<RepoPath> {
  const nothing = new Map<RepoPath, string>();
  return new Set(
    ofNetwork(new Map(), sidesOf(around)).flatMap((app) => [
      ...app.before(nothing).files.keys(),
      ...app.after(nothing, new Map()).files.keys(),
    ]),
  );
}

export function changeEngine(decided: readonly Change[], around: Around): EngineChange {
  const { was, now, plan, catalog, written, disk, render } = around;
  const before = render(sidesOf(around).was, catalog);
  const pins = [...catalog.pins.values()];
  const held = heldIn(wholeTree(before), written, disk, pins);
  const after = held.versions.size === 0 ? around.tree : wholeTree(render(plan, atVersions(catalog, held.versions)));
  const drafts = draftsOf(withHeld(decided, held, after, disk), disk);
  const found = usersOf(around, drafts).map(({ record, app }) => ({ record, move: moveOf(app, drafts, pins) }));
  const moves = found.flatMap(({ record, move }) => (move && "after" in move ? [{ record, move }] : []));
  const stay = found.flatMap(({ move }) => (move && "because" in move ? [move] : []));
  for (const { move } of moves) {
    for (const path of move.before.files.keys()) drafts.write(path, undefined);
    for (const [path, { content }] of move.after.files) drafts.write(path, content);
  }
  const named = (side: "before" | "after"): readonly Named[] => [
    ...moves.map(({ move }) => move[side]),
    ...(side === "before" ? before.all.slice(1) : around.others).flatMap((other) => other.named ?? []),
  ];
  unregister(registrationsOf(named("before")), drafts, written);
  unmention(mentionsOf(named("before")), drafts, written);
  register(registrationsOf(named("after")), drafts, now);
  mention(mentionsOf(named("after")), drafts);
  keep(drafts, { was, now });
  const left = leftIn(drafts, stay, drafts.changes(), around);
  const guide = freePlace(drafts, around);
  const keepsNamespace = drafts.paths().some((path) => path.startsWith(`kubernetes/apps/${was.namespace}/`));
  const page = { was, now, keepsNamespace, left: left.map((one) => ({ ...one })) };
  drafts.write(guide, handOverPage(page, around.plan, catalog));
  return { was, now, changes: drafts.changes(), left, moves, guide };
}

const registrationsOf = (named: readonly Named[]) => named.flatMap(({ registrations }) => registrations);
const mentionsOf = (named: readonly Named[]) => named.flatMap(({ mentions }) => mentions);

/**
 * Of one event, and the user's as soon as it is written: what the network becomes while somebody is on the way through it
 * does not change the way. A page of an earlier change stays beside it.
 */
function freePlace(drafts: Drafts, { was, now }: Engines): RepoPath {
  for (let number = 1; ; number++) {
    const place = repoPath(`docs/notes/${was.id}-to-${now.id}${number === 1 ? "" : `-${number}`}.md`);
    if (drafts.text(place) === undefined) return place;
  }
}

function usersOf(
  around: Around,
  drafts: Drafts,
): readonly { readonly record: GeneratorRecord; readonly app: UserApp }[] {
  const { plan, state, tree, written, disk } = around;
  const sides = sidesOf(around);
  const network = state.find("create", "network");
  const ofApps = state.records.flatMap((record) => {
    const app = record.generator === "add-app" ? rememberedApp(record.inputs, plan) : undefined;
    if (app === undefined) return [];
    const file = pathBelowRoot(namespaceFile(app.namespace, plan), plan);
    const own = { isThere: drafts.text(file) !== undefined, isOwn: record.files.has(file) };
    return [{ record, app: ofRecord(app, baseTexts(state, record, { disk, tree }), own, sides) }];
  });
  return [
    ...(network === undefined ? [] : ofNetwork(written, sides).map((app) => ({ record: network, app }))),
    ...ofApps,
  ];
}

function keep(drafts: Drafts, { was, now }: Engines): void {
  for (const path of drafts.paths()) {
    const text = drafts.text(path);
    if (text === undefined || !/^kubernetes\/.*\.ya?ml$/.test(path) || drafts.isContested(path)) continue;
    const kept = keptBy(text, path, was, now);
    if (kept !== text) drafts.write(path, kept);
  }
}
