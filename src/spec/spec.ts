/** homelab.yaml, read: every text parsed, every default filled in and remembered. Made by load.ts, read by src/plan. */
import type { Cidr, Ip, IpRange } from "../model/address.ts";
import type { PerFamily } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import type { SlotId } from "../model/unit.ts";
import type { Finding, SpecPath } from "../model/finding.ts";
import type { Hostname, Label } from "../model/names.ts";
import type { Zones } from "../model/zones.ts";
import type { Network } from "../model/networks.ts";
import type { Host, Machine } from "../model/plan.ts";
import type { Policies } from "../model/policies.ts";
import type { Reading } from "../yaml/read.ts";
import type { BgpSection } from "./bgp.ts";

type Values = Readonly<Record<string, unknown>>;

/** One component that stands in a slot. */
export interface SlotEntry {
  readonly slot: SlotId;
  /** In a slot of named entries, as the user calls it. */
  readonly name?: Label;
  /** As written, or the fallback's. */
  readonly provider: string;
  readonly component: Component;
  /** Values of the keys that every position or entry of the slot has, parsed. */
  readonly shared: Values;
  /** Values of the component's own keys, parsed by its schema. */
  readonly options: Values;
  /** In a slot for one: it is not who stands there, but entries name it. */
  readonly beside?: true;
  /** Where its keys stand: `cni`, `certificates.letsencrypt`, `dns.publish.cloudflare`. */
  readonly path: SpecPath;
}

export interface Default {
  /** As it could be written in the file. */
  readonly value: unknown;
  readonly because: string;
}

export interface Spec {
  readonly version: 1;
  readonly name: Label;
  readonly domains: readonly Hostname[];
  /** `path` is the folder everything lies in, `""` for the root. */
  readonly repository: {
    readonly url: string;
    readonly private: boolean;
    readonly branch: string;
    readonly path: string;
  };
  readonly lan: {
    readonly cidr: PerFamily<Cidr>;
    /** `undefined`: to be proposed. */
    readonly gateway: PerFamily<Ip> | undefined;
    readonly dhcp: IpRange | undefined;
    /** Addresses, or names of `hosts` that exist. */
    readonly dns: readonly (Ip | Label)[];
    readonly ntp: readonly (Ip | Hostname)[];
    /** In the order of the file; at `lan.hosts.<name>`. */
    readonly hosts: readonly Host[];
  };
  /** In the order of the file, at `networks.<name>`. */
  readonly networks: readonly Network[];
  readonly cluster: {
    readonly distribution: string;
    readonly hardware: string;
    readonly pods: PerFamily<Cidr>;
    readonly services: PerFamily<Cidr>;
    /** `1.36`. */
    readonly kubernetes: string;
    /** Keys of the distribution and of the hardware. */
    readonly options: Readonly<Record<string, unknown>>;
  };
  readonly bgp: BgpSection | undefined;
  /** In the order of the file, with what `cluster.nodeDefaults` says; at `cluster.nodes.<name>`. */
  readonly nodes: readonly Machine[];
  /** What stands in the slots: in the order of the catalog, and names of the user in the order of the file. */
  readonly entries: readonly SlotEntry[];
  /** What each slot says that is not about one entry: the `shared` of its entries, nothing where they have names. */
  readonly settings: ReadonlyMap<SlotId, Values>;
  /** In the order of the file, at `dns.records.<index>`. `to`: an address, or a name somebody should have. */
  readonly records: readonly { readonly name: Hostname; readonly to: Ip | Label }[];
  /** At `dns.zones`: one word stands below the first domain. */
  readonly zones: { readonly [Zone in keyof Zones]: Hostname | Label };
  /** At `policies.defaultDeny.<namespace>`, `policies.allow.<index>` and `policies.names.<namespace>.<index>`. */
  readonly policies: Policies;
  /** Rule id → the user's reason. */
  readonly silence: ReadonlyMap<string, string>;
  /** Every key with a value the user did not write there. */
  readonly defaults: ReadonlyMap<SpecPath, Default>;
}

export interface Loaded {
  /** `undefined` when one of the findings is an error. */
  readonly spec: Spec | undefined;
  /** In the order of the file, with places. */
  readonly findings: readonly Finding[];
  readonly reading: Reading;
}

/** One key that may be written, for completion, help and docs. */
export interface SpecKey {
  /** `cluster.nodes.*.ip`; `*` stands for a name the user gives. */
  readonly path: string;
  readonly description: string;
  /** "an IPv4 address", "a list of host names". */
  readonly type: string;
  readonly values?: readonly string[];
  /** Key below that a bare value stands for. */
  readonly short?: string;
  /** As it could be written. */
  readonly default?: unknown;
  readonly example?: unknown;
  /** Providers and platforms that have the key; absent when all do. */
  readonly only?: readonly string[];
}
