/** Links of a machine for networks that pods stand in: up, and without an address of the machine. */
import { attachmentsAt, extraCards } from "../../model/attachments.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";
import { linksOf } from "./links.ts";

/** As in links.ts, from the second card on. */
const aliasOf = (index: number): string => `net${index + 1}`;

/** Documents in the order they build on each other: aliases, cards, VLANs. */
export function attachedLinks(node: Node, plan: Plan): readonly View[] {
  const cards = extraCards(node, plan).map((name, index) => {
    const mac = node.made?.cards.find((card) => card.name === name)?.mac;
    return { name, mac, link: mac === undefined ? name : aliasOf(index) };
  });
  const own = linksOf(node.options)?.documents[0]?.["name"];
  const vlans = attachmentsAt(node, plan).flatMap(({ network, card, link }) =>
    link === card
      ? []
      : [
          {
            link,
            tag: network.vlan,
            parent: cards.find(({ name }) => name === card)?.link ?? own,
            network: network.name,
          },
        ],
  );
  return [
    ...cards.flatMap(({ mac, link }) =>
      mac === undefined
        ? []
        : [{ ...EMPTY, kind: "LinkAliasConfig", name: link, match: `mac(link.permanent_addr) == "${mac}"` }],
    ),
    ...cards.map(({ link, name }) => ({ ...EMPTY, kind: "LinkConfig", name: link, about: `The card ${name}` })),
    ...vlans.map(({ link, tag, parent, network }) => ({
      ...EMPTY,
      kind: "VLANConfig",
      name: link,
      tag,
      parent,
      about: `The network ${network}`,
    })),
  ];
}

const EMPTY = { about: null, match: null, tag: null, parent: null } as const;
