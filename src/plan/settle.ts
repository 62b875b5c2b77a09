/**
 * Defaults a running network depends on, for `create` to write down beside the proposals: the version of Kubernetes,
 * the ranges inside the cluster, which component stands in each slot, and what components settle.
 */
import { overlaps, parseCidr, type Cidr } from "../model/address.ts";
import type { Catalog } from "../model/component.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Settling } from "../model/settled.ts";
import type { Spec } from "../spec/spec.ts";
import type { Proposal } from "./proposal.ts";
import { gatewaysOf } from "./sections.ts";
import { insideIpv6 } from "./stacks.ts";
import { kubernetesFor } from "./versions.ts";

// What nodes and pods were given once and cannot be given anew.
const PODS = "cluster.pods";
const SERVICES = "cluster.services";

// Private (RFC 1918), in common use for clusters, far from what home routers give out, and apart from each other.
const OTHERS = ["10.244.0.0/16", "10.96.0.0/16", "172.30.0.0/16", "172.31.0.0/16"].map(
  (text) => parseCidr(text) as Cidr,
);

/** `was` is the network before the change that is being made: what it did not say stays what it was. */
export const settle = (spec: Spec, catalog: Catalog, was: Spec = spec): readonly Proposal[] => [
  ...kubernetesFor(spec, catalog),
  ...ranges(spec),
  ...providers(spec, catalog),
  ...settledOptions(spec, was),
];

/** A range for each family of the LAN. */
function ranges(spec: Spec): readonly Proposal[] {
  const { lan, networks, cluster, defaults } = spec;
  const open = [PODS, SERVICES].filter((path) => defaults.has(path));
  const given = [
    ...lan.cidr,
    ...networks.flatMap(({ cidrs }) => cidrs),
    ...(open.includes(PODS) ? [] : cluster.pods),
    ...(open.includes(SERVICES) ? [] : cluster.services),
  ];
  return open.flatMap((path) => {
    const usual = path === PODS ? cluster.pods[0] : cluster.services[0];
    const found = lan.cidr.map((own) => freeRange(own, path, usual, given));
    if (found.some((range) => range === undefined)) return [];
    const free = found as readonly Cidr[];
    given.push(...free);
    const reasons = free.map((range) => reasonFor(range, usual, defaults.get(path)?.because ?? ""));
    const texts = free.map(({ text }) => text);
    return [{ path, value: texts.length === 1 ? (texts[0] ?? "") : texts, because: reasons.join("; ") }];
  });
}

function freeRange(lan: Cidr, path: SpecPath, usual: Cidr, given: readonly Cidr[]): Cidr | undefined {
  const candidates =
    lan.family === 4
      ? [usual, ...OTHERS]
      : insideIpv6(lan).map(({ pods, services }) => (path === PODS ? pods : services));
  return candidates.find((candidate) => !given.some((other) => overlaps(candidate, other)));
}

function reasonFor(range: Cidr, usual: Cidr, because: string): string {
  if (range.family === 6) return "the IPv6 range is private, and no provider changes it";
  return range === usual ? because : "the usual range is in use in your house";
}

const providers = ({ entries, defaults }: Spec, { slots }: Catalog): readonly Proposal[] =>
  entries.flatMap(({ slot: id, path: at, provider, name, beside }): readonly Proposal[] => {
    const slot = slots.find((candidate) => candidate.id === id);
    if (beside || (slot?.form === "one" && slot.silence !== undefined)) return [];
    const path = `${at}.provider`;
    const because = defaults.get(path)?.because ?? defaults.get(at)?.because;
    return because === undefined || name !== undefined ? [] : [{ path, value: provider, because }];
  });

function settledOptions(spec: Spec, was: Spec): readonly Proposal[] {
  return spec.entries.flatMap(({ component, options, path, name }): readonly Proposal[] => {
    const before = was.entries.find((entry) => entry.path === path && entry.component === component);
    return (component.settled ?? []).flatMap(({ key, from }) => {
      const settled = options[key] === undefined ? from(settling(before === undefined ? spec : was), name) : undefined;
      return settled === undefined ? [] : [{ path: `${path}.${key}`, ...settled }];
    });
  });
}

const settling = (spec: Spec): Settling => ({ name: spec.name, nodes: spec.nodes, gateways: gatewaysOf(spec) });
