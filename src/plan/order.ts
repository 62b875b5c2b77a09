/**
 * Order of installation, derived: a unit that carries an object of kind K comes after the unit that installs K; a
 * unit whose Service takes an address from a pool comes after the pool. Both engines, bootstrap and docs read it.
 */
import type { OrderedUnit, Unit, UnitId } from "../model/unit.ts";

/** `group/Kind` of the objects a unit carries; the core group is the empty string. */
export type Needs = ReadonlyMap<UnitId, ReadonlySet<string>>;

/** API groups every kube-apiserver 1.33+ serves by itself (kubernetes/kubernetes, pkg/controlplane/instance.go). */
const BUILT_IN = new Set([
  "",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiregistration.k8s.io",
  "apps",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "storage.k8s.io",
]);

export function orderUnits(units: readonly Unit[], needs: Needs, early: readonly UnitId[]): readonly OrderedUnit[] {
  const direct = new Map(units.map((unit) => [unit.id, directlyAfter(unit, units, needs)]));
  // What an early unit waits for must be there as early.
  const atBootstrap = new Set([...early, ...early.flatMap((id) => [...reachable(id, direct)])]);
  const sorted = topological(units, direct, [...atBootstrap]);
  return sorted.map((unit) => ({
    ...unit,
    early: atBootstrap.has(unit.id),
    dependsOn: reduce(unit.id, direct, sorted),
  }));
}

/** Who installs `group/Kind`: by the kind, or by the whole group. */
function providerOf(kind: string, units: readonly Unit[]): Unit | undefined {
  const group = kind.slice(0, kind.lastIndexOf("/"));
  return units.find((unit) => {
    const installs = [unit.release, unit.remote, unit].flatMap((part) => part?.installs ?? []);
    return installs.includes(kind) || installs.includes(`${group}/*`);
  });
}

function directlyAfter(unit: Unit, units: readonly Unit[], needs: Needs): ReadonlySet<UnitId> {
  const before = new Set<UnitId>();
  for (const kind of needs.get(unit.id) ?? []) {
    if (BUILT_IN.has(kind.slice(0, kind.lastIndexOf("/")))) continue;
    const provider = providerOf(kind, units);
    if (provider === undefined) throw new Error(`unit ${unit.id} carries a ${kind}, which no unit installs`);
    before.add(provider.id);
  }
  for (const id of unit.after ?? []) {
    // A component may come after one that this network does not have.
    if (units.some((other) => other.id === id)) before.add(id);
  }
  before.delete(unit.id);
  return before;
}

/** Depth first in the given order, so that units without a relation keep it; early units before all others. */
function topological(
  units: readonly Unit[],
  direct: ReadonlyMap<UnitId, ReadonlySet<UnitId>>,
  early: readonly UnitId[],
): readonly Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const sorted: Unit[] = [];
  const state = new Map<UnitId, "open" | "done">();
  const visit = (id: UnitId, trail: readonly UnitId[]): void => {
    if (state.get(id) === "done") return;
    if (state.get(id) === "open")
      throw new Error(`units depend on each other in a circle: ${[...trail, id].join(" → ")}`);
    const unit = byId.get(id);
    if (unit === undefined) throw new Error(`no unit called ${id}`);
    state.set(id, "open");
    for (const before of direct.get(id) ?? []) visit(before, [...trail, id]);
    state.set(id, "done");
    sorted.push(unit);
  };
  for (const id of [...early.filter((id) => byId.has(id)), ...byId.keys()]) visit(id, []);
  return sorted;
}

/** What is not already implied by another dependency, in order of installation. */
function reduce(
  id: UnitId,
  direct: ReadonlyMap<UnitId, ReadonlySet<UnitId>>,
  sorted: readonly Unit[],
): readonly UnitId[] {
  const own = direct.get(id) ?? new Set<UnitId>();
  const implied = new Set([...own].flatMap((before) => [...reachable(before, direct)]));
  return sorted.map((unit) => unit.id).filter((before) => own.has(before) && !implied.has(before));
}

function reachable(id: UnitId, direct: ReadonlyMap<UnitId, ReadonlySet<UnitId>>): ReadonlySet<UnitId> {
  const seen = new Set<UnitId>();
  const walk = (from: UnitId): void => {
    for (const before of direct.get(from) ?? []) {
      if (seen.has(before)) continue;
      seen.add(before);
      walk(before);
    }
  };
  walk(id);
  return seen;
}
