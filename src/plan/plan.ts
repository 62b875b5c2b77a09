/**
 * Spec → plan: every choice decided, every address owned. Pure, and it never refuses: what cannot work is found by
 * src/rules on the plan. A spec with open addresses is no plan yet; `propose` says what is missing.
 */
import type { Ip } from "../model/address.ts";
import { parseIp } from "../model/address.ts";
import type { Catalog, Component } from "../model/component.ts";
import type { Claim, Gateway, Host, Node, Plan, Resolver, Traits } from "../model/plan.ts";
import type { ChosenSlot, Spec } from "../spec/spec.ts";
import { addressBook } from "./addressBook.ts";
import { machinesOf } from "./machines.ts";
import { gatewaysOf, poolsOf, routerOf } from "./sections.ts";

const API_PORT = 6443;

export function planNetwork(spec: Spec, catalog: Catalog): Plan {
  const { nodes, defaults } = machinesOf(spec, catalog);
  const { hosts } = spec.lan;
  const gateways = gatewayObjects(spec);
  const claims = [
    ...lanClaims(spec, hosts),
    ...nodeClaims(nodes),
    ...componentClaims(spec),
    ...gatewayClaims(spec, gateways),
  ];
  const api = { address: apiAddress(spec, nodes), port: API_PORT };
  const addresses = addressBook(claims);
  const resolvers = resolversOf(spec, addresses.find);
  const draft: Plan = {
    name: spec.name,
    root: spec.repository.path,
    domains: spec.domains,
    repository: { url: spec.repository.url, branch: spec.repository.branch },
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
      api,
      traits: traitsOf(spec, catalog, api),
      options: spec.cluster.options,
    },
    nodes,
    pools: poolsOf(spec),
    gateways,
    providers: new Map([...spec.slots].map(([id, slot]) => [id, slot.component.id])),
    chosen: new Map([...spec.slots.values()].map((slot) => [slot.component.id, slot.options])),
    addresses,
    addressAnnotations: (ip) => spec.slots.get("load-balancer")?.component.addressAnnotations?.(ip) ?? {},
    silenced: spec.silence,
    defaults: new Map([...spec.defaults, ...defaults]),
  };
  return { ...draft, chosen: new Map([...draft.chosen, ...alwaysThere(draft, catalog)]) };
}

function traitsOf(spec: Spec, { platforms }: Catalog, api: Plan["cluster"]["api"]): Traits {
  const traits = platforms.find(({ id }) => id === spec.cluster.distribution)?.traits?.(api);
  if (traits === undefined) throw new Error(`the distribution ${spec.cluster.distribution} says nothing about itself`);
  return traits;
}

/** Components no switch chooses, with their default options: needed by the plan, or by one that was chosen. */
function alwaysThere(plan: Plan, catalog: Catalog): readonly (readonly [string, unknown])[] {
  const required = new Set(
    catalog.components.filter(({ id }) => plan.chosen.has(id)).flatMap(({ requires }) => requires ?? []),
  );
  return catalog.components
    .filter((component) => component.slot === undefined && (required.has(component.id) || component.needed?.(plan)))
    .map((component) => [component.id, component.options.parse({})] as const);
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
function apiAddress(spec: Spec, nodes: readonly Node[]): Ip {
  const slot = spec.slots.get("api");
  const vip = slot && addressOptions(slot)[0]?.ip;
  const key = slot?.component.controlPlaneKey;
  const named = key === undefined ? undefined : nodes.find(({ name }) => name === slot?.options[key]);
  const first = named ?? nodes.find(({ role }) => role === "control-plane") ?? nodes[0];
  const address = vip ?? first?.ip;
  if (address === undefined) throw new Error("a plan needs at least one node; the schema lets none through");
  return address;
}

function gatewayObjects(spec: Spec): readonly Gateway[] {
  const component = spec.slots.get("ingress")?.component;
  return gatewaysOf(spec).flatMap(({ name, address, isDefault }) => {
    const object = component?.gateway?.(name);
    return address === undefined || object === undefined ? [] : [{ name, address, isDefault, ...object }];
  });
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

const componentClaims = (spec: Spec): readonly Claim[] =>
  [...spec.slots.values()].flatMap((slot) => addressOptions(slot).map(({ claim }) => claim));

function addressOptions(slot: ChosenSlot): readonly { readonly ip: Ip; readonly claim: Claim }[] {
  const keys: NonNullable<Component["addresses"]> = slot.component.addresses ?? [];
  return keys.flatMap(({ key, from, owner, role, note }) => {
    const ip = (slot.options as Record<string, Ip | undefined>)[key];
    if (ip === undefined) return [];
    const claim: Claim = {
      ip,
      owner,
      role,
      path: `${slot.path}.${key}`,
      note,
      ...(from === "pool" && { fromPool: true as const }),
    };
    return [{ ip, claim }];
  });
}

function gatewayClaims(spec: Spec, gateways: readonly Gateway[]): readonly Claim[] {
  const path = spec.slots.get("ingress")?.path ?? "ingress";
  return gateways.map(({ name, address, object, isDefault }) => ({
    ip: address,
    owner: object,
    role: "gateway",
    path: `${path}.gateways.${name}.address`,
    note: isDefault ? "gateway, default" : "gateway",
    fromPool: true,
  }));
}
