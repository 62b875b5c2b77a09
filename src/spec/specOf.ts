/** What the schema gives, as the typed spec: lists for maps of names, slots apart from the keys of ours. */
import type { Cidr, Ip, IpRange } from "../model/address.ts";
import { familyIn, ofFamily, type PerFamily } from "../model/families.ts";
import type { Catalog, Component } from "../model/component.ts";
import type { Slot, SlotForOne } from "../model/slot.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Hostname, Label } from "../model/names.ts";
import type { Attach, Network } from "../model/networks.ts";
import type { Host, Role } from "../model/plan.ts";
import type { Allowed, Denial } from "../model/policies.ts";
import type { BgpSection } from "./bgp.ts";
import { offeredIn, pathOf, providerOf, type Choices } from "./choices.ts";
import { clusterKeys } from "./core.ts";
import { isMap } from "../model/unknown.ts";
import { keysOf, valueAt } from "./shape.ts";
import type { SlotEntry, Spec } from "./spec.ts";

type Values = Readonly<Record<string, unknown>>;

/** What the schema gives for a network; an attachment is called as its network where nothing else is said. */
type WrittenNetwork = Omit<Network, "name" | "cidrs" | "attach"> & {
  readonly cidr: PerFamily<Cidr>;
  readonly attach?: Omit<Attach, "name"> & { readonly name?: Label };
};

/** What the schema gives for the core keys. */
interface Core {
  readonly version: 1;
  readonly name: Label;
  readonly domains: readonly Hostname[];
  readonly repository: Spec["repository"];
  readonly lan: {
    readonly cidr: PerFamily<Cidr>;
    readonly gateway?: PerFamily<Ip>;
    readonly dhcp?: IpRange;
    readonly dns?: Spec["lan"]["dns"];
    readonly ntp: Spec["lan"]["ntp"];
    readonly hosts: Readonly<Record<Label, Omit<Host, "name" | "ip" | "ips"> & { readonly ip: PerFamily<Ip> }>>;
  };
  readonly networks: Readonly<Record<Label, WrittenNetwork>>;
  readonly cluster: Values & {
    readonly distribution: string;
    readonly hardware: string;
    readonly kubernetes: string;
    readonly pods: PerFamily<Cidr>;
    readonly services: PerFamily<Cidr>;
    readonly nodes: Readonly<Record<Label, Values & { readonly ip: PerFamily<Ip>; readonly role: Role }>>;
  };
  readonly bgp?: BgpSection;
  /** Absent where no slot stands under it. */
  readonly dns?: { readonly records?: Spec["records"]; readonly zones?: Spec["zones"] };
  readonly policies: {
    readonly defaultDeny: Readonly<Record<Label, Denial | "none">>;
    readonly allow: readonly (Omit<Allowed, "path" | "ports"> & Partial<Pick<Allowed, "ports">>)[];
    readonly names: Readonly<Record<Label, readonly string[]>>;
  };
  readonly silence: Readonly<Record<string, string>>;
}

export function specOf(data: Values, choices: Choices, catalog: Catalog): Omit<Spec, "defaults"> {
  const { version, name, domains, repository, lan, networks, cluster, bgp, dns, policies, silence } =
    data as unknown as Core;
  const { distribution, hardware, kubernetes, pods, services } = cluster;
  const named = <Value>(values: Readonly<Record<string, Value>>) => Object.entries(values) as [Label, Value][];
  // A machine is called by its address of the first family, where it has one of it.
  const addresses = (ips: PerFamily<Ip>) => ({ ip: ofFamily(ips, familyIn(lan.cidr[0])) ?? ips[0], ips });
  const slotsOfCluster = catalog.slots
    .map(pathOf)
    .flatMap(([group, key]) => (group === "cluster" && key !== undefined ? [key] : []));
  return {
    version,
    name,
    domains,
    repository,
    lan: {
      cidr: lan.cidr,
      gateway: lan.gateway,
      dhcp: lan.dhcp,
      dns: lan.dns ?? [],
      ntp: lan.ntp,
      hosts: named(lan.hosts).map(([host, { ip, ...said }]) => ({ name: host, ...addresses(ip), ...said })),
    },
    networks: named(networks).map(([network, { cidr, vlan, attach, ...own }]) => ({
      ...own,
      name: network,
      cidrs: cidr,
      vlan,
      ...(attach !== undefined && { attach: { ...attach, name: attach.name ?? network } }),
    })),
    cluster: {
      distribution,
      hardware,
      kubernetes,
      pods,
      services,
      options: without(cluster, [...Object.keys(clusterKeys(catalog)), "nodes", "nodeDefaults", ...slotsOfCluster]),
    },
    bgp,
    nodes: named(cluster.nodes).map(([node, { ip, role, ...options }]) => ({
      name: node,
      ...addresses(ip),
      role,
      options,
    })),
    entries: catalog.slots.flatMap((slot) => entriesOf(slot, data, choices, catalog)),
    settings: new Map(catalog.slots.map((slot) => [slot.id, settingsOf(slot, data)])),
    records: dns?.records ?? [],
    zones: dns?.zones ?? {},
    policies: {
      closed: new Map(
        named(policies.defaultDeny).flatMap(([namespace, denial]) => (denial === "none" ? [] : [[namespace, denial]])),
      ),
      allowed: policies.allow.map(({ ports = [], ...ends }, index) => ({
        ...ends,
        ports,
        path: `policies.allow.${index}`,
      })),
      names: named(policies.names).flatMap(([namespace, hosts]) =>
        hosts.map((host, index) => ({ host, namespace, path: `policies.names.${namespace}.${index}` })),
      ),
    },
    silence: new Map(Object.entries(silence)),
  };
}

function entriesOf(slot: Slot, data: Values, choices: Choices, catalog: Catalog): readonly SlotEntry[] {
  const values = valuesAt(data, slot);
  const entry = (component: Component, options: Values, shared: Values, path: SpecPath): SlotEntry => ({
    slot: slot.id,
    provider: providerOf(component),
    component,
    shared,
    options,
    path,
  });
  const ofKeys = (own: Values): Values => without(own, ["provider", ...Object.keys(slot.shared)]);
  if (slot.form === "one") {
    const usual = choices.components.get(slot.id);
    if (usual === undefined) throw new Error(`slot ${slot.id} was read without a component`);
    const others = choices.others.get(slot.id) ?? [];
    const of = (component: Component): SlotEntry => ({
      ...entry(component, optionsOf(component, values), sharedOf(slot, values), slot.path),
      ...(component !== usual && { beside: true as const }),
    });
    return (isNamed(usual, slot, values) ? [usual, ...others] : others).map(of);
  }
  const offered = offeredIn(slot, catalog);
  if (slot.form === "each") {
    return offered.flatMap((component) => {
      const own = values[providerOf(component)];
      const path = `${slot.path}.${providerOf(component)}`;
      return isMap(own) ? [entry(component, own, sharedOf(slot, values), path)] : [];
    });
  }
  return (Object.entries(values) as [Label, Values][]).map(([name, own]) => {
    const component = offered.find((candidate) => providerOf(candidate) === own["provider"]);
    if (component === undefined) throw new Error(`${slot.path}.${name} was read without a component`);
    return { ...entry(component, ofKeys(own), sharedOf(slot, own), `${slot.path}.${name}`), name };
  });
}

/** Who stands in a slot is in use unless every entry names another. */
function isNamed(usual: Component, slot: SlotForOne, values: Values): boolean {
  const entries = Object.values((slot.entries === undefined ? undefined : values[slot.entries.key]) ?? {}) as Values[];
  return entries.length === 0 || entries.some(({ provider = providerOf(usual) }) => provider === providerOf(usual));
}

/** Beside it the options of others may stand. A default of one key is parsed in its place. */
const optionsOf = ({ options }: Component, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => Object.hasOwn(keysOf(options), key)));

/** Empty for entries that nobody wrote. */
function valuesAt(data: Values, slot: Slot): Values {
  const values = valueAt(data, pathOf(slot)) ?? (slot.form === "named" ? {} : undefined);
  if (!isMap(values)) throw new Error(`slot ${slot.id} was read without its values`);
  return values;
}

const settingsOf = (slot: Slot, data: Values): Values =>
  slot.form === "named" ? {} : sharedOf(slot, valuesAt(data, slot));

function sharedOf(slot: Slot, values: Values): Values {
  const keys = [...Object.keys(slot.shared), ...(slot.form === "one" && slot.entries ? [slot.entries.key] : [])];
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

const without = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
