/** How closed the namespace of an app is and what the app begins: in homelab.yaml, as `gen set` and `gen allow` write it. */
import type { NewApp } from "../../src/compose/newApp/app.ts";
import { UserError } from "../../src/model/errors.ts";
import type { Label } from "../../src/model/names.ts";
import { closingOf, enforcesNothing, type Denial } from "../../src/model/policies.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { FoundApp } from "../../src/repo/apps.ts";
import type { State } from "../../src/repo/state.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import type { Choice } from "../../src/ui/ask.ts";
import { entryOf, isSame, withEntries, type Entry } from "../allow/entries.ts";
import { linesOf, refuseOpen, refuseUnenforced } from "../allow/judged.ts";
import { labelsOfApp, parseTarget, partyText, podsText } from "../allow/party.ts";
import { askChecked } from "../askChecked.ts";
import { given, isOn, type Session } from "../generator.ts";
import { SPEC_FILE } from "../repository.ts";

export const DENIALS = ["none", "audit", "enforce"] as const;
type Wanted = (typeof DENIALS)[number];

export interface Closing {
  /** Absent: as it is. */
  readonly denial?: Wanted;
  readonly entries: readonly Entry[];
}

export interface Around {
  readonly app: NewApp;
  readonly newNamespace: boolean;
  readonly plan: Plan;
  readonly apps: readonly FoundApp[];
  readonly state: State;
  /** It is there already: nobody is asked again. */
  readonly isThere: boolean;
}

/** From flags; on a terminal asked for where the namespace is new or closed, and somebody would refuse. */
export async function closingFor(around: Around, session: Session): Promise<Closing> {
  const { app, plan, isThere } = around;
  const asks = session.interactive && !isOn(session, "yes") && !isThere && closingOf(plan) !== undefined;
  const denial = saidDenial(session) ?? (asks ? await askDenial(around, session) : undefined);
  const said = session.flags.get("allow") ?? session.environment.get("allow") ?? [];
  const isToBeClosed = (denial ?? deniedIn(app.namespace, plan)) !== "none";
  const texts = said.length === 0 && asks && isToBeClosed ? await askBegun(around, session) : said;
  const entries = texts.map((text) => entryFor(text, around));
  if (entries.length > 0 || (denial !== undefined && denial !== "none")) refuseUnenforced(plan);
  return { entries, ...(denial !== undefined && { denial }) };
}

function saidDenial(session: Session): Wanted | undefined {
  const text = given(session, "default-deny");
  if (text === undefined) return undefined;
  const found = DENIALS.find((denial) => denial === text);
  if (found !== undefined) return found;
  throw new UserError(`--default-deny ${text} is none of its words`, `one of ${DENIALS.join(", ")}`);
}

const deniedIn = (namespace: Label, { policies }: Plan): Wanted => policies.closed.get(namespace) ?? "none";

/** A namespace that is there has been decided about. */
async function askDenial({ app, newNamespace, plan }: Around, session: Session): Promise<Wanted | undefined> {
  if (!newNamespace || plan.policies.closed.has(app.namespace)) return undefined;
  const looks = closingOf(plan)?.audits === "namespace";
  const choices: readonly (Choice & { readonly value: Wanted })[] = [
    { value: "none", name: "Open", description: "its pods may begin anything; policies of apps say who may ask them" },
    ...(looks
      ? [{ value: "audit" as const, name: "Looked at", description: "what nothing allows is told of, and let through" }]
      : []),
    { value: "enforce", name: "Closed", description: "what nothing allows is refused, both ways" },
  ];
  const chosen = await session.asker.choose(`The new namespace ${app.namespace} is`, choices, "none");
  return choices.find(({ value }) => value === chosen && value !== "none")?.value;
}

async function askBegun(around: Around, session: Session): Promise<readonly string[]> {
  const message = `What ${around.app.name} begins  (internet:443, NAMESPACE/APP:PORT, lan, api; empty: nothing but names)`;
  const answer = await askChecked(message, (text) => wordsOf(text).map((word) => entryFor(word, around)), session);
  return wordsOf(answer);
}

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

function entryFor(text: string, { app, plan, apps, state }: Around): Entry {
  const target = parseTarget(text.trim());
  return {
    from: podsText(app, labelsOfApp(app)),
    to: partyText(target.text, { plan, apps, state }),
    ports: target.ports,
  };
}

/** homelab.yaml with it; the same text where it says so already. */
export function withClosing(
  before: string,
  { denial, entries }: Closing,
  { app: { namespace }, plan }: Pick<Around, "app" | "plan">,
  session: Session,
): string {
  const path = `policies.defaultDeny.${namespace}`;
  const closed =
    denial === undefined || denial === deniedIn(namespace, plan)
      ? before
      : setInSpec(before, SPEC_FILE, path, denial, session.catalog);
  const there = plan.policies.allowed.map(entryOf);
  const fresh = entries.filter(
    (entry, index) => ![...there, ...entries.slice(0, index)].some((other) => isSame(other, entry)),
  );
  return fresh.length === 0 ? closed : withEntries(closed, [...there, ...fresh], session.catalog);
}

/** Throws where a policy would lock others out. `plan`: as the network will be. */
export function refuseClosing({ entries }: Closing, plan: Plan, state: State): void {
  for (const entry of entries) refuseOpen(entry, plan, state);
}

const CLOSED: Readonly<Record<Denial, string>> = {
  audit: "is looked at, and nothing is refused",
  enforce: "is closed: what nothing allows is refused, both ways",
};

/** For the preview; `plan` as the network will be. */
export function closingLines({ denial, entries }: Closing, namespace: Label, plan: Plan): readonly string[] {
  const now = plan.policies.closed.get(namespace);
  return [
    ...(denial === undefined ? [] : [`${namespace} ${now === undefined ? "is open" : CLOSED[now]}`]),
    ...new Set(entries.flatMap((entry) => linesOf(entry, plan))),
  ];
}

/** What is left to say of an app that nobody said it of. */
export function closingSteps({ entries }: Closing, { name, namespace, source }: NewApp, plan: Plan): readonly string[] {
  const now = plan.policies.closed.get(namespace);
  if (now === undefined || entries.length > 0 || source.kind === "machine") return [];
  const how = `\`gen allow ${namespace}/${name} internet:443\` and the like, for what it asks others`;
  if (now === "enforce" && !enforcesNothing(plan)) return [`${namespace} is closed: ${how}`];
  return [`${namespace} is looked at and nothing is refused yet: ${how} once it is closed`];
}
