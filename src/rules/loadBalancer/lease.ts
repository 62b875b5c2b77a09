import type { Rule } from "../rule.ts";

/** Whatever component has one: `loadBalancer.lease`, `cluster.api.lease`. */
interface WithLease {
  readonly lease?: { readonly duration: number; readonly renew: number; readonly retry: number };
}

/** client-go waits up to this much longer between two attempts, so that nodes do not all try at once. */
const JITTER = 1.2;

export const leaseTimes: Rule = {
  id: "LEASE-TIMES",
  severity: "error",
  title: "a lease lasts longer than its holder tries to keep it, and that longer than one attempt takes",
  because:
    "The election does not begin with such times, so kube-vip stops as soon as it starts and nobody carries the address.",
  source: "kubernetes/client-go tools/leaderelection/leaderelection.go, NewLeaderElector",
  *check({ chosen }) {
    for (const { path = "", options } of chosen) {
      const { lease } = (options ?? {}) as WithLease;
      if (lease === undefined) continue;
      const { duration, renew, retry } = lease;
      if (duration <= renew)
        yield {
          message: `a lease of ${duration} seconds is over before its holder gives up, after ${renew}`,
          paths: [`${path}.lease.duration`, `${path}.lease.renew`],
          fix: `duration: ${renew + 1} or more`,
        };
      if (renew <= retry * JITTER)
        yield {
          message: `renew: ${renew} leaves no time for a second attempt after retry: ${retry}`,
          paths: [`${path}.lease.renew`, `${path}.lease.retry`],
          fix: `renew: ${Math.floor(retry * JITTER) + 1} or more`,
        };
    }
  },
};
