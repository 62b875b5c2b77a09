/** Addresses a load balancer may hand out, by homelab.yaml and by the objects that say it to the load balancer. */
import { parseIp, parseRange, rangeOf, type IpRange } from "../../model/address.ts";
import { chosenIn } from "../../model/chosen.ts";
import type { Finding, Place } from "../../model/finding.ts";
import { asList, asMap, at } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import { asText, asTexts } from "../values.ts";

export const foreignPool: Audit = {
  id: "ADDRESS-BALANCER",
  severity: "error",
  title: "A pool is made for another load balancer than the one in use.",
  because:
    "Where its load balancer is there as well, two give the same Services their addresses and overwrite each other; where it is not, nobody hands these out.",
  source:
    "docs.cilium.io, LB IPAM: it begins to work with the first pool; metallb.io/configuration; kube-vip.io, on-prem cloud provider; docs.tigera.io, LoadBalancer",
};

export interface FoundPool {
  readonly name: string;
  readonly range: IpRange;
  /** Undefined for those of homelab.yaml, which the rules look after. */
  readonly place: Place | undefined;
}

interface PoolObject {
  readonly group: string;
  readonly kind: string;
  /** Whether one of its kind is a pool for Services; every one is when absent. */
  isPool?(object: Instance): boolean;
  read(value: unknown): readonly { readonly range: IpRange | undefined; readonly path: Path }[];
}

const POOL_OBJECTS: readonly PoolObject[] = [
  {
    group: "cilium.io",
    kind: "CiliumLoadBalancerIPPool",
    read: (value) =>
      asList(at(value, "spec", "blocks")).map((block, index) => ({
        range: blockRange(block),
        path: ["spec", "blocks", index],
      })),
  },
  {
    group: "metallb.io",
    kind: "IPAddressPool",
    read: (value) =>
      asTexts(at(value, "spec", "addresses")).map((text, index) => ({
        // `a - b` is taken as well (metallb v0.16.1, api/v1beta1/ipaddresspool_types.go).
        range: parseRange(text.replaceAll(" ", "")),
        path: ["spec", "addresses", index],
      })),
  },
  {
    group: "projectcalico.org",
    kind: "IPPool",
    // Others are for pods (IPPool, allowedUses).
    isPool: ({ object }) => asTexts(at(object.value, "spec", "allowedUses")).includes("LoadBalancer"),
    read: (value) => [{ range: parseRange(asText(at(value, "spec", "cidr")) ?? ""), path: ["spec", "cidr"] }],
  },
  {
    group: "",
    kind: "ConfigMap",
    isPool: ({ name }) => name === "kubevip",
    read: (value) =>
      Object.entries(asMap(at(value, "data"))).flatMap(([key, text]) =>
        // `cidr-global`, `range-default`: whatever it is called, it takes what stands in it for either
        // (kube-vip-cloud-provider v0.0.12, pkg/provider/loadBalancer.go, discoverVIPs).
        /^(cidr|range)-./.test(key)
          ? (asText(text) ?? "").split(",").map((range) => ({ range: parseRange(range), path: ["data", key] }))
          : [],
      ),
  },
];

function blockRange(block: unknown): IpRange | undefined {
  const cidr = asText(at(block, "cidr"));
  if (cidr !== undefined) return parseRange(cidr);
  const [start, stop] = ["start", "stop"].map((key) => parseIp(asText(at(block, key)) ?? ""));
  // CiliumLoadBalancerIPPool: a block without `stop` is one address.
  return start === undefined ? undefined : rangeOf(start, stop ?? start);
}

const objectsOf = ({ group, kind, isPool }: PoolObject, cluster: Cluster): readonly Instance[] =>
  cluster.ofKind(kind, group).filter((object) => isPool?.(object) ?? true);

/** A load balancer that does not say what its pools are reads none of these. */
const isOwn = ({ group, kind }: PoolObject, { plan }: Cluster): boolean =>
  chosenIn(plan, "load-balancer").some(({ component: { pools } }) => pools?.group === group && pools.kind === kind);

export const poolsOf = (cluster: Cluster): readonly FoundPool[] => [
  ...cluster.plan.pools.map(({ name, range }) => ({ name, range, place: undefined })),
  ...POOL_OBJECTS.filter((pool) => isOwn(pool, cluster)).flatMap((pool) =>
    objectsOf(pool, cluster).flatMap(({ object, name }) =>
      pool
        .read(object.value)
        .flatMap(({ range, path }) =>
          range === undefined ? [] : [{ name, range, place: object.place(path, "value") }],
        ),
    ),
  ),
];

export function* foreignPools(cluster: Cluster): Generator<Finding> {
  const [balancer] = chosenIn(cluster.plan, "load-balancer");
  if (balancer === undefined) return;
  for (const pool of POOL_OBJECTS.filter((candidate) => !isOwn(candidate, cluster)))
    for (const { object, name, isPatched } of objectsOf(pool, cluster)) {
      if (isPatched) continue;
      yield toFinding(foreignPool, {
        message: `${pool.kind} ${name} is no pool of ${balancer.component.title}, which gives Services their addresses here`,
        places: [object.place(["kind"], "value")],
        fix: "name its addresses under loadBalancer.pools in homelab.yaml, and remove it",
      });
    }
}
