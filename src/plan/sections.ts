/** The shared keys of slots and core sections, typed once: pools, gateways, the router. */
import { nth, type Ip, type IpRange } from "../model/address.ts";
import type { Label } from "../model/names.ts";
import type { Spec } from "../spec/spec.ts";

export interface PoolSection {
  readonly name: Label;
  readonly range: IpRange;
}

export interface GatewaySection {
  readonly name: Label;
  readonly address: Ip | undefined;
  readonly isDefault: boolean;
}

export function poolsOf(spec: Spec): readonly PoolSection[] {
  const pools = spec.slots.get("load-balancer")?.shared["pools"] as Readonly<Record<Label, IpRange>> | undefined;
  return Object.entries(pools ?? {}).map(([name, range]) => ({ name: name as Label, range }));
}

/** A single gateway is the default one without being told. */
export function gatewaysOf(spec: Spec): readonly GatewaySection[] {
  const gateways = spec.slots.get("ingress")?.shared["gateways"] as
    | Readonly<Record<Label, { address?: Ip; default?: boolean }>>
    | undefined;
  const entries = Object.entries(gateways ?? {});
  return entries.map(([name, gateway]) => ({
    name: name as Label,
    address: gateway.address,
    isDefault: gateway.default ?? entries.length === 1,
  }));
}

/** The router, or where most routers are: the first address of the LAN. */
export const routerOf = (spec: Spec): Ip => spec.lan.gateway ?? nth(spec.lan.cidr, 1);
