/** Addresses a load balancer may hand out, by homelab.yaml and by the objects that say it to the load balancer. */
import { parseIp, parseRange, rangeOf, type IpRange } from "../../model/address.ts";
import type { Place } from "../../model/finding.ts";
import type { Cluster } from "../cluster.ts";
import { asList, at } from "../../model/unknown.ts";
import { asText, asTexts } from "../values.ts";

export interface FoundPool {
  readonly name: string;
  readonly range: IpRange;
  /** Undefined for those of homelab.yaml, which the rules look after. */
  readonly place: Place | undefined;
}

export const poolsOf = (cluster: Cluster): readonly FoundPool[] => [
  ...cluster.plan.pools.map(({ name, range }) => ({ name, range, place: undefined })),
  ...ciliumPools(cluster),
  ...metallbPools(cluster),
];

const ciliumPools = ({ ofKind }: Cluster): readonly FoundPool[] =>
  ofKind("CiliumLoadBalancerIPPool", "cilium.io").flatMap(({ object, name }) =>
    asList(at(object.value, "spec", "blocks")).flatMap((block, index) => {
      const range = blockRange(block);
      return range === undefined ? [] : [{ name, range, place: object.place(["spec", "blocks", index], "value") }];
    }),
  );

function blockRange(block: unknown): IpRange | undefined {
  const cidr = asText(at(block, "cidr"));
  if (cidr !== undefined) return parseRange(cidr);
  const [start, stop] = ["start", "stop"].map((key) => parseIp(asText(at(block, key)) ?? ""));
  // CiliumLoadBalancerIPPool: a block without `stop` is one address.
  return start === undefined ? undefined : rangeOf(start, stop ?? start);
}

const metallbPools = ({ ofKind }: Cluster): readonly FoundPool[] =>
  ofKind("IPAddressPool", "metallb.io").flatMap(({ object, name }) =>
    asTexts(at(object.value, "spec", "addresses")).flatMap((text, index) => {
      const range = parseRange(text);
      return range === undefined ? [] : [{ name, range, place: object.place(["spec", "addresses", index], "value") }];
    }),
  );
