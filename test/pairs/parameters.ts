/**
 * Every option with few positions is a parameter of its own, read off the schema; the others stand in shapes.ts. A new
 * option of the catalog is in the array by itself.
 */
import type { Catalog } from "../../src/model/component.ts";
import { pinOf } from "../../src/model/pins.ts";
import { minorOf } from "../../src/model/version.ts";
import { specKeys } from "../../src/spec/keys.ts";
import type { SpecKey } from "../../src/spec/spec.ts";
import { all, ANY, asItIs, setting, type Needs, type Parameter, type Value } from "./parameter.ts";
import { PUBLIC, shapes, value, without } from "./shapes.ts";

/** A place with a name that the user gives, with the name used here. */
const NAMES: Readonly<Record<string, string>> = {
  "cluster.nodes.*": "cluster.nodeDefaults",
  "ingress.gateways.*": "ingress.gateways.external",
  "dns.publish.*": "dns.publish.site",
};

/** What has to be there before a key below it can be set, and makes a position of its own where it is absent. */
const PARTS: readonly { readonly path: string; readonly with: Value["apply"]; readonly needs?: Needs }[] = [
  { path: "cluster.nodeDefaults.bond", with: setting("cluster.nodeDefaults.bond.interfaces", ["eno1", "eno2"]) },
  { path: "cluster.nodeDefaults.diskSelector", with: asItIs },
  { path: "cluster.api.checks", with: asItIs, needs: { API: ["haproxy", "haproxy, twice"] } },
  { path: "ingress.gateways.external", with: setting("ingress.gateways.external.address", "192.168.1.63") },
  {
    path: "dns.publish.site",
    with: setting("dns.publish.site.gateways", ["external"]),
    needs: { [PUBLIC]: [ANY] },
  },
  { path: "certificates.letsencrypt", with: setting("certificates.letsencrypt.email", "me@example.com") },
  { path: "notifications.push", with: asItIs },
  { path: "notifications.alerts", with: asItIs },
];

/** Positions that say something of another key, which has to have that value. */
const NEEDED: Readonly<Record<string, Needs>> = {
  "cni.nodeEncryption=true": { "cni.encryption": ["wireguard"] },
  ...Object.fromEntries(
    ["model=pi4", "model=pi5", "os=ubuntu", "os=debian", "os=raspberry-pi-os"].map((position) => [
      `cluster.nodeDefaults.${position}`,
      { hardware: ["raspberry-pi"] },
    ]),
  ),
};

/** Set by a shape, or of no interest: one value, or what its neighbour of the same part decides. */
const SHAPED = [
  "version",
  "cluster.distribution",
  "cluster.hardware",
  "cluster.api.provider",
  "cluster.nodes.*.role",
  "cluster.nodes.*.hardware",
  "cluster.nodes.*.arch",
  "cluster.nodes.*.gpu",
  "ingress.gateways.*.default",
];

const isClosed = ({ values, type }: SpecKey): boolean => values !== undefined || type === "true or false";

/** The default first: it is what a network has that says nothing. */
function positionsOf({ values, default: usual }: SpecKey): readonly unknown[] {
  const positions: readonly unknown[] = values ?? [true, false];
  return [...positions.filter((one) => one === usual), ...positions.filter((one) => one !== usual)];
}

/** `cluster.nodeDefaults.bond.mode` for what stands at `cluster.nodes.*.bond.mode`. */
export function placeOf(path: string): string {
  const pattern = Object.keys(NAMES).find((prefix) => path === prefix || path.startsWith(`${prefix}.`));
  return pattern === undefined ? path : `${NAMES[pattern]}${path.slice(pattern.length)}`;
}

/** Keys with few positions, by the place they are set at here. */
export function closedKeys(catalog: Catalog): ReadonlyMap<string, SpecKey> {
  const keys = specKeys(catalog).filter((key) => isClosed(key) && !SHAPED.includes(key.path));
  return new Map(keys.map((key) => [placeOf(key.path), key]));
}

export function parametersOf(catalog: Catalog): readonly Parameter[] {
  const closed = [...closedKeys(catalog)];
  // The first key of a part decides whether the part is there; the others stand below it.
  const leading = new Map(
    PARTS.flatMap(({ path }) => {
      const first = closed.find(([place]) => place.startsWith(`${path}.`))?.[0];
      return first === undefined ? [] : [[path, first] as const];
    }),
  );
  return [...shapes, ...minors(catalog), ...closed.map(([place, key]) => parameter(place, key, leading))];
}

function minors(catalog: Catalog): readonly Parameter[] {
  const offered = catalog.platforms.flatMap(({ kubernetes = [] }) => kubernetes);
  const versions = [...new Set(offered.map((id) => minorOf(pinOf(catalog.pins, id).version)))];
  return [{ name: "kubernetes", values: versions.map((minor) => value(minor, setting("cluster.kubernetes", minor))) }];
}

function parameter(place: string, key: SpecKey, leading: ReadonlyMap<string, string>): Parameter {
  const part = PARTS.find(({ path }) => place.startsWith(`${path}.`));
  const first = part === undefined ? undefined : leading.get(part.path);
  const needs = place === first || first === undefined ? part?.needs : { [first]: [ANY] };
  const positions = positionsOf(key).map((position) =>
    value(
      String(position),
      all(part?.with ?? asItIs, setting(place, position)),
      NEEDED[`${place}=${String(position)}`] ?? needs,
    ),
  );
  return { name: place, values: place === first ? [without, ...positions] : positions };
}
