/** The links of a machine, as documents of Talos 1.13: BondConfig, VLANConfig, LinkConfig, LinkAliasConfig. */
import type { View, ViewValue } from "../../model/unit.ts";
import type { NodeOptions } from "./options.ts";

/** A name of our own for the link that has this MAC address; names like eth0 would clash with real ones (LinkAliasConfig). */
const ALIAS = "net0";
const BOND = "bond0";

export interface Links {
  /** The selector of the card, where it is found by its MAC address. */
  readonly selector: string | null;
  readonly alias: string;
  /** From the card up; the last one carries the address. */
  readonly documents: readonly View[];
  readonly carrier: string;
}

/** Undefined: the node names no link at all. */
export function linksOf({ interface: name, mac, bond, vlan, mtu }: NodeOptions): Links | undefined {
  const found = bond === undefined && mac !== undefined;
  const base = bond !== undefined ? BOND : found ? ALIAS : name;
  if (base === undefined) return undefined;
  const carrier = vlan === undefined ? base : `${base}.${vlan}`;
  const document = (about: string, kind: string, own: Readonly<Record<string, ViewValue>>): View => ({
    about,
    kind,
    ports: null,
    mode: null,
    tag: null,
    mtu: mtu ?? null,
    ...own,
    carries: own["name"] === carrier,
  });
  return {
    selector: found ? `mac(link.permanent_addr) == "${mac}"` : null,
    alias: ALIAS,
    documents: [
      bond === undefined
        ? document("The network card.", "LinkConfig", { name: base })
        : document("Several network cards that work as one.", "BondConfig", {
            name: base,
            ports: bond.interfaces,
            mode: bond.mode,
          }),
      ...(vlan === undefined
        ? []
        : [document("The VLAN that carries the address.", "VLANConfig", { name: carrier, tag: vlan, parent: base })]),
    ].map((one): View => ({ parent: null, ...one })),
    carrier,
  };
}

/** The card or cards in the words of the spec, for tables. */
export const linkText = ({ interface: name, mac, bond, vlan }: NodeOptions): string =>
  [bond?.interfaces.join(" + ") ?? mac ?? name ?? "", ...(vlan === undefined ? [] : [`VLAN ${vlan}`])].join(", ");
