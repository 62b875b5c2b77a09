/** Addresses that several Services have together. */
import { contains, type Ip } from "../../model/address.ts";
import { chosenIn } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import { freeIn } from "../free.ts";
import type { Rule } from "../rule.ts";

const SOURCE = "Cilium documentation, LB IPAM, Sharing Keys; MetalLB documentation, Usage, IP address sharing";

const placed = ({ shared }: Plan): readonly { readonly ip: Ip; readonly path: string }[] =>
  shared.map((ip, index) => ({ ip, path: `loadBalancer.shared.${index}` }));

export const sharedFromPool: Rule = {
  id: "LB-SHARED-POOL",
  severity: "error",
  title: "an address that Services have together comes from a pool",
  because: "Services alone can have an address together, and theirs come from pools; a machine has its own alone.",
  source: SOURCE,
  unless: ["LB-NODE-POOLS"],
  *check(plan) {
    for (const { ip, path } of placed(plan)) {
      if (plan.pools.some(({ range }) => contains(range, ip))) continue;
      yield {
        message: `${ip} is shared and in no pool: ${plan.pools.map(({ name, range }) => `${name} has ${range.text}`).join(", ")}`,
        paths: [path, ...plan.pools.map((pool) => pool.path)],
        fix: "an address of a pool, or leave it out",
      };
    }
  },
};

export const sharedAtAll: Rule = {
  id: "LB-SHARED-ABLE",
  severity: "error",
  title: "who gives addresses can give one to several Services",
  because: "The first Service gets the address, and the others stay pending.",
  source: "the source of each load balancer at its pinned version; the message names it",
  *check(plan) {
    const [balancer] = chosenIn(plan, "load-balancer");
    const reason = balancer?.component.noSharing;
    if (balancer === undefined || reason === undefined || plan.shared.length === 0) return;
    yield {
      message: `${balancer.component.title} gives no address to several Services: ${reason.because} (${reason.source})`,
      paths: ["loadBalancer.shared", "loadBalancer.provider"],
      fix: "leave it out and give each an address of its own, or take another load balancer",
    };
  },
};

export const sharedByPorts: Rule = {
  id: "LB-SHARED-PORT",
  severity: "error",
  title: "gateways have no address together",
  because:
    "Each gateway takes requests at 80 and 443. Services share an address at ports of their own, so the later one stays pending.",
  source: SOURCE,
  unless: ["LB-SHARED-POOL", "LB-SHARED-ABLE"],
  *check(plan) {
    for (const { ip, path } of placed(plan)) {
      const gateways = plan.addresses.ownersOf(ip).filter(({ role }) => role === "gateway");
      const last = gateways.at(-1);
      if (gateways.length < 2 || last === undefined) continue;
      const free = freeIn(plan, ip);
      yield {
        message: `${gateways.map(({ owner }) => owner).join(" and ")} have ${ip} together, and both take requests at 80 and 443`,
        paths: [...gateways.map((claim) => claim.path).reverse(), path],
        fix: `give ${last.owner} an address of its own${free === undefined ? "" : `: ${free} is free`}`,
      };
    }
  },
};
