/**
 * Spec → plan: every choice decided, every address owned. Pure, and it never refuses: what cannot work is found by
 * src/rules on the plan. A spec with open addresses is no plan yet; `propose` says what is missing.
 */
import type { Ip } from "../model/address.ts";
import { parseIp } from "../model/address.ts";
import { API_SERVER_PORT } from "../model/apiUrl.ts";
import { isChosen } from "../model/chosen.ts";
import type { Catalog, Component } from "../model/component.ts";
import type { PerFamily } from "../model/families.ts";
import type { Chosen, DnsRecord, Plan, PodNetwork, Resolver } from "../model/plan.ts";
import type { AddressBook } from "../model/addressBook.ts";
import type { Gateway } from "../model/gateway.ts";
import { distributionsOf } from "../model/platform.ts";
import type { Traits } from "../model/traits.ts";
import type { Spec } from "../spec/spec.ts";
import { bgpOf } from "./bgp.ts";
import { addressBook } from "./addressBook.ts";
import { machinesOf } from "./machines.ts";
import { claimsOf, optionClaims } from "./claims.ts";
import { askingFor } from "./pools.ts";
import { engineIn, entryIn, firstFamily, gatewaysOf, poolsOf, primary, routerOf, sharedOf } from "./sections.ts";
import { stacksOf } from "./stacks.ts";
import { kubernetesOf, pinsInUse } from "./versions.ts";
import { recordsOfZone, zonesOf } from "./zones.ts";

export function planNetwork(spec: Spec, catalog: Catalog): Plan {
  const { nodes: machines, defaults } = machinesOf(spec, catalog);
  const { hosts } = spec.lan;
  const apiAt = apiAddresses(spec);
  const api = { address: primary(apiAt, spec), addresses: apiAt, port: apiPort(spec) };
  const traits = traitsOf(spec, catalog, api);
  const nodes = machines.map((node) => ({
    ...node,
    runsPods: (node.role === "worker" || traits.controlPlanesRunPods) && node.gpu === undefined,
  }));
  const hardware = catalog.platforms.find(({ id }) => id === spec.cluster.hardware);
  const gateways = gatewayObjects(spec);
  const bgp = bgpOf(spec);
  const pools = poolsOf(spec);
  const shared = sharedOf(spec);
  const addresses = addressBook(claimsOf(spec, { nodes, gateways, bgp }), firstFamily(spec));
  const zones = zonesOf(spec);
  const resolvers = resolversOf(spec, addresses.find);
  const draft: Omit<Plan, "pins"> = {
    name: spec.name,
    root: spec.repository.path,
    domains: spec.domains,
    repository: { url: spec.repository.url, branch: spec.repository.branch, access: accessTo(spec) },
    engine: engineIn(spec),
    lan: {
      cidr: spec.lan.cidr[0],
      gateway: routerOf(spec),
      dhcp: spec.lan.dhcp,
      resolvers,
      dns: resolvers.flatMap(({ ip }) => ip ?? []),
      ntp: spec.lan.ntp,
      hosts,
    },
    networks: spec.networks,
    stacks: stacksOf(spec),
    cluster: {
      distribution: spec.cluster.distribution,
      hardware: spec.cluster.hardware,
      madeFor: hardware && distributionsOf(hardware, catalog.platforms),
      hardwarePage: hardware?.page,
      pods: primary(spec.cluster.pods, spec),
      services: primary(spec.cluster.services, spec),
      kubernetes: kubernetesOf(spec, catalog),
      api,
      traits,
      podNetwork: podNetworkOf(spec, traits),
      options: spec.cluster.options,
    },
    nodes,
    pools,
    shared,
    bgp,
    gateways,
    records: [...recordsOf(spec, addresses), ...recordsOfZone(zones, [...nodes, ...hosts])],
    zones,
    chosen: spec.entries,
    settings: spec.settings,
    addresses,
    ...askingFor(entryIn(spec, "load-balancer")?.component, pools, shared, nodes),
    policies: spec.policies,
    silenced: spec.silence,
    defaults: new Map([...spec.defaults, ...defaults]),
  };
  return completed(draft, catalog);
}

/** With what comes along, in the order of the catalog, and with the pins of all of it. */
function completed(draft: Omit<Plan, "pins">, catalog: Catalog): Plan {
  const place = new Map(catalog.components.map(({ id }, index) => [id, index]));
  const chosen = [...draft.chosen, ...alwaysThere({ ...draft, pins: new Map() }, catalog)].sort(
    (a, b) => (place.get(a.component.id) ?? 0) - (place.get(b.component.id) ?? 0),
  );
  return { ...draft, chosen, pins: pinsInUse({ ...draft, chosen }, catalog) };
}

/** The same network kept by another engine, with the options that one has when nothing is said. */
export function underEngine(plan: Plan, engine: string, catalog: Catalog): Plan {
  const other = catalog.components.find((component) => component.engine === engine);
  if (plan.engine === engine || other === undefined) return { ...plan, engine };
  const inSlots = plan.chosen.filter(({ slot }) => slot !== undefined);
  const chosen = inSlots.map((one) =>
    one.component.engine === undefined ? one : { ...one, component: other, options: other.options.parse({}) },
  );
  return completed({ ...plan, engine, chosen }, catalog);
}

const recordsOf = ({ records }: Spec, { claims }: AddressBook): readonly DnsRecord[] =>
  records.map(({ name, to }, index) => {
    const ip = parseIp(to);
    const ips = ip === undefined ? claims.filter(({ owner }) => owner === to).map((claim) => claim.ip) : [ip];
    return { name, written: to, ip: ips[0], ips: [...new Set(ips)], path: `dns.records.${index}` };
  });

function accessTo({ repository }: Spec): Plan["repository"]["access"] {
  if (repository.url.startsWith("ssh:")) return "deploy-key";
  return repository.private ? "token" : "public";
}

function traitsOf(spec: Spec, { platforms }: Catalog, api: Plan["cluster"]["api"]): Traits {
  const traits = platforms.find(({ id }) => id === spec.cluster.distribution)?.traits?.(api, spec.cluster.options);
  if (traits === undefined) throw new Error(`the distribution ${spec.cluster.distribution} says nothing about itself`);
  return traits;
}

const podNetworkOf = (spec: Spec, traits: Traits): PodNetwork => {
  const cni = entryIn(spec, "cni");
  return cni?.component.podNetwork?.(cni.options, traits) ?? NO_POD_NETWORK;
};

const NO_POD_NETWORK: PodNetwork = {
  installedBy: "repository",
  replacesKubeProxy: false,
  driver: "none",
  enforces: [],
};

/** Components no switch chooses, with their default options: needed by the plan, or required by others in use. */
function alwaysThere(plan: Plan, { components }: Catalog): readonly Chosen[] {
  const first = [
    ...plan.chosen.flatMap(({ component }) => component.requires ?? []),
    ...components.filter((component) => component.slot === undefined && component.needed?.(plan)).map(({ id }) => id),
  ];
  const found = new Map<string, Component>();
  const add = (id: string): void => {
    const component = components.find((candidate) => candidate.id === id);
    if (component === undefined) throw new Error(`a component requires ${id}, which the catalog does not have`);
    if (found.has(id) || isChosen(plan, id)) return;
    found.set(id, component);
    component.requires?.forEach(add);
  };
  first.forEach(add);
  return [...found.values()].map((component) => ({ component, options: component.options.parse({}), shared: {} }));
}

/** Resolvers by name or address; without any, the router: home routers resolve. */
function resolversOf(spec: Spec, find: (name: string) => Ip | undefined): readonly Resolver[] {
  if (spec.lan.dns.length === 0) return [{ written: routerOf(spec), ip: routerOf(spec), path: "lan.gateway" }];
  return spec.lan.dns.map((written, index) => ({
    written,
    ip: parseIp(written) ?? find(written),
    path: `lan.dns.${index}`,
  }));
}

function apiPort(spec: Spec): number {
  const entry = entryIn(spec, "api");
  return entry?.component.apiPort?.(entry.options) ?? API_SERVER_PORT;
}

/** The VIP where there is one, else the machine that is named, else the first control plane. */
function apiAddresses(spec: Spec): PerFamily<Ip> {
  const { nodes } = spec;
  const entry = entryIn(spec, "api");
  const [vip, ...others] = entry === undefined ? [] : optionClaims(entry).map(({ ip }) => ip);
  if (vip !== undefined) return [vip, ...others];
  const wanted = entry?.component.apiMachine?.(entry.options);
  const named = [...nodes, ...spec.lan.hosts].find(({ name }) => name === wanted);
  const first = named ?? nodes.find(({ role }) => role === "control-plane") ?? nodes[0];
  if (first === undefined) throw new Error("a plan needs at least one node; the schema lets none through");
  return first.ips;
}

const gatewayObjects = (spec: Spec): readonly Gateway[] =>
  gatewaysOf(spec).flatMap(({ addresses, entry, ...gateway }) => {
    const object = entry?.component.gateways?.object(gateway, entry.options);
    if (addresses === undefined || entry === undefined || object === undefined) return [];
    return [{ ...gateway, address: primary(addresses, spec), addresses, component: entry.component.id, ...object }];
  });
