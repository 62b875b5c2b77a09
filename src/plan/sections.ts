/** The shared keys of slots and core sections, typed once: pools, gateways, the router. */
import { nth, type Ip, type IpRange } from "../model/address.ts";
import type { Label } from "../model/names.ts";
import type { SlotId } from "../model/unit.ts";
import type { SlotEntry, Spec } from "../spec/spec.ts";

export interface PoolSection {
  readonly name: Label;
  readonly range: IpRange;
}

export interface GatewaySection {
  readonly name: Label;
  readonly address: Ip | undefined;
  readonly isDefault: boolean;
  readonly public: string | undefined;
  readonly tunnel: string | undefined;
}

export function poolsOf(spec: Spec): readonly PoolSection[] {
  const pools = spec.settings.get("load-balancer")?.["pools"] as Readonly<Record<Label, IpRange>> | undefined;
  return Object.entries(pools ?? {}).map(([name, range]) => ({ name: name as Label, range }));
}

/** A single gateway is the default one without being told. */
export function gatewaysOf(spec: Spec): readonly GatewaySection[] {
  const gateways = spec.settings.get("ingress")?.["gateways"] as
    | Readonly<Record<Label, { address?: Ip; default?: boolean; public?: string; tunnel?: string }>>
    | undefined;
  const entries = Object.entries(gateways ?? {});
  return entries.map(([name, gateway]) => ({
    name: name as Label,
    address: gateway.address,
    isDefault: gateway.default ?? entries.length === 1,
    public: gateway.public,
    tunnel: gateway.tunnel,
  }));
}

/** The router, or where most routers are: the first address of the LAN. */
export const routerOf = (spec: Spec): Ip => spec.lan.gateway ?? nth(spec.lan.cidr, 1);

/** What stands in a slot for one. Undefined where the catalog has no such slot. */
export const entryIn = (spec: Spec, slot: SlotId): SlotEntry | undefined =>
  spec.entries.find((entry) => entry.slot === slot);
