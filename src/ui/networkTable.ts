/** The plan as a table: every address of the network in order, then what goes together. */
import { contains, shortRange, toNumber } from "../model/address.ts";
import type { Claim, Plan } from "../model/plan.ts";
import { columns } from "./wrap.ts";

interface Row {
  readonly at: bigint;
  readonly cells: readonly string[];
}

export function networkTable(plan: Plan): string {
  const rows = [...claimRows(plan), ...poolRows(plan), ...dhcpRows(plan)].sort((a, b) => (a.at < b.at ? -1 : 1));
  return [
    "  Network plan",
    columns([
      ...rows.map(({ cells }) => cells),
      [plan.cluster.pods.text, "pods", "inside the cluster"],
      [plan.cluster.services.text, "services", "inside the cluster"],
    ]),
  ].join("\n");
}

function claimRows(plan: Plan): readonly Row[] {
  return plan.addresses.claims
    .filter((claim) => !claim.sameAs && !claim.fromPool)
    .map((claim) => ({ at: toNumber(claim.ip), cells: [claim.ip, claim.owner, claim.note ?? ""] }));
}

function poolRows(plan: Plan): readonly Row[] {
  return plan.pools.flatMap(({ name, range }) => {
    const used = plan.addresses.claims.filter((claim) => claim.fromPool && contains(range, claim.ip));
    const free = range.last - range.first + 1n - BigInt(used.length);
    return [
      { at: range.first, cells: [shortRange(range), `LoadBalancer pool ${name}`, `${used.length} used, ${free} free`] },
      ...used.map((claim) => poolRow(claim)),
    ];
  });
}

const poolRow = (claim: Claim): Row => ({
  at: toNumber(claim.ip),
  cells: [`  ${claim.ip}`, `  ${claim.owner}`, claim.note ?? ""],
});

const dhcpRows = ({ lan: { dhcp } }: Plan): readonly Row[] =>
  dhcp === undefined ? [] : [{ at: dhcp.first, cells: [shortRange(dhcp), "DHCP", "handed out by the router"] }];
