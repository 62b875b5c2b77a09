/** Links of a machine for networks that pods stand in, as netplan reads them (netplan documentation, YAML configuration). */
import { attachmentsAt } from "../../model/attachments.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { View, ViewValue } from "../../model/unit.ts";

/** Up without an address, and nothing that a start of the machine would wait for. */
const WITHOUT_ADDRESS = { dhcp4: false, dhcp6: false, "accept-ra": false, "link-local": [], optional: true } as const;

export const cardsView = (node: Node, plan: Plan): View => ({
  name: node.name,
  cards: some(
    (node.made?.cards ?? []).map(({ name, mac }): readonly [string, ViewValue] => [
      name,
      { match: { macaddress: mac }, "set-name": name, ...WITHOUT_ADDRESS },
    ]),
  ),
  vlans: some(
    attachmentsAt(node, plan).flatMap(({ network, card, link }): readonly (readonly [string, ViewValue])[] =>
      link === card || network.vlan === undefined ? [] : [[link, { id: network.vlan, link: card, ...WITHOUT_ADDRESS }]],
    ),
  ),
});

const some = (links: readonly (readonly [string, ViewValue])[]): ViewValue =>
  links.length > 0 ? Object.fromEntries(links) : null;

/** A machine may have nothing but the card with its address. */
export const hasLinks = ({ cards, vlans }: View): boolean => cards !== null || vlans !== null;
