/** Addresses that files ask for: in a pool, outside DHCP, and nobody else's. */
import { contains, overlaps } from "../../model/address.ts";
import type { Finding } from "../../model/finding.ts";
import type { Claim } from "../../model/addressBook.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { grouped } from "../values.ts";
import { dialect } from "./dialect.ts";
import { foreignPools, poolsOf, type FoundPool } from "./pools.ts";
import { requestsOf, type Request } from "./requests.ts";

export const sharedAddress: Audit = {
  id: "ADDRESS-OWNER",
  severity: "error",
  title: "An address is asked for by two, or belongs to a machine.",
  because: "The load balancer gives it to one of them and leaves the other pending, or two devices answer for it.",
  source: "docs.cilium.io, LB IPAM: sharing keys; metallb.io/usage: IP address sharing",
};

export const outsidePools: Audit = {
  id: "ADDRESS-POOL",
  severity: "error",
  title: "An address is asked for that is in no pool.",
  because: "The load balancer hands out what is in its pools and nothing else; the Service stays pending.",
  source: "docs.cilium.io, LB IPAM: requesting IPs; metallb.io/usage",
};

export const leasedAddress: Audit = {
  id: "ADDRESS-DHCP",
  severity: "error",
  title: "A Service or a pool takes addresses that DHCP hands out.",
  because: "Sooner or later a device is given the same address, and connections to one of the two fail at random.",
  source: "RFC 2131 §3.1",
};

export function* addresses(cluster: Cluster): Generator<Finding> {
  const [requests, pools] = [requestsOf(cluster), poolsOf(cluster)];
  yield* owners(requests, cluster);
  yield* homeless(requests, pools);
  yield* foreignPools(cluster);
  yield* leased(requests, pools, cluster);
  yield* dialect(requests, cluster);
}

function* owners(requests: readonly Request[], { plan }: Cluster): Generator<Finding> {
  for (const [ip, asking] of grouped(requests, (request) => request.ip)) {
    const askers = [...new Map(asking.map((request) => [request.identity, request])).values()];
    const keys = new Set(askers.map(({ sharingKey }) => sharingKey));
    if (askers.length > 1 && (keys.size > 1 || keys.has(undefined)))
      yield toFinding(sharedAddress, {
        message: `${ip} is asked for by ${askers.map(({ owner }) => owner).join(" and by ")}`,
        places: askers.map(({ place }) => place),
        fix: "give each an address of its own, or all of them one sharing key",
      });
    const claims = askers[0] === undefined ? [] : plan.addresses.ownersOf(askers[0].ip);
    for (const claim of claims)
      if (!askers.some((request) => isFor(request, claim))) for (const request of askers) yield claimed(request, claim);
  }
}

/** What the plan gives to a gateway or a Service is asked for by something of that name. */
const isFor = ({ name, owner }: Request, { fromPool, owner: claimant }: Claim): boolean =>
  fromPool === true && (name === claimant || owner.includes(claimant) || claimant.includes(name));

const claimed = ({ ip, owner, place }: Request, claim: Claim): Finding =>
  toFinding(sharedAddress, {
    message: `${ip} is asked for by ${owner}, and belongs to ${claim.owner} (${claim.path} in homelab.yaml)`,
    places: [place],
    fix: `a free address of a pool: gen list addresses shows what is taken`,
  });

function* homeless(requests: readonly Request[], pools: readonly FoundPool[]): Generator<Finding> {
  if (pools.length === 0) return;
  const shown = [...new Set(pools.map(({ range }) => range.text))].join(", ");
  for (const { ip, owner, place } of requests)
    if (!pools.some(({ range }) => contains(range, ip)))
      yield toFinding(outsidePools, {
        message: `${owner} asks for ${ip}, which is in no pool`,
        places: [place],
        fix: `one of ${shown}`,
      });
}

function* leased(requests: readonly Request[], pools: readonly FoundPool[], { plan }: Cluster): Generator<Finding> {
  const { dhcp } = plan.lan;
  if (dhcp === undefined) return;
  for (const { ip, owner, place } of requests)
    if (contains(dhcp, ip))
      yield toFinding(leasedAddress, {
        message: `${owner} asks for ${ip}, which DHCP hands out (${dhcp.text})`,
        places: [place],
        fix: "an address outside, or shorten the DHCP range on the router and in homelab.yaml",
      });
  for (const { name, range, place } of pools)
    if (place !== undefined && overlaps(range, dhcp))
      yield toFinding(leasedAddress, {
        message: `the pool ${name} (${range.text}) overlaps what DHCP hands out (${dhcp.text})`,
        places: [place],
        fix: "addresses outside, or shorten the DHCP range on the router and in homelab.yaml",
      });
}
