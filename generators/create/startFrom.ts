/** The first question: a network that is thought through, or each part of one. */
import { contains, covers, overlaps, parseCidr, parseIp, parseRange, type Cidr } from "../../src/model/address.ts";
import type { Catalog } from "../../src/model/component.ts";
import type { Slot } from "../../src/model/slot.ts";
import type { SpecPath } from "../../src/model/finding.ts";
import { isMap } from "../../src/model/unknown.ts";
import { matches } from "../../src/spec/keys.ts";
import type { Choice } from "../../src/ui/ask.ts";
import type { Session } from "../generator.ts";
import { textAt, valueAt, withValue, type Draft } from "./draft.ts";
import { placeOf } from "./platforms.ts";
import { fromPreset, NOTHING, presetNames, presetText, type Start } from "./start.ts";

const EACH_PART = "each-part";

export async function askStart(session: Session): Promise<Start> {
  const presets = presetNames(session.catalog).map((name): Choice => {
    const { title, about } = headOf(presetText(name, session));
    return { value: name, name: title, description: about };
  });
  const eachPart: Choice = {
    value: EACH_PART,
    name: "Let me choose each part",
    description: "every question there is, each with a default and its reason",
  };
  const chosen = await session.asker.choose("Start from", [...presets, eachPart], presets[0]?.value);
  if (chosen === EACH_PART) return NOTHING;
  const { draft = {}, text = "", file } = fromPreset(chosen, session);
  return { draft: withoutOwn(draft, session.catalog), text: undefined, file, preset: { draft, text } };
}

/** The comment at the top of a preset: its title, and below it what it is. The line for editors is no part of it. */
function headOf(text: string): { readonly title: string; readonly about: string } {
  const lines = text.split("\n");
  const head = lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith("#")),
    )
    .map((line) => line.replace(/^#\s*/, ""));
  const [title = "", ...about] = head.filter((line) => !line.startsWith("yaml-language-server:"));
  return { title, about: about.join(" ") };
}

/** What is the user's own, whatever else is kept. */
const OWN: readonly SpecPath[] = [
  "name",
  "domains",
  "repository.url",
  "repository.private",
  "lan.cidr",
  "lan.gateway",
  "lan.dhcp",
  "lan.dns",
  "lan.hosts",
  "cluster.nodes",
  "cluster.nodeDefaults.memory",
  "dns.records",
];

/** Names of network cards, where the hardware does not make them. */
const CARDS: SpecPath = "cni.devices";

/** Fit most LANs and not every one. */
const INSIDE: readonly SpecPath[] = ["cluster.pods", "cluster.services"];

/** From the path of a slot to the options of a component in it. */
const BELOW: Readonly<Record<Slot["form"], (provider: string) => string>> = {
  one: () => "",
  each: (provider) => `.${provider}`,
  named: () => ".*",
};

function withoutOwn(draft: Draft, catalog: Catalog): Draft {
  const { platforms, components, slots } = catalog;
  const asked = platforms.flatMap(({ questions = [] }) => questions).map(placeOf);
  const settled = components.flatMap(({ settled: options = [], slot: id, provider, id: own }) => {
    const slot = slots.find((candidate) => candidate.id === id);
    return slot === undefined
      ? []
      : options.map(({ key }) => `${slot.path}${BELOW[slot.form](provider ?? own)}.${key}`);
  });
  const lan = parseCidr(textAt(draft, "lan.cidr"));
  const nodes = Object.keys((valueAt(draft, "cluster.nodes") ?? {}) as Draft);
  const makesCards = platforms.some(({ id, machines }) => id === textAt(draft, "cluster.hardware") && machines);
  const paths = [...OWN, ...INSIDE, ...asked, ...(makesCards ? [] : [CARDS])];
  const goes = (path: SpecPath): boolean =>
    paths.includes(path) || settled.some((pattern) => matches(pattern, path.split(".")));
  const kept = pruned(
    draft,
    (value, path) => goes(path) || nodes.some((node) => node === value) || (lan !== undefined && isInside(value, lan)),
  );
  return withoutHalves((kept ?? {}) as Draft, draft, catalog);
}

/** A part that cannot be without an address of the preset's LAN, or without one of its nodes, is none of the user's either. */
function withoutHalves(kept: Draft, draft: Draft, { components, slots }: Catalog): Draft {
  const parts = slots
    .filter(({ form }) => form === "each")
    .flatMap(({ id, path }) =>
      components
        .filter(({ slot }) => slot === id)
        .map((component) => ({ component, path: `${path}.${component.provider ?? component.id}` })),
    );
  const halves = parts.filter(({ component: { options }, path }) => {
    const [before, now] = [valueAt(draft, path), valueAt(kept, path)];
    return isMap(before) && options.safeParse(before).success && isMap(now) && !options.safeParse(now).success;
  });
  const gone = new Set(halves.map(({ path }) => path));
  return (pruned(kept, (_, path) => gone.has(path)) ?? {}) as Draft;
}

/** An address of the preset's LAN is none of the user's, by itself or in a URL. */
function isInside(value: unknown, lan: Cidr): boolean {
  if (typeof value !== "string") return false;
  const ip = parseIp(URL.canParse(value) ? new URL(value).hostname.replace(/^\[|\]$/g, "") : value);
  const range = parseRange(value);
  return (ip !== undefined && contains(lan, ip)) || (range !== undefined && covers(lan, range));
}

/** Without the values that go, and without maps and lists that nothing is left of. */
function pruned(value: unknown, goes: (value: unknown, path: SpecPath) => boolean, path = ""): unknown {
  if (goes(value, path)) return undefined;
  if (typeof value !== "object" || value === null) return value;
  const below = (key: string): SpecPath => (path === "" ? key : `${path}.${key}`);
  const entries = Object.entries(value)
    .map(([key, item]) => [key, pruned(item, goes, below(key))] as const)
    .filter(([, item]) => item !== undefined);
  if (entries.length === 0 && Object.keys(value).length > 0) return undefined;
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

/** The preset's ranges inside the cluster, where the user's LAN leaves them free. */
export function withRangesOf({ preset }: Start, draft: Draft): Draft {
  const lan = parseCidr(textAt(draft, "lan.cidr"));
  const ranges = INSIDE.flatMap((path) => {
    const text = preset && valueAt(preset.draft, path);
    const cidr = typeof text === "string" ? parseCidr(text) : undefined;
    return cidr === undefined || valueAt(draft, path) !== undefined ? [] : [{ path, cidr, text }];
  });
  if (lan === undefined || ranges.some(({ cidr }) => overlaps(cidr, lan))) return draft;
  return ranges.reduce((current, { path, text }) => withValue(current, path, text), draft);
}

/** Whether both say the same, in whatever order. */
export const isSame = (one: unknown, other: unknown): boolean => inOrder(one) === inOrder(other);

const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
