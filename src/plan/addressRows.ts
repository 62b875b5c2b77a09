/** The addresses of a network as people read them: in order, neighbours of one kind in one line. */
import {
  contains,
  offset,
  rangeOf,
  shortRange,
  size,
  toNumber,
  type Family,
  type Ip,
  type IpRange,
} from "../model/address.ts";
import { both } from "../model/families.ts";
import type { Plan, Stack } from "../model/plan.ts";
import type { Claim } from "../model/addressBook.ts";

export type AddressRow = {
  readonly address: string;
  readonly what: string;
  readonly note: string;
  /** An address of the pool in a row before. */
  readonly ofPool: boolean;
};

/** Machines or services that follow each other and are alike: pve1 to pve4, the control planes. */
export interface Group {
  readonly range: IpRange;
  readonly owners: readonly string[];
  readonly note: string;
}

export function addressRows(plan: Plan): readonly AddressRow[] {
  const rows = [...groupRows(plan), ...poolRows(plan), ...dhcpRows(plan)].sort(
    (a, b) => rank(a, plan) - rank(b, plan) || (a.at < b.at ? -1 : 1),
  );
  return [
    ...rows.map(({ row }) => row),
    ...plan.networks.map(({ name, cidrs, vlan }) => ({
      address: both(cidrs),
      what: `network ${name}`,
      note: vlan === undefined ? "beside the LAN" : `VLAN ${vlan}, beside the LAN`,
      ofPool: false,
    })),
    ...inside("pods", (stack) => stack.pods, plan),
    ...inside("Services", (stack) => stack.services, plan),
  ];
}

const inside = (what: string, of: (stack: Stack) => Stack["pods"], { stacks }: Plan): readonly AddressRow[] =>
  stacks.flatMap((stack) => {
    const range = of(stack)?.value.text;
    return range === undefined ? [] : [{ address: range, what, note: "inside the cluster", ofPool: false }];
  });

const rank = ({ family }: Placed, { stacks }: Plan): number => stacks.findIndex((stack) => stack.family === family);

/** Claims outside pools. */
export function groupsOf(claims: readonly Claim[]): readonly Group[] {
  const groups: Group[] = [];
  let last: Claim | undefined;
  for (const claim of claims.filter(({ sameAs, fromPool }) => !sameAs && !fromPool)) {
    const before = groups.at(-1);
    if (before !== undefined && last !== undefined && areAlike(last, claim)) {
      groups[groups.length - 1] = {
        ...before,
        range: rangeUpTo(before.range, claim.ip),
        owners: [...before.owners, claim.owner],
      };
    } else groups.push({ range: rangeUpTo(undefined, claim.ip), owners: [claim.owner], note: claim.note ?? "" });
    last = claim;
  }
  return groups;
}

const areAlike = (a: Claim, b: Claim): boolean =>
  a.role === b.role && a.note === b.note && toNumber(b.ip) === toNumber(offset(a.ip, 1));

function rangeUpTo(range: IpRange | undefined, ip: Ip): IpRange {
  const own = rangeOf(ip, ip);
  if (own === undefined) throw new Error(`no range: ${ip}`);
  return range === undefined ? own : { ...range, last: own.last, text: `${range.text.split("-")[0]}-${ip}` };
}

interface Placed {
  readonly family: Family;
  readonly at: bigint;
  readonly row: AddressRow;
}

const groupRows = (plan: Plan): readonly Placed[] =>
  groupsOf(plan.addresses.claims).map(({ range, owners, note }) => ({
    family: range.family,
    at: range.first,
    row: { address: shortRange(range), what: owners.join(", "), note, ofPool: false },
  }));

function poolRows(plan: Plan): readonly Placed[] {
  return plan.pools.flatMap(({ name, range }) => {
    const used = plan.addresses.claims.filter(({ ip, fromPool }) => fromPool && contains(range, ip));
    const taken = new Set(used.map(({ ip }) => ip)).size;
    const free = size(range) - BigInt(taken);
    const pool = {
      address: shortRange(range),
      what: `LoadBalancer pool ${name}`,
      note: `${taken} used, ${free} free`,
      ofPool: false,
    };
    return [
      { family: range.family, at: range.first, row: pool },
      ...used.map(({ ip, owner, note = "" }) => ({
        family: range.family,
        at: toNumber(ip),
        row: { address: ip, what: owner, note, ofPool: true },
      })),
    ];
  });
}

const dhcpRows = ({ lan: { dhcp } }: Plan): readonly Placed[] =>
  dhcp === undefined
    ? []
    : [
        {
          family: dhcp.family,
          at: dhcp.first,
          row: {
            address: shortRange(dhcp),
            what: "DHCP",
            note: "handed out on the LAN, never used for the cluster",
            ofPool: false,
          },
        },
      ];
