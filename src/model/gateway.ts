import type { Ip } from "./address.ts";
import type { PerFamily } from "./families.ts";
import type { Label } from "./names.ts";
import type { ComponentId, RouteKind, UnitId } from "./unit.ts";

/** What stands in the cluster for a gateway of the spec. */
export interface GatewayObject {
  /** The object that routes name: `envoy-internal`. */
  readonly object: string;
  readonly routeKind: RouteKind;
  readonly namespace: string;
  /** The Service beside it that has its address. */
  readonly service: string;
  /** Its GatewayClass or IngressClass: what DNS servers and issuers look for. */
  readonly className: string;
  /** The unit that carries it: routes come after. */
  readonly unit: UnitId;
}

/** What the spec says of a gateway beside its address. */
export interface GatewayWish {
  /** As in the spec: `internal`. */
  readonly name: Label;
  readonly isDefault: boolean;
  /** Values of the keys that only its component or its way in has, parsed. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Gateway extends GatewayObject, GatewayWish {
  /** Who carries its requests. Gateways of one network may differ in it. */
  readonly component: ComponentId;
  /** Of the first family of the network, where it has one of it. */
  readonly address: Ip;
  readonly addresses: PerFamily<Ip>;
  /** The way in from the internet, by its word in homelab.yaml; undefined for a gateway of the LAN alone. */
  readonly public: string | undefined;
}
