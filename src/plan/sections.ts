/** The shared keys of slots and core sections, typed once: pools, gateways, routers, families. */
import { nth, type Family, type Ip, type IpRange } from "../model/address.ts";
import type { AddressKey } from "../model/addressKey.ts";
import { familyIn, ofFamily, pathIn, type PerFamily } from "../model/families.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Label } from "../model/names.ts";
import type { Pool } from "../model/addressBook.ts";
import type { SlotId } from "../model/unit.ts";
import type { SlotEntry, Spec } from "../spec/spec.ts";

export interface GatewaySection {
  readonly name: Label;
  /** What stands for it in the slot; undefined where the catalog has nothing that carries requests. */
  readonly entry: SlotEntry | undefined;
  readonly addresses: PerFamily<Ip> | undefined;
  readonly isDefault: boolean;
  readonly public: string | undefined;
  /** Of the keys that only its provider or its way in has. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** As the schema gives it (src/catalog/slots.ts). */
interface WrittenGateway {
  readonly address?: PerFamily<Ip>;
  readonly default?: boolean;
  readonly public?: string;
  readonly provider?: string;
}

/** The family Kubernetes lists first: that of the LAN as it is written. */
export const firstFamily = ({ lan }: Pick<Spec, "lan">): Family => lan.cidr[0].family;

/** Every family the cluster has something of, the first one first. Other machines of the house may have more. */
export function familiesOf(spec: Spec): readonly [Family, ...Family[]] {
  const used: readonly (Ip | { readonly family: Family })[] = [
    ...spec.lan.cidr,
    ...(spec.lan.gateway ?? []),
    ...written("cluster.pods", spec.cluster.pods, spec),
    ...written("cluster.services", spec.cluster.services, spec),
    ...spec.nodes.flatMap(({ ips }) => ips),
    ...poolsOf(spec).map(({ range }) => range),
    ...gatewaysOf(spec).flatMap(({ addresses }) => addresses ?? []),
    ...spec.entries.flatMap((entry) => (entry.component.addresses ?? []).flatMap(({ key }) => addressesAt(entry, key))),
  ];
  const first = firstFamily(spec);
  const other = used.map(familyIn).find((family) => family !== first);
  return other === undefined ? [first] : [first, other];
}

/** A default says nothing about what the user wants. */
const written = <Value>(path: SpecPath, values: readonly Value[], { defaults }: Spec): readonly Value[] =>
  defaults.has(path) ? [] : values;

/** The value of the first family; the first value where there is none of it. */
export const primary = <Value extends Ip | { readonly family: Family }>(
  values: PerFamily<Value>,
  spec: Pick<Spec, "lan">,
): Value => ofFamily(values, firstFamily(spec)) ?? values[0];

/** A pool of two families is two of these. */
export function poolsOf(spec: Spec): readonly Pool[] {
  const pools = spec.settings.get("load-balancer")?.["pools"] as Readonly<Record<Label, PoolEntry>> | undefined;
  const path = entryIn(spec, "load-balancer")?.path ?? "loadBalancer";
  return Object.entries(pools ?? {}).flatMap(([name, entry]) => {
    const isRange = isRanges(entry);
    const ranges = isRange ? entry : entry.addresses;
    const place = isRange ? `${path}.pools.${name}` : `${path}.pools.${name}.addresses`;
    return ranges.map((range, index) => ({
      name: name as Label,
      range,
      onRequest: !isRange && !entry.auto,
      path: pathIn(place, ranges, index),
    }));
  });
}

/** As it is written: ranges alone, or a map with them. */
type PoolEntry = PerFamily<IpRange> | { readonly addresses: PerFamily<IpRange>; readonly auto: boolean };

const isRanges = (entry: PoolEntry): entry is PerFamily<IpRange> => Array.isArray(entry);

/** Addresses that several Services have together. */
export const sharedOf = (spec: Spec): readonly Ip[] =>
  (spec.settings.get("load-balancer")?.["shared"] as readonly Ip[] | undefined) ?? [];

/** A single gateway is the default one without being told. */
export function gatewaysOf(spec: Spec): readonly GatewaySection[] {
  const gateways = spec.settings.get("ingress")?.["gateways"] as Readonly<Record<Label, WrittenGateway>> | undefined;
  const written = Object.entries(gateways ?? {});
  return written.map(([name, { address, default: isDefault, public: way, provider, ...options }]) => ({
    name: name as Label,
    entry: entriesIn(spec, "ingress").find((entry) =>
      provider === undefined ? entry.beside === undefined : entry.provider === provider,
    ),
    addresses: address,
    isDefault: isDefault ?? written.length === 1,
    public: way,
    options,
  }));
}

/** The router, or where most routers are: the first address of the LAN. In a second family only where it is written. */
export const routersOf = (spec: Spec): PerFamily<Ip> => spec.lan.gateway ?? [nth(spec.lan.cidr[0], 1)];

export const routerOf = (spec: Spec): Ip => primary(routersOf(spec), spec);

/** What an option of a component holds: an address, one for each family, or nothing. */
export const addressesAt = (entry: SlotEntry, key: string): readonly Ip[] =>
  [(entry.options as Record<string, Ip | readonly Ip[] | undefined>)[key] ?? []].flat();

/** Whether routers are told the way to an address that is an option. */
export const isRouted = (address: AddressKey, { options }: SlotEntry): boolean =>
  address.routed?.(options as Readonly<Record<string, unknown>>) ?? false;

/** What stands in a slot for one, first who is there without being named by an entry. */
const entriesIn = ({ entries }: Spec, slot: SlotId): readonly SlotEntry[] =>
  entries.filter((entry) => entry.slot === slot);

/** Whether Services have addresses of nodes, and none of pools. */
export const carriesOnNodes = (spec: Spec): boolean =>
  entryIn(spec, "load-balancer")?.component.nodeLabels !== undefined;

/** Undefined where the catalog has no such slot. */
/** What keeps the cluster as the repository says. */
export const engineIn = (spec: Spec): string => entryIn(spec, "gitops")?.component.engine ?? "";

export const entryIn = (spec: Spec, slot: SlotId): SlotEntry | undefined => entriesIn(spec, slot)[0];
