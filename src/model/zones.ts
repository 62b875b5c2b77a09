/** Parts of a domain that are for names of one sort. */
import type { Hostname } from "./names.ts";
import type { DnsRecord, Plan } from "./plan.ts";

export interface Zones {
  /** Every machine has a name below it. */
  readonly machines?: Hostname;
  /** Where apps get their names, with a certificate of its own. */
  readonly services?: Hostname;
}

export const ZONES = ["machines", "services"] as const satisfies readonly (keyof Zones)[];

type Named = Pick<Plan, "domains" | "zones">;

/** What the host name of an app ends in where nobody says otherwise. */
export function appDomain({ domains, zones }: Named): Hostname {
  const domain = zones.services ?? domains[0];
  if (domain === undefined) throw new Error("a plan has a domain");
  return domain;
}

/** Each has a certificate for itself and the names directly below it: a wildcard reaches no further (RFC 6125 §6.4.3). */
export const certifiedDomains = ({ domains, zones }: Named): readonly Hostname[] => [
  ...new Set([...domains, ...(zones.services === undefined ? [] : [zones.services])]),
];

/** `dns.records`, without those that the zone of the machines brings. */
export const writtenRecords = ({ records }: Pick<Plan, "records">): readonly DnsRecord[] =>
  records.filter(({ ofZone }) => ofZone === undefined);
