/** Passings as firewalls take them: numbered, each of one address to one other, and several addresses in a list with a name. */
import type { Family } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import type { Passing } from "./flows.ts";

export type AddressList = {
  readonly name: string;
  readonly family: Family;
  readonly addresses: readonly string[];
};

export type FirewallRule = {
  readonly number: number;
  /** Of the chain it is in, where that is one of ours: `home-forward`. */
  readonly name: string;
  readonly family: Family;
  /** `input` of what ends at the router. */
  readonly chain: "input" | "forward";
  readonly needed: boolean;
  /** One of the two is null. */
  readonly from: string | null;
  readonly list: string | null;
  readonly to: string;
  readonly protocol: "tcp" | "udp" | null;
  /** `80,443`; null for every port. */
  readonly ports: string | null;
  /** In letters that need no quotes anywhere. */
  readonly why: string;
};

export function firewallRules(passings: readonly Passing[], { name }: Pick<Plan, "name">): readonly FirewallRule[] {
  const each = passings.flatMap(({ from, to, protocol, ports, because, ...rest }) =>
    to.texts.map((text) => ({
      family: rest.family,
      name: chainName(name, rest.own, rest.family),
      chain: rest.own ? ("input" as const) : ("forward" as const),
      needed: rest.needed,
      ...(from.texts.length === 1
        ? { from: from.texts[0] ?? "", list: null }
        : { from: null, list: listName(name, { from, family: rest.family }) }),
      to: text,
      protocol: protocol ?? null,
      ports: ports.length === 0 ? null : ports.join(","),
      why: `${name}: ${because}`.replace(/[^A-Za-z0-9 .:_-]/g, ""),
    })),
  );
  return each.map((rule, index) => ({ number: 10 * (index + 1), ...rule }));
}

export function addressLists(passings: readonly Passing[], { name }: Pick<Plan, "name">): readonly AddressList[] {
  const several = passings.filter(({ from }) => from.texts.length > 1);
  return [
    ...new Map(
      several.map(({ from, family }) => {
        const list = listName(name, { from, family });
        return [list, { name: list, family, addresses: from.texts }] as const;
      }),
    ).values(),
  ];
}

/** Chains of our own that rules stand in, each once. */
export const chainsOf = (
  rules: readonly FirewallRule[],
): readonly Pick<FirewallRule, "name" | "chain" | "family">[] => [
  ...new Map(rules.map(({ name, chain, family }) => [name, { name, chain, family }])).values(),
];

const chainName = (cluster: string, own: boolean, family: Family): string =>
  `${cluster}-${own ? "input" : "forward"}${family === 6 ? "-v6" : ""}`;

const listName = (cluster: string, { from, family }: Pick<Passing, "from" | "family">): string =>
  [cluster, ...from.name.split(" "), ...(family === 6 ? ["v6"] : [])].join("-");
