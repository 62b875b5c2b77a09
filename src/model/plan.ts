/** The spec with everything decided. Made by src/plan, read by everybody below the questions. */
import type { VirtualMachine } from "./machines.ts";
import type { Cidr, Family, Ip, IpRange } from "./address.ts";
import type { Component, Lacks } from "./component.ts";
import type { PerFamily } from "./families.ts";
import type { SpecPath } from "./finding.ts";
import type { Hostname, Label } from "./names.ts";
import type { CniFolders, Network } from "./networks.ts";
import type { ComponentId, Pin, PinId, SlotId, UnitId } from "./unit.ts";

export type Role = "control-plane" | "worker";

/** A node as the spec says it. */
export interface Machine {
  readonly name: Label;
  /** Of the first family of the network, where it has one of it: what it is called by. */
  readonly ip: Ip;
  readonly ips: PerFamily<Ip>;
  readonly role: Role;
  /** What the platform asked for beside that, defaults filled in: `interface`, `disk`, … */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Node extends Machine {
  /** Where the repository makes it: as what. */
  readonly made?: VirtualMachine;
  /** Whether ordinary pods run on it: a worker, or a control plane that is not kept free. */
  readonly runsPods: boolean;
}

/** A device on the LAN that is not a cluster node. */
export interface Host {
  readonly name: Label;
  /** As a machine's. */
  readonly ip: Ip;
  readonly ips: PerFamily<Ip>;
  readonly software: readonly string[];
}

export interface Resolver {
  /** An address, or the name of a host of the LAN. */
  readonly written: string;
  /** Undefined for a name nobody has. */
  readonly ip: Ip | undefined;
  readonly path: SpecPath;
}

/** Addresses of one family. A pool of the spec with two families is two of these, with one name. */
export interface Pool {
  readonly name: Label;
  readonly range: IpRange;
  readonly path: SpecPath;
}

/** A value and where it stands. */
export interface Placed<Value> {
  readonly value: Value;
  readonly path: SpecPath;
}

/**
 * What one address family has. Something missing is for the rules to find, not for the plan: where there is a second
 * family at all, LAN, pods, Services and nodes have it.
 */
export interface Stack {
  readonly family: Family;
  readonly lan: Placed<Cidr> | undefined;
  readonly router: Placed<Ip> | undefined;
  readonly pods: Placed<Cidr> | undefined;
  readonly services: Placed<Cidr> | undefined;
}

/** What stands in the cluster for a gateway of the spec. */
export interface GatewayObject {
  /** The object that routes name: `envoy-internal`. */
  readonly object: string;
  readonly namespace: string;
  /** The Service beside it that has its address. */
  readonly service: string;
  /** Its GatewayClass or IngressClass: what DNS servers and issuers look for. */
  readonly className: string;
  /** The unit that carries it: routes come after. */
  readonly unit: UnitId;
}

export interface Gateway extends GatewayObject {
  /** As in the spec: `internal`. */
  readonly name: Label;
  /** Who carries its requests. Gateways of one network may differ in it. */
  readonly component: ComponentId;
  /** Of the first family of the network, where it has one of it. */
  readonly address: Ip;
  readonly addresses: PerFamily<Ip>;
  readonly isDefault: boolean;
  /** The way in from the internet, by the id of its component; undefined for a gateway of the LAN alone. */
  readonly public: string | undefined;
  /** Id of the tunnel it is at the end of, where the spec knows it. */
  readonly tunnel?: string | undefined;
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

/** A name that no gateway answers. */
export interface DnsRecord {
  readonly name: Hostname;
  /** An address, or the name of a machine. */
  readonly written: string;
  /** Undefined for a name nobody has. */
  readonly ip: Ip | undefined;
  /** Of a machine with two families, both. */
  readonly ips: readonly Ip[];
  readonly path: SpecPath;
}

/** What nodes and distributions have to know of a pod network. */
export interface PodNetwork {
  /** It carries traffic to Services itself; kube-proxy is not installed. */
  readonly replacesKubeProxy: boolean;
  /** Whether it handles packets in the driver of the network card (XDP). */
  readonly driver: "none" | "best-effort" | "native";
}

/** One use of a component: what the spec says of it. Components without a switch have neither slot nor path. */
export interface Chosen<Options = unknown> {
  readonly component: Component<Options>;
  readonly slot?: SlotId;
  /** In a slot of named entries, the name of this one. */
  readonly name?: Label;
  readonly path?: SpecPath;
  /** Parsed, defaults filled in. */
  readonly options: Options;
  /** Values of the keys that every entry of its slot has. */
  readonly shared: Readonly<Record<string, unknown>>;
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
  /** Components it installs by itself, by their ids: nobody installs them a second time. */
  readonly brings: readonly ComponentId[];
  /** Its kubelets ask the cluster for their serving certificates, which somebody has to approve. */
  readonly rotatesServingCertificates: boolean;
  /** Where its container runtime looks for pod networks, and what it has of them itself. */
  readonly cni: CniFolders;
  /** IP families it does not work with. */
  readonly lacks: Lacks;
  /** Control planes run ordinary pods, and announce addresses. */
  readonly controlPlanesRunPods: boolean;
}

export interface Plan {
  readonly name: Label;
  /** Folder of the repository everything lies under, `""` or `clusters/home`. */
  readonly root: string;
  readonly domains: readonly Hostname[];
  readonly repository: {
    readonly url: string;
    readonly branch: string;
    /** What it takes to read it. */
    readonly access: "public" | "token" | "deploy-key";
  };
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
  readonly networks: readonly Network[];
  /** One a family in use; the first is the one Kubernetes lists first, and what `lan` and `cluster` say. */
  readonly stacks: readonly [Stack, ...Stack[]];
  readonly cluster: {
    readonly distribution: string;
    readonly hardware: string;
    readonly pods: Cidr;
    readonly services: Cidr;
    readonly kubernetes: {
      readonly minor: string;
      /** The release of it that is installed; undefined where the distribution is not offered with that version. */
      readonly pin: Pin | undefined;
      /** Minor versions it is offered with, the newest first. */
      readonly offered: readonly string[];
    };
    /** Where kubectl and nodes find the API. */
    readonly api: { readonly address: Ip; readonly addresses: PerFamily<Ip>; readonly port: number };
    readonly traits: Traits;
    readonly podNetwork: PodNetwork;
    /** Options of the distribution and of the hardware, defaults filled in. */
    readonly options: Readonly<Record<string, unknown>>;
  };
  readonly nodes: readonly Node[];
  readonly pools: readonly Pool[];
  readonly gateways: readonly Gateway[];
  readonly records: readonly DnsRecord[];
  /** What everything in use is pinned at in a new repository; Kubernetes is `kubernetes`, whatever minor version it is. */
  readonly pins: ReadonlyMap<PinId, Pin>;
  /** Every component in use, in the order of the catalog; one of a slot of named entries as often as it is named. */
  readonly chosen: readonly Chosen[];
  /** What a slot says beside its components, for slots that stand for several (`certificates.default`). */
  readonly settings: ReadonlyMap<SlotId, Readonly<Record<string, unknown>>>;
  readonly addresses: AddressBook;
  /** Annotations that make the load balancer in use give a Service these addresses and no others. */
  addressAnnotations(ips: readonly Ip[]): Readonly<Record<string, string>>;
  /** Rule id → the user's reason. */
  readonly silenced: ReadonlyMap<string, string>;
  /** Keys whose value the user did not write, with the reason for the value. */
  readonly defaults: ReadonlyMap<SpecPath, { readonly value: unknown; readonly because: string }>;
}
