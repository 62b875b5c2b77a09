import { contains } from "../../model/address.ts";
import { chosenIn } from "../../model/chosen.ts";
import type { Claim, Plan, Pool } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

const poolOf = ({ ip }: Claim, { pools }: Plan): Pool | undefined => pools.find(({ range }) => contains(range, ip));

/** Cilium looks at each address on its own; for MetalLB a Service is of one pool. */
export const onePoolEach: Rule = {
  id: "LB-POOL-FAMILIES",
  severity: "error",
  title: "a Service takes its addresses of both families from one pool",
  because:
    "The load balancer looks for one pool that has all of them and finds none, so the Service gets neither and stays pending.",
  source: "metallb/metallb v0.16.1 internal/allocator/allocator.go, poolFor",
  unless: ["LB-ADDRESS-POOL"],
  *check(plan) {
    if (!chosenIn(plan, "load-balancer").some(({ component }) => component.pools?.onePerService)) return;
    const claims = plan.addresses.claims.filter(({ fromPool }) => fromPool);
    for (const owner of new Set(claims.map((claim) => claim.owner))) {
      const own = claims.filter((claim) => claim.owner === owner);
      const pools = [
        ...new Map(own.map((claim) => [poolOf(claim, plan)?.name, poolOf(claim, plan)] as const)).values(),
      ];
      if (pools.length < 2) continue;
      const [first] = pools;
      yield {
        message: `${owner} has ${own.map((claim) => `${claim.ip} of the pool ${poolOf(claim, plan)?.name}`).join(" and ")}`,
        paths: [...own, ...pools.flatMap((pool) => pool ?? [])].map(({ path }) => path),
        fix: `both ranges under one name: loadBalancer.pools.${first?.name}: [${pools.map((pool) => pool?.range.text).join(", ")}]`,
      };
    }
  },
};
