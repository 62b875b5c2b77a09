/**
 * Spec → plan: every choice decided, every address owned. Pure, and it never refuses: what cannot work is found by
 * src/rules on the plan. A spec with open addresses is no plan yet; `propose` says what is missing.
 */
import type { Ip } from "../model/address.ts";
import { parseIp } from "../model/address.ts";
import { isChosen } from "../model/chosen.ts";
import type { Catalog, Component } from "../model/component.ts";
import type { Chosen, Claim, Gateway, Host, Node, Plan, PodNetwork, Resolver, Traits } from "../model/plan.ts";
import type { SlotEntry, Spec } from "../spec/spec.ts";
import { addressBook } from "./addressBook.ts";
import { machinesOf } from "./machines.ts";
import { entryIn, gatewaysOf, poolsOf, routerOf } from "./sections.ts";
import { kubernetesOf, pinsInUse } from "./versions.ts";

const API_PORT = 6443;

export function planNetwork(spec: Spec, catalog: Catalog): Plan {
  const { nodes: machines, defaults } = machinesOf(spec, catalog);
  const { hosts } = spec.lan;
  const api = { address: apiAddress(spec), port: API_PORT };
  const traits = traitsOf(spec, catalog, api);
  const nodes = machines.map((node) => ({
    ...node,
    runsPods: node.role === "worker" || traits.controlPlanesRunPods,
  }));
  const gateways = gatewayObjects(spec);
  const claims = [
    ...lanClaims(spec, hosts),
    ...nodeClaims(nodes),
    ...componentClaims(spec),
    ...gatewayClaims(spec, gateways),
  ];
  const addresses = addressBook(claims);
  const resolvers = resolversOf(spec, addresses.find);
  const draft: Omit<Plan, "pins"> = {
    name: spec.name,
    root: spec.repository.path,
    domains: spec.domains,
    repository: { url: spec.repository.url, branch: spec.repository.branch, access: accessTo(spec) },
    engine: spec.gitops,
    lan: {
      cidr: spec.lan.cidr,
      gateway: routerOf(spec),
      dhcp: spec.lan.dhcp,
      resolvers,
      dns: resolvers.flatMap(({ ip }) => ip ?? []),
      ntp: spec.lan.ntp,
      hosts,
    },
    cluster: {
      distribution: spec.cluster.distribution,
      hardware: spec.cluster.hardware,
      pods: spec.cluster.pods,
      services: spec.cluster.services,
      kubernetes: kubernetesOf(spec, catalog),
      api,
      traits,
      podNetwork: podNetworkOf(spec),
      options: spec.cluster.options,
    },
    nodes,
    pools: poolsOf(spec),
    gateways,
    records: spec.records.map(({ name, to }, index) => ({
      name,
      written: to,
      ip: parseIp(to) ?? addresses.find(to),
      path: `dns.records.${index}`,
    })),
    chosen: spec.entries,
    settings: spec.settings,
    addresses,
    addressAnnotations: (ip) => entryIn(spec, "load-balancer")?.component.addressAnnotations?.(ip) ?? {},
    silenced: spec.silence,
    defaults: new Map([...spec.defaults, ...defaults]),
  };
  const place = new Map(catalog.components.map(({ id }, index) => [id, index]));
  const chosen = [...draft.chosen, ...alwaysThere({ ...draft, pins: new Map() }, catalog)].sort(
    (a, b) => (place.get(a.component.id) ?? 0) - (place.get(b.component.id) ?? 0),
  );
  return { ...draft, chosen, pins: pinsInUse({ ...draft, chosen }, catalog) };
}

function accessTo({ repository }: Spec): Plan["repository"]["access"] {
  if (repository.url.startsWith("ssh:")) return "deploy-key";
  return repository.private ? "token" : "public";
}

function traitsOf(spec: Spec, { platforms }: Catalog, api: Plan["cluster"]["api"]): Traits {
  const traits = platforms.find(({ id }) => id === spec.cluster.distribution)?.traits?.(api, spec.cluster.options);
  if (traits === undefined) throw new Error(`the distribution ${spec.cluster.distribution} says nothing about itself`);
  return traits;
}

const podNetworkOf = (spec: Spec): PodNetwork => {
  const cni = entryIn(spec, "cni");
  return cni?.component.podNetwork?.(cni.options) ?? { replacesKubeProxy: false, driver: "none" };
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

/** The VIP where there is one, else the first control plane. */
function apiAddress(spec: Spec): Ip {
  const { nodes } = spec;
  const entry = entryIn(spec, "api");
  const vip = entry && addressOptions(entry)[0]?.ip;
  const wanted = entry?.component.apiNode?.(entry.options);
  const named = wanted === undefined ? undefined : nodes.find(({ name }) => name === wanted);
  const first = named ?? nodes.find(({ role }) => role === "control-plane") ?? nodes[0];
  const address = vip ?? first?.ip;
  if (address === undefined) throw new Error("a plan needs at least one node; the schema lets none through");
  return address;
}

function gatewayObjects(spec: Spec): readonly Gateway[] {
  const component = entryIn(spec, "ingress")?.component;
  const provider = component?.gateways;
  if (component === undefined || provider === undefined) return [];
  return gatewaysOf(spec).flatMap(({ address, ...gateway }) =>
    address === undefined ? [] : [{ ...gateway, address, component: component.id, ...provider.object(gateway.name) }],
  );
}

function lanClaims(spec: Spec, hosts: readonly Host[]): readonly Claim[] {
  const router = routerOf(spec);
  const named = hosts.find(({ ip }) => ip === router);
  return [
    { ip: router, owner: named?.name ?? "router", role: "router", path: "lan.gateway", note: "default gateway" },
    ...hosts.map((host): Claim => ({
      ip: host.ip,
      owner: host.name,
      role: "host",
      path: `lan.hosts.${host.name}`,
      note: ["taken", ...host.software].join(", "),
      ...(host === named && { sameAs: true as const }),
    })),
  ];
}

const nodeClaims = (nodes: readonly Node[]): readonly Claim[] =>
  nodes.map(({ ip, name, role }) => ({
    ip,
    owner: name,
    role: "node",
    path: `cluster.nodes.${name}.ip`,
    note: role.replace("-", " "),
  }));

/** Where a component is in use more than once, the name of the entry tells its addresses apart. */
const componentClaims = (spec: Spec): readonly Claim[] =>
  spec.entries.flatMap((entry) => {
    const isAlone = spec.entries.filter(({ component }) => component === entry.component).length === 1;
    return addressOptions(entry).map(({ claim }) =>
      isAlone || entry.name === undefined ? claim : { ...claim, owner: `${claim.owner}-${entry.name}` },
    );
  });

function addressOptions(entry: SlotEntry): readonly { readonly ip: Ip; readonly claim: Claim }[] {
  return (entry.component.addresses ?? []).flatMap(({ key, from, owner, role, note }) => {
    const ip = (entry.options as Record<string, Ip | undefined>)[key];
    if (ip === undefined) return [];
    const claim: Claim = {
      ip,
      owner,
      role,
      path: `${entry.path}.${key}`,
      note,
      ...(from === "pool" && { fromPool: true as const }),
    };
    return [{ ip, claim }];
  });
}

function gatewayClaims(spec: Spec, gateways: readonly Gateway[]): readonly Claim[] {
  const path = entryIn(spec, "ingress")?.path ?? "ingress";
  return gateways.map(({ name, address, object, isDefault, public: way }) => ({
    ip: address,
    owner: object,
    role: "gateway",
    path: `${path}.gateways.${name}.address`,
    note: [
      isDefault ? "gateway, default" : "gateway",
      ...(way === undefined ? [] : [`reached from the internet by ${way}`]),
    ].join(", "),
    fromPool: true,
  }));
}
