/**
 * What hangs on a key of homelab.yaml. A key with few positions is tried in each of them, and the files that come out
 * otherwise are its own; of any other key the files are those that carry what it says.
 */
import { contains, parseRange } from "../model/address.ts";
import type { Catalog } from "../model/component.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Plan } from "../model/plan.ts";
import { literally } from "../model/text.ts";
import type { Tree } from "../model/tree.ts";
import { isMap } from "../model/unknown.ts";
import type { Rule } from "../rules/rule.ts";
import { errorsOf } from "../rules/check.ts";
import { assessSpec } from "../rules/planSpec.ts";
import type { SpecKey } from "../spec/spec.ts";
import { setInSpec } from "../spec/setInSpec.ts";
import { compose } from "./compose.ts";

export interface Asked {
  readonly path: SpecPath;
  /** As it stands, or its default. */
  readonly value: unknown;
  readonly key: SpecKey | undefined;
  /** The whole of homelab.yaml, as text and read. */
  readonly text: string;
  readonly spec: unknown;
  readonly plan: Plan;
}

export interface Around {
  readonly catalog: Catalog;
  readonly rules: readonly Rule[];
  readonly version: string;
}

export interface Dependants {
  /** Keys that refer to it by its name. */
  readonly keys: readonly SpecPath[];
  /** `172.16.1.49 (Kubernetes API)`, in a network or a range. */
  readonly addresses: readonly string[];
  /** Paths of emitted files, homelab.yaml apart. */
  readonly files: readonly string[];
}

export const dependantsOf = (asked: Asked, around: Around): Dependants => ({
  keys: referringTo(asked),
  addresses: within(asked),
  files: filesOf(asked, around),
});

/** A name the user gave is referred to by itself. */
function referringTo({ path, key, spec }: Asked): readonly SpecPath[] {
  const name = path.split(".").at(-1);
  if (key === undefined || !key.path.endsWith(".*")) return [];
  return leavesOf(spec)
    .filter(({ at, value }) => value === name && !at.startsWith(`${path}.`))
    .map(({ at }) => at);
}

function within({ value, plan }: Asked): readonly string[] {
  const range = typeof value === "string" ? parseRange(value) : undefined;
  if (range === undefined || range.first === range.last) return [];
  return plan.addresses.claims
    .filter(({ ip, sameAs }) => contains(range, ip) && !sameAs)
    .map(({ ip, owner }) => `${ip} (${owner})`);
}

function filesOf(asked: Asked, around: Around): readonly string[] {
  const { key, value, plan, text } = asked;
  const now = treeOf(plan, text, around);
  const others = otherPositions(key, value);
  const found =
    others.length > 0 ? others.flatMap((other) => changed(now, other, asked, around)) : carrying(now, value);
  return [...new Set(found)].filter((path) => !isSpec(path, plan)).sort();
}

/** The text is compared with nothing: the line ends of its editor are of no interest. */
const treeOf = (plan: Plan, text: string, { catalog, version }: Around): Tree =>
  compose(plan, catalog, { specText: `${text.replaceAll("\r\n", "\n").trimEnd()}\n`, version }).tree;

const isSpec = (path: string, { root }: Plan): boolean => {
  const own = root === "" ? path : path.slice(root.length + 1);
  return own === "homelab.yaml" || own.startsWith(".homelab-net/");
};

function otherPositions(key: SpecKey | undefined, value: unknown): readonly unknown[] {
  if (typeof value === "boolean") return [!value];
  return (key?.values ?? []).filter((position) => position !== String(value));
}

/** Nothing where the rest of the network allows no other position. */
function changed(now: Tree, position: unknown, { path, text }: Asked, around: Around): readonly string[] {
  const edited = setInSpec(text, "homelab.yaml", path, position, around.catalog);
  const { plan, findings } = assessSpec(edited, "homelab.yaml", around.catalog, around.rules);
  if (plan === undefined || errorsOf(findings).length > 0) return [];
  const other = treeOf(plan, edited, around);
  return [...new Set([...now.keys(), ...other.keys()])].filter(
    (file) => now.get(file)?.content !== other.get(file)?.content,
  );
}

function carrying(tree: Tree, value: unknown): readonly string[] {
  const texts = leavesOf(value).map((leaf) => String(leaf.value));
  const words = texts.filter((text) => text.length > 2).map(literally);
  if (words.length === 0) return [];
  const pattern = new RegExp(`(?<![\\w.-])(?:${words.join("|")})(?![\\w-]|\\.\\w)`);
  return [...tree].filter(([, { content }]) => pattern.test(content)).map(([path]) => path);
}

interface Leaf {
  readonly at: SpecPath;
  readonly value: unknown;
}

function leavesOf(value: unknown, at: SpecPath = ""): readonly Leaf[] {
  if (value === undefined || value === null) return [];
  if (!isMap(value) && !Array.isArray(value)) return [{ at, value }];
  return Object.entries(value).flatMap(([key, below]) => leavesOf(below, at === "" ? key : `${at}.${key}`));
}
