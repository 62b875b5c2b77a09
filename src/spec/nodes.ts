/** What `cluster.nodeDefaults` says, given to each node that does not say otherwise. */
import type { SpecPath } from "../model/finding.ts";
import { nodeKeys } from "./core.ts";
import { isMap } from "../model/unknown.ts";
import { valueAt, type Path } from "./shape.ts";
import type { Default } from "./spec.ts";
import { dotted } from "./wording.ts";

const DEFAULTS: Path = ["cluster", "nodeDefaults"];

/** Maps key by key, everything else as a whole; `own` wins. */
function merge(inherited: unknown, own: unknown): unknown {
  if (own === undefined) return inherited;
  if (!isMap(inherited) || !isMap(own)) return own;
  const keys = new Set([...Object.keys(inherited), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(valueAt(inherited, [key]), valueAt(own, [key]))]));
}

/** The spec with complete nodes. An address and a role are each node's own. */
export function withNodeDefaults(spec: unknown): unknown {
  const [cluster, nodes, defaults] = [
    valueAt(spec, ["cluster"]),
    valueAt(spec, ["cluster", "nodes"]),
    valueAt(spec, DEFAULTS),
  ];
  if (!isMap(spec) || !isMap(cluster) || !isMap(nodes) || !isMap(defaults)) return spec;
  const shared = Object.fromEntries(Object.entries(defaults).filter(([key]) => !Object.hasOwn(nodeKeys, key)));
  const complete = Object.entries(nodes).map(([name, node]) => [name, isMap(node) ? merge(shared, node) : node]);
  return { ...spec, cluster: { ...cluster, nodes: Object.fromEntries(complete) } };
}

/** Where a value of a node was written: there, or in the defaults. */
export function ownerOfNodeKey(path: Path, spec: unknown): Path {
  const [cluster, nodes, , ...below] = path;
  if (cluster !== "cluster" || nodes !== "nodes" || below.length === 0) return path;
  const inherited = [...DEFAULTS, ...below];
  return valueAt(spec, path) === undefined && valueAt(spec, inherited) !== undefined ? inherited : path;
}

/** Keys of nodes that were written in `cluster.nodeDefaults` only. */
export function inheritedIn(spec: unknown): readonly (readonly [SpecPath, Default])[] {
  const [nodes, defaults] = [valueAt(spec, ["cluster", "nodes"]), valueAt(spec, DEFAULTS)];
  if (!isMap(nodes) || !isMap(defaults)) return [];
  const leaves = leavesOf(defaults);
  return Object.keys(nodes).flatMap((name) =>
    leaves
      .map(({ below, value }) => [["cluster", "nodes", name, ...below], value] as const)
      .filter(([path]) => valueAt(spec, path) === undefined)
      .map(
        ([path, value]) => [dotted(path), { value, because: "cluster.nodeDefaults says so for every node" }] as const,
      ),
  );
}

function leavesOf(value: unknown, below: Path = []): readonly { readonly below: Path; readonly value: unknown }[] {
  if (!isMap(value)) return [{ below, value }];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...below, key]));
}
