/** The spec with everything decided. Made by src/plan, read by everybody below the questions. */
import type { Cidr, Ip, IpRange } from "./address.ts";
import type { ComponentId, SlotId } from "./component.ts";
import type { SpecPath } from "./finding.ts";
import type { Hostname, Label } from "./names.ts";

export type Role = "control-plane" | "worker";

export interface Node {
  readonly name: Label;
  readonly ip: Ip;
  readonly role: Role;
  /** What the platform asked for beside that, defaults filled in: `interface`, `disk`, … */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A device on the LAN that is not a cluster node. */
export interface Host {
  readonly name: Label;
  readonly ip: Ip;
  readonly software: readonly string[];
}

export interface Resolver {
  /** An address, or the name of a host of the LAN. */
  readonly written: string;
  /** Undefined for a name nobody has. */
  readonly ip: Ip | undefined;
  readonly path: SpecPath;
}

export interface Pool {
  readonly name: Label;
  readonly range: IpRange;
}

export interface Gateway {
  /** As in the spec: `internal`. */
  readonly name: Label;
  /** As in the cluster, set by the gateway's component: `envoy-internal`. */
  readonly object: string;
  readonly namespace: string;
  readonly address: Ip;
  readonly isDefault: boolean;
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

/** What components and rules have to know of a distribution, without knowing which one it is. */
export interface Traits {
  /** Where agents in the network of a node reach an API server while there are no Services yet. */
  readonly localApi: { readonly host: string; readonly port: number };
  /** It is the operating system too: it puts addresses on links and installs itself on a disk. */
  readonly ownsMachine: boolean;
  /** It mounts cgroups itself, and pods may load no kernel modules. */
  readonly closedHost: boolean;
  /** It sends the questions of pods to a resolver on their node. */
  readonly resolvesOnNode: boolean;
}

export interface Plan {
  readonly name: Label;
  /** Folder of the repository everything lies under, `""` or `clusters/home`. */
  readonly root: string;
  readonly domains: readonly Hostname[];
  readonly repository: { readonly url: string; readonly branch: string };
  readonly engine: string;
  readonly lan: {
    readonly cidr: Cidr;
    readonly gateway: Ip;
    readonly dhcp: IpRange | undefined;
    readonly resolvers: readonly Resolver[];
    /** Their addresses. */
    readonly dns: readonly Ip[];
    readonly ntp: readonly string[];
    readonly hosts: readonly Host[];
  };
  readonly cluster: {
    readonly distribution: string;
    readonly hardware: string;
    readonly pods: Cidr;
    readonly services: Cidr;
    /** Where kubectl and nodes find the API. */
    readonly api: { readonly address: Ip; readonly port: number };
    readonly traits: Traits;
    /** Options of the distribution and of the hardware, defaults filled in. */
    readonly options: Readonly<Record<string, unknown>>;
  };
  readonly nodes: readonly Node[];
  readonly pools: readonly Pool[];
  readonly gateways: readonly Gateway[];
  /** Component taken for each slot that has one. */
  readonly providers: ReadonlyMap<SlotId, ComponentId>;
  /** Options of every component in use, parsed, defaults filled in. */
  readonly chosen: ReadonlyMap<ComponentId, unknown>;
  readonly addresses: AddressBook;
  /** Annotations that make the load balancer in use give a Service this address and no other. */
  addressAnnotations(ip: Ip): Readonly<Record<string, string>>;
  /** Rule id → the user's reason. */
  readonly silenced: ReadonlyMap<string, string>;
  /** Keys whose value the user did not write, with the reason for the value. */
  readonly defaults: ReadonlyMap<SpecPath, { readonly value: unknown; readonly because: string }>;
}
