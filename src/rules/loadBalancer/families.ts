import { contains } from "../../model/address.ts";
import { chosenIn } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import type { Claim, Pool } from "../../model/addressBook.ts";
import { freeOf } from "../free.ts";
import type { Rule } from "../rule.ts";

interface Taken {
  readonly claim: Claim;
  readonly pool: Pool;
}

const takenBy = (owner: string, { addresses, pools }: Plan): readonly Taken[] =>
  addresses.claims
    .filter((claim) => claim.fromPool && claim.owner === owner)
    .flatMap((claim) => pools.filter(({ range }) => contains(range, claim.ip)).map((pool) => ({ claim, pool })));

/** Cilium looks at each address on its own; for MetalLB a Service is of one pool. */
export const onePoolEach: Rule = {
  id: "LB-POOL-FAMILIES",
  severity: "error",
  title: "a Service takes its addresses of both families from one pool",
  because:
    "The load balancer looks for one pool that has all of them and finds none, so the Service gets neither and stays pending.",
  source: "metallb/metallb v0.16.1 internal/allocator/allocator.go, poolFor",
  unless: ["LB-ADDRESS-POOL", "LB-POOL-OVERLAP"],
  *check(plan) {
    if (!chosenIn(plan, "load-balancer").some(({ component }) => component.pools?.onePerService)) return;
    for (const owner of new Set(plan.addresses.claims.map((claim) => claim.owner))) {
      const taken = takenBy(owner, plan);
      const [first] = taken;
      const other = taken.find(({ pool }) => pool.name !== first?.pool.name);
      if (first === undefined || other === undefined) continue;
      yield {
        message: `${owner} has ${taken.map(({ claim, pool }) => `${claim.ip} of the pool ${pool.name}`).join(" and ")}`,
        paths: [...taken.map(({ claim }) => claim.path), ...taken.map(({ pool }) => pool.path)],
        fix: fixOf(first, other, plan),
      };
    }
  },
};

function fixOf(first: Taken, other: Taken, plan: Plan): string {
  const { name } = first.pool;
  const beside = plan.pools.find((pool) => pool.name === name && pool.range.family === other.pool.range.family);
  if (beside === undefined)
    return `both ranges under one name: loadBalancer.pools.${name}: [${first.pool.range.text}, ${other.pool.range.text}]`;
  const free = freeOf(beside, plan);
  return free === undefined ? `an address of ${beside.range.text}` : `${other.claim.path}: ${free} (free now)`;
}
