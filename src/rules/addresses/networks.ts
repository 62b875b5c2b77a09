/** The networks of a plan as rules speak of them. */
import { contains, parseCidr, type Cidr, type Family, type Ip } from "../../model/address.ts";
import { pathIn } from "../../model/families.ts";
import type { SpecPath } from "../../model/finding.ts";
import type { Placed, Plan, Stack } from "../../model/plan.ts";

export interface NamedNetwork {
  /** `lan` and `other` are in the house, `own` is on its machines, the rest is inside the cluster. */
  readonly kind: "lan" | "other" | "own" | "pods" | "services";
  /** To stand in a sentence: "the pods", "the network vpn". */
  readonly what: string;
  readonly path: SpecPath;
  readonly cidr: Cidr;
}

const placed = (kind: NamedNetwork["kind"], what: string, place: Placed<Cidr> | undefined): readonly NamedNetwork[] =>
  place === undefined ? [] : [{ kind, what, path: place.path, cidr: place.value }];

/** Of both families; in the house first: what is inside the cluster is easier to move, and what a program makes up easiest. */
export const networksOf = ({ stacks, networks, chosen }: Plan): readonly NamedNetwork[] => [
  ...stacks.flatMap(({ lan }) => placed("lan", "the LAN", lan)),
  ...networks.flatMap(({ name, cidrs }) =>
    cidrs.map((cidr, index): NamedNetwork => ({
      kind: "other",
      what: `the network ${name}`,
      path: pathIn(`networks.${name}`, cidrs, index),
      cidr,
    })),
  ),
  ...stacks.flatMap(({ pods }) => placed("pods", "the pods", pods)),
  ...stacks.flatMap(({ services }) => placed("services", "the services", services)),
  ...chosen.flatMap(({ component, options }) =>
    (component.networks?.(options) ?? []).map((network): NamedNetwork => ({ kind: "own", ...network })),
  ),
];

/** "the pods lie", "the network vpn lies". */
export const verb = (network: NamedNetwork, plural: string, singular: string): string =>
  isInside(network) ? plural : singular;

/** Somebody else's network, of which nothing is known but where it is. */
export const isOthers = ({ kind }: NamedNetwork): boolean => kind === "other" || kind === "own";

export const isInside = ({ kind }: NamedNetwork): boolean => kind === "pods" || kind === "services";

/** The LAN an address would be in; none where the LAN has no network of its family (FAMILY-NETWORK). */
export const lanOf = ({ stacks }: Plan, family: Family): Stack["lan"] =>
  stacks.find((stack) => stack.family === family)?.lan;

// RFC 4291 §2.5.6: good on one link only, where every machine has one.
const LINK_LOCAL = parseCidr("fe80::/10") as Cidr;

export const isLinkLocal = (ip: Ip): boolean => contains(LINK_LOCAL, ip);

// This network, loopback and multicast (IANA Special-Purpose Address Registries).
const NOBODYS = ["0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "::/127", "ff00::/8"].map(
  (text) => parseCidr(text) as Cidr,
);

/** No machine is reached at it by whoever is told it: itself, nobody, all, or on another link somebody else. */
export const isNobodys = (ip: Ip): boolean => isLinkLocal(ip) || NOBODYS.some((network) => contains(network, ip));
