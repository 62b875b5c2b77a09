/** Addresses of Services that a spec leaves open, from a pool or of nodes. */
import type { Ip, IpRange } from "../model/address.ts";
import type { AddressKey } from "../model/addressKey.ts";
import type { SlotEntry, Spec } from "../spec/spec.ts";
import { freeInPool } from "./free.ts";
import type { Proposal } from "./proposal.ts";
import { addressesAt, entryIn, gatewaysOf } from "./sections.ts";

/** Addresses of Services, in the order of the slots: DNS first, then the gateways. */
export function fromPool(spec: Spec, pool: IpRange, taken: Set<Ip>): readonly Proposal[] {
  const proposals: Proposal[] = [];
  const take = (): Ip | undefined => {
    const ip = freeInPool(pool, taken);
    if (ip !== undefined) taken.add(ip);
    return ip;
  };
  const because = "the next free address of the pool";
  for (const { entry, address } of missingAddresses(spec, "pool")) {
    const ip = take();
    if (ip !== undefined) proposals.push({ path: `${entry.path}.${address.key}`, value: ip, because });
  }
  const ingress = ingressIn(spec);
  if (ingress === undefined) return proposals;
  const gateways = gatewaysOf(spec);
  for (const gateway of gateways.filter(({ addresses }) => addresses === undefined)) {
    const ip = take();
    if (ip !== undefined)
      proposals.push({ path: `${ingress.path}.gateways.${gateway.name}.address`, value: ip, because });
  }
  const ip = gateways.length === 0 ? take() : undefined;
  if (ip !== undefined)
    proposals.push({ path: `${ingress.path}.gateways`, value: { internal: { address: ip, default: true } }, because });
  return proposals;
}

/** Addresses of Services where they have those of nodes: a gateway has its ports of a node for itself. */
export function onNodes(spec: Spec): readonly Proposal[] {
  const free = spec.nodes.filter(({ options }) => options["gpu"] === undefined);
  const [first] = free;
  if (first === undefined) return [];
  const because = "the address of a node: Services have no others";
  const gateways = gatewaysOf(spec);
  const taken = new Set(gateways.flatMap(({ addresses }) => addresses ?? []));
  const take = (): Ip | undefined => {
    const node = free.find(({ ips }) => !ips.some((ip) => taken.has(ip)));
    node?.ips.forEach((ip) => taken.add(ip));
    return node?.ip;
  };
  const ingress = ingressIn(spec);
  const path = `${ingress?.path}.gateways`;
  return [
    ...missingAddresses(spec, "pool").map(({ entry, address }) => ({
      path: `${entry.path}.${address.key}`,
      value: first.ip,
      because,
    })),
    ...(ingress === undefined ? [] : gateways)
      .filter(({ addresses }) => addresses === undefined)
      .flatMap(({ name }) => {
        const ip = take();
        return ip === undefined ? [] : [{ path: `${path}.${name}.address`, value: ip, because }];
      }),
    ...(ingress !== undefined && gateways.length === 0
      ? [{ path, value: { internal: { address: first.ip, default: true } }, because }]
      : []),
  ];
}

export function missingAddresses(
  spec: Spec,
  from: AddressKey["from"],
): readonly { readonly entry: SlotEntry; readonly address: AddressKey }[] {
  return spec.entries.flatMap((entry) =>
    addressKeys(entry, from)
      .filter(({ key }) => addressesAt(entry, key).length === 0)
      .map((address) => ({ entry, address })),
  );
}

const addressKeys = ({ component, options }: SlotEntry, from: AddressKey["from"]): readonly AddressKey[] =>
  (component.addresses ?? []).filter((address) => address.from === from && address.needed?.(options) !== false);

export const ingressIn = (spec: Spec): SlotEntry | undefined => {
  const entry = entryIn(spec, "ingress");
  return entry?.component.gateways === undefined ? undefined : entry;
};
