/** Who the spec gives which address, of either family. */
import type { Ip } from "../model/address.ts";
import type { Bgp, BgpPeer } from "../model/bgp.ts";
import { pathIn } from "../model/families.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Label } from "../model/names.ts";
import type { Host, Node } from "../model/plan.ts";
import type { Claim } from "../model/addressBook.ts";
import type { Gateway } from "../model/gateway.ts";
import type { SlotEntry, Spec } from "../spec/spec.ts";
import { addressesAt, carriesOnNodes, entryIn, isRouted, routersOf } from "./sections.ts";

interface Owners {
  readonly nodes: readonly Node[];
  readonly gateways: readonly Gateway[];
  readonly bgp: Bgp | undefined;
}

export const claimsOf = (spec: Spec, { nodes, gateways, bgp }: Owners): readonly Claim[] => [
  ...lanClaims(spec),
  ...(bgp?.peers ?? []).flatMap((peer) => peerClaims(peer, spec)),
  ...nodes.flatMap(nodeClaims),
  ...[...componentClaims(spec), ...gatewayClaims(spec, gateways)].map((claim) =>
    claim.fromPool && carriesOnNodes(spec) ? onNode(claim, nodes) : claim,
  ),
];

/** Where Services have addresses of nodes. */
function onNode({ fromPool: _fromPool, ...claim }: Claim, nodes: readonly Node[]): Claim {
  return { ...claim, onNode: { name: nodes.find(({ ips }) => ips.includes(claim.ip))?.name } };
}

/** A claim for each family. */
const each = (ips: readonly Ip[], path: SpecPath, claim: Omit<Claim, "ip" | "path">): readonly Claim[] =>
  ips.map((ip, index) => ({ ...claim, ip, path: pathIn(path, ips, index) }));

function lanClaims(spec: Spec): readonly Claim[] {
  const { hosts } = spec.lan;
  const routers = routersOf(spec);
  const named = hosts.find(({ ips }) => ips.some((ip) => routers.includes(ip)));
  const router = { owner: named?.name ?? "router", role: "router", note: "default gateway" } as const;
  const carrier = apiHost(spec);
  return [
    ...each(routers, "lan.gateway", router),
    ...hosts.flatMap((host) => hostClaims(host, routers, host.name === carrier ? ["Kubernetes API"] : [])),
  ];
}

/** Who has the address of the API, where it has none of its own. */
function apiHost(spec: Spec): Label | undefined {
  const entry = entryIn(spec, "api");
  return entry === undefined || optionClaims(entry).length > 0
    ? undefined
    : entry.component.apiMachine?.(entry.options);
}

/** Where a host is the router, its address stands in two places and has one owner. */
const hostClaims = (
  { name, ips, software }: Host,
  routers: readonly Ip[],
  carries: readonly string[],
): readonly Claim[] =>
  each(ips, `lan.hosts.${name}`, {
    owner: name,
    role: "host",
    note: ["taken", ...software, ...carries].join(", "),
  }).map((claim) => (routers.includes(claim.ip) ? { ...claim, sameAs: true } : claim));

/** A router of `bgp` that is none of the machines named elsewhere. */
function peerClaims({ name, ips, addressPath }: BgpPeer, spec: Spec): readonly Claim[] {
  if (spec.lan.hosts.some((host) => host.name === name)) return [];
  const known = [...routersOf(spec), ...spec.lan.hosts.flatMap((host) => host.ips)];
  return each(ips, addressPath, { owner: name, role: "host", note: "router, speaks BGP" }).map((claim) =>
    known.includes(claim.ip) ? { ...claim, sameAs: true } : claim,
  );
}

const nodeClaims = ({ ips, name, role }: Node): readonly Claim[] =>
  each(ips, `cluster.nodes.${name}.ip`, { owner: name, role: "node", note: role.replace("-", " ") });

/** Where a component is in use more than once, the name of the entry tells its addresses apart. */
const componentClaims = (spec: Spec): readonly Claim[] =>
  spec.entries.flatMap((entry) => {
    const isAlone = spec.entries.filter(({ component }) => component === entry.component).length === 1;
    return optionClaims(entry).map((claim) =>
      isAlone || entry.name === undefined ? claim : { ...claim, owner: `${claim.owner}-${entry.name}` },
    );
  });

export const optionClaims = (entry: SlotEntry): readonly Claim[] =>
  (entry.component.addresses ?? []).flatMap((address) =>
    each(addressesAt(entry, address.key), `${entry.path}.${address.key}`, {
      owner: address.owner,
      role: address.role,
      note: address.note,
      ...(address.from === "pool" && { fromPool: true as const }),
      ...(isRouted(address, entry) && { routed: true as const }),
    }),
  );

function gatewayClaims(spec: Spec, gateways: readonly Gateway[]): readonly Claim[] {
  const path = entryIn(spec, "ingress")?.path ?? "ingress";
  return gateways.flatMap(({ name, addresses, service, isDefault, public: way }) =>
    each(addresses, `${path}.gateways.${name}.address`, {
      owner: service,
      role: "gateway",
      note: [
        isDefault ? "gateway, default" : "gateway",
        ...(way === undefined ? [] : [`reached from the internet by ${way}`]),
      ].join(", "),
      fromPool: true,
    }),
  );
}
