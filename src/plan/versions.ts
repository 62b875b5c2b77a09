/** Which versions a network is written with: every pin in use, and the release of Kubernetes the spec asks for. */
import type { Catalog, Component, Engine } from "../model/component.ts";
import type { Platform } from "../model/platform.ts";
import { hostPins } from "../model/hostRole.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { minorOf } from "../model/version.ts";
import { misfits } from "../model/windows.ts";
import type { Spec } from "../spec/spec.ts";
import { engineIn } from "./sections.ts";
import type { Proposal } from "./proposal.ts";

/** The pin of Kubernetes under this id, whichever of a distribution's it is. */
const KUBERNETES: PinId = "kubernetes";

export function kubernetesOf({ cluster }: Spec, catalog: Catalog): Plan["cluster"]["kubernetes"] {
  const offered = releasesOf(cluster.distribution, catalog);
  return {
    minor: cluster.kubernetes,
    pin: offered.find(({ version }) => minorOf(version) === cluster.kubernetes),
    offered: offered.map(({ version }) => minorOf(version)),
  };
}

function releasesOf(distribution: string, { platforms, pins }: Catalog): readonly Pin[] {
  const offered = platforms.find(({ id }) => id === distribution)?.kubernetes ?? [];
  return offered.map((id) => pinOf(pins, id));
}

export function pinsInUse(plan: Omit<Plan, "pins">, catalog: Catalog): ReadonlyMap<PinId, Pin> {
  const { kubernetes } = plan.cluster;
  const components = plan.chosen.map(({ component }) => component);
  const owners = [...around(plan.engine, plan.cluster, catalog), ...components, { pins: hostPins(plan) }];
  const pins = pinsOf(owners, catalog);
  const used = new Set(plan.chosen.map(({ component }) => component.id));
  const inUse = pins.map(([id, pin]) => [id, withWindows(pin, used)] as const);
  return new Map(kubernetes.pin === undefined ? inUse : [...inUse, [KUBERNETES, kubernetes.pin]]);
}

const withWindows = (pin: Pin, used: ReadonlySet<string>): Pin =>
  pin.windows === undefined
    ? pin
    : { ...pin, windows: pin.windows.filter(({ where }) => where === undefined || used.has(where)) };

/**
 * The newest minor version that everything in use was tried with. Where nothing has been, the newest there is, and the
 * rules say what stands against it.
 */
export function kubernetesFor(spec: Spec, catalog: Catalog): readonly Proposal[] {
  const path = "cluster.kubernetes";
  if (!spec.defaults.has(path)) return [];
  const owners = [...around(engineIn(spec), spec.cluster, catalog), ...spec.entries.map(({ component }) => component)];
  const versions = pinsOf(owners, catalog).map(([id, { version }]) => [id, version] as const);
  const offered = releasesOf(spec.cluster.distribution, catalog).map(({ version }) => version);
  const fits = (version: string): boolean =>
    misfits(new Map([...versions, [KUBERNETES, version]]), catalog.pins).length === 0;
  const version = offered.find(fits) ?? offered[0];
  if (version === undefined) return [];
  return [{ path, value: minorOf(version), because: "the newest that everything here was tried with" }];
}

type Owner = Pick<Component | Engine | Platform, "pins">;

const around = (
  engine: string,
  { distribution, hardware }: Pick<Plan["cluster"], "distribution" | "hardware">,
  catalog: Catalog,
): readonly Owner[] => [
  ...catalog.engines.filter(({ id }) => id === engine),
  ...catalog.platforms.filter(({ id }) => id === distribution || id === hardware),
];

const pinsOf = (owners: readonly Owner[], catalog: Catalog): readonly (readonly [PinId, Pin])[] =>
  [...new Set(owners.flatMap(({ pins = [] }) => pins))].map((id) => [id, pinOf(catalog.pins, id)] as const);
