/** What routers are told the way to. */
import { rangeOf, type IpRange } from "./address.ts";
import { announcementOf } from "./bgp.ts";
import type { SpecPath } from "./finding.ts";
import type { Plan } from "./plan.ts";

export interface Told {
  readonly range: IpRange;
  /** To stand in a sentence: "the pool lan", "the Kubernetes API". */
  readonly what: string;
  readonly path: SpecPath;
}

/** Pools, where addresses of Services are announced to routers, and addresses of which routers alone know where they are. */
export const toldIn = (plan: Pick<Plan, "chosen" | "pools" | "addresses">): readonly Told[] => [
  ...(announcementOf(plan) === "bgp"
    ? plan.pools.map(({ name, range, path }) => ({ range, what: `the pool ${name}`, path }))
    : []),
  ...toldAddresses(plan),
];

export const toldAddresses = ({ addresses: { claims } }: Pick<Plan, "addresses">): readonly Told[] =>
  claims.flatMap(({ ip, owner, path, routed }) => {
    const range = routed && rangeOf(ip, ip);
    return range === undefined ? [] : [{ range, what: `the ${owner}`, path }];
  });

/** Who has such addresses, each once: "the Kubernetes API". */
export const toldOwners = (plan: Pick<Plan, "addresses">): readonly string[] => [
  ...new Set(toldAddresses(plan).map(({ what }) => what)),
];
