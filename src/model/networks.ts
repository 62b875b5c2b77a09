/** Networks beside the LAN and beside that of the pods, and what nodes have for them. */
import type { Cidr } from "./address.ts";
import type { PerFamily } from "./families.ts";
import type { SpecPath } from "./finding.ts";
import type { Label } from "./names.ts";

/** A network of the house beside the LAN: a VLAN, a VPN, Docker's. */
export interface Network {
  readonly name: Label;
  readonly cidrs: PerFamily<Cidr>;
  readonly vlan: number | undefined;
  /** The card of the nodes that is in it, as their system calls it. */
  readonly interface?: string | undefined;
  /** Its frames reach that card with the tag of the VLAN. */
  readonly tagged: boolean;
  readonly attach?: Attach | undefined;
}

/** How pods stand in a network of the house, with an interface beside that of the pod network. */
export interface Attach {
  readonly type: "macvlan";
  readonly mode: "bridge" | "private";
  readonly ipam: "dhcp" | "static";
  /** What annotations say. */
  readonly name: Label;
  readonly namespaces: readonly Label[];
  /** As written; all nodes when absent. */
  readonly nodes?: readonly Label[] | undefined;
}

/** Folders of a node in which pod networks meet, and the programs of containernetworking/plugins that are not there. */
export interface CniFolders {
  readonly configuration: string;
  readonly programs: string;
  /** Network namespaces of pods, as the runtime names them. */
  readonly namespaces: string;
  readonly lacks: readonly string[];
}

/** A network that a component makes up. */
export interface OwnNetwork {
  /** To stand in a sentence: "the bridge of Nomad". */
  readonly what: string;
  /** Where it is written. */
  readonly path: SpecPath;
  readonly cidr: Cidr;
}
