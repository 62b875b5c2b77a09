/** Who has which address, and what Services get theirs from. */
import type { Ip, IpRange } from "./address.ts";
import type { SpecPath } from "./finding.ts";
import type { Label } from "./names.ts";

/** Addresses of one family. A pool of the spec with two families is two of these, with one name. */
export interface Pool {
  readonly name: Label;
  readonly range: IpRange;
  /** Only Services that ask for one of its addresses get one. */
  readonly onRequest: boolean;
  /** Where its addresses stand. */
  readonly path: SpecPath;
}

export type AddressRole = "network" | "router" | "host" | "node" | "api" | "gateway" | "service";

/** One address and its one owner. */
export interface Claim {
  readonly ip: Ip;
  /** `talos-cp-1`, `envoy-internal`, `Kubernetes API`. */
  readonly owner: string;
  readonly role: AddressRole;
  readonly path: SpecPath;
  /** One clause for the table: "VIP, moves between control planes". */
  readonly note?: string;
  /** A Service of type LoadBalancer: its address must come from a pool. */
  readonly fromPool?: true;
  /** A Service of type LoadBalancer where those have addresses of nodes: the name of the node, undefined where none has it. */
  readonly onNode?: { readonly name: Label | undefined };
  /** Routers are told the way to it, so it is of no LAN. */
  readonly routed?: true;
  /** A second name for the address of the same owner (the router named in `hosts` and as `lan.gateway`). */
  readonly sameAs?: true;
}

export interface AddressBook {
  /** In address order. Two claims of one address are a finding, not an error of the book. */
  readonly claims: readonly Claim[];
  ownersOf(ip: Ip): readonly Claim[];
  /** The address of a host, node or service by its name in the spec. */
  find(name: string): Ip | undefined;
}

/** How a Service asks for addresses, in the words of the load balancer in use. */
export interface Asking {
  /** Annotations that make it give a Service these addresses and no others. */
  addressAnnotations(ips: readonly Ip[]): Readonly<Record<string, string>>;
  /** Labels of such a Service: some load balancers have pools for Services with a label alone. */
  addressLabels(ips: readonly Ip[]): Readonly<Record<string, string>>;
}
