/** The networks of a plan as rules speak of them. */
import type { Cidr } from "../../model/address.ts";
import type { SpecPath } from "../../model/finding.ts";
import type { Plan } from "../../model/plan.ts";

export interface NamedNetwork {
  /** `lan` and `other` are in the house, the rest is inside the cluster. */
  readonly kind: "lan" | "other" | "pods" | "services";
  /** To stand in a sentence: "the pods", "the network vpn". */
  readonly what: string;
  readonly path: SpecPath;
  readonly cidr: Cidr;
}

/** In the house first: what is inside the cluster is easier to move. */
export const networksOf = ({ lan, networks, cluster }: Plan): readonly NamedNetwork[] => [
  { kind: "lan", what: "the LAN", path: "lan.cidr", cidr: lan.cidr },
  ...networks.map(({ name, cidr }): NamedNetwork => ({
    kind: "other",
    what: `the network ${name}`,
    path: `networks.${name}`,
    cidr,
  })),
  { kind: "pods", what: "the pods", path: "cluster.pods", cidr: cluster.pods },
  { kind: "services", what: "the services", path: "cluster.services", cidr: cluster.services },
];

/** "the pods lie", "the network vpn lies". */
export const verb = ({ kind }: NamedNetwork, plural: string, singular: string): string =>
  kind === "pods" || kind === "services" ? plural : singular;

export const isInside = ({ kind }: NamedNetwork): boolean => kind === "pods" || kind === "services";
