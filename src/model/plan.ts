/** The spec with everything decided. Made by src/plan, read by everybody below the questions. */
import type { VirtualMachine } from "./machines.ts";
import type { AddressBook, Asking, Pool } from "./addressBook.ts";
import type { Bgp } from "./bgp.ts";
import type { Cidr, Family, Ip, IpRange } from "./address.ts";
import type { Component } from "./component.ts";
import type { PerFamily } from "./families.ts";
import type { SpecPath } from "./finding.ts";
import type { Gateway } from "./gateway.ts";
import type { Hostname, Label } from "./names.ts";
import type { Network } from "./networks.ts";
import type { Policies } from "./policies.ts";
import type { Traits } from "./traits.ts";
import type { Pin, PinId, SlotId } from "./unit.ts";
import type { Zones } from "./zones.ts";

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

export type Architecture = "amd64" | "arm64";
export type Gpu = "nvidia" | "intel" | "amd";

/** What is known of a machine by what it is. */
export interface NodeTraits {
  readonly arch: Architecture;
  /** `Raspberry Pi 5`, where the machine is a board with an image or settings of its own. */
  readonly board?: "pi4" | "pi5";
  /** Its kernel gives programs 39 bits of addresses, and Envoy takes more. */
  readonly fewAddressBits?: true;
  /** Its network card has no native XDP. */
  readonly noDriverPath?: true;
}

export interface Node extends Machine {
  readonly traits: NodeTraits;
  readonly gpu?: Gpu | undefined;
  /** Where the repository makes it: as what. */
  readonly made?: VirtualMachine;
  /** Whether ordinary pods run on it: a worker, or a control plane that is not kept free, without a graphics card. */
  readonly runsPods: boolean;
}

/** A device on the LAN that is not a cluster node. */
export interface Host {
  readonly name: Label;
  /** As a machine's. */
  readonly ip: Ip;
  readonly ips: PerFamily<Ip>;
  readonly software: readonly string[];
  /** Ansible keeps it as it should be. */
  readonly managed: boolean;
  /** Whom scripts and Ansible log in as; absent where ssh decides. */
  readonly sshUser?: string | undefined;
  /** Folders that nodes mount by NFS. */
  readonly exports: readonly string[];
  readonly nodeExporter: boolean;
}

export interface Resolver {
  /** An address, or the name of a host of the LAN. */
  readonly written: string;
  /** Undefined for a name nobody has. */
  readonly ip: Ip | undefined;
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
  /** It stands in no list: the zone of the machines brings it. */
  readonly ofZone?: true;
}

/** What nodes and distributions have to know of a pod network. */
export interface PodNetwork {
  /** The repository, or the distribution beside Kubernetes itself. */
  readonly installedBy: "repository" | "distribution";
  /** How the distribution is to carry packets of pods, where it installs the pod network. */
  readonly backend?: string;
  /** It carries traffic to Services itself; kube-proxy is not installed. */
  readonly replacesKubeProxy: boolean;
  /** Pods of a Service with an address see who asks, though another node was asked. */
  readonly keepsClients?: true;
  /** What kube-proxy has to write its rules with, where it runs; either when absent. */
  readonly kubeProxyMode?: "iptables" | "nftables";
  /**
   * A connection to a port that a pod has on its node reaches the pod, and what the pod passes on to a Service arrives.
   * Absent: not, or nobody knows.
   */
  readonly hostPorts?: true;
  /** Whether it handles packets in the driver of the network card (XDP). */
  readonly driver: "none" | "best-effort" | "native";
  /** API groups whose policies it enforces. Objects of any other are applied, and nobody reads them. */
  readonly enforces: readonly string[];
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

export interface Plan extends Asking {
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
    /** Distributions the hardware makes machines for; every one when absent. */
    readonly madeFor?: readonly string[] | undefined;
    /** Page about what the machines need first, below docs/. */
    readonly hardwarePage?: string | undefined;
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
  /** Addresses of pools that several Services have together, because the spec says so. */
  readonly shared: readonly Ip[];
  /** Undefined where nobody speaks BGP with a router. */
  readonly bgp: Bgp | undefined;
  readonly gateways: readonly Gateway[];
  /** Those of the zone of the machines after those that are written. */
  readonly records: readonly DnsRecord[];
  readonly zones: Zones;
  /** What everything in use is pinned at in a new repository; Kubernetes is `kubernetes`, whatever minor version it is. */
  readonly pins: ReadonlyMap<PinId, Pin>;
  /** Every component in use, in the order of the catalog; one of a slot of named entries as often as it is named. */
  readonly chosen: readonly Chosen[];
  /** What a slot says beside its components, for slots that stand for several (`certificates.default`). */
  readonly settings: ReadonlyMap<SlotId, Readonly<Record<string, unknown>>>;
  readonly addresses: AddressBook;
  readonly policies: Policies;
  /** Rule id → the user's reason. */
  readonly silenced: ReadonlyMap<string, string>;
  /** Keys whose value the user did not write, with the reason for the value. */
  readonly defaults: ReadonlyMap<SpecPath, { readonly value: unknown; readonly because: string }>;
}
