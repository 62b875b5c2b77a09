import { TAILSCALE } from "../../catalog/tailscale-operator.ts";
import { overlaps, parseCidr, type Cidr, type IpRange } from "../../model/address.ts";
import { isChosen } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import { toldIn } from "../../model/told.ts";
import { isOthers, networksOf, verb } from "../addresses/networks.ts";
import type { Found, Rule } from "../rule.ts";

// tailscale/tailscale v1.102.3, net/tsaddr/tsaddr.go: CGNATRange, TailscaleULARange.
const TAILNET = ["100.64.0.0/10", "fd7a:115c:a1e0::/48"].map((text) => parseCidr(text) as Cidr);

const tailnetAt = (range: Pick<IpRange, "family" | "first" | "last">): Cidr | undefined =>
  TAILNET.find((network) => overlaps(network, range));

const found = (what: string, lies: string, at: Cidr, range: { readonly text: string }, path: string): Found => ({
  message: `${what} (${range.text}) ${lies} in ${at.text}, where devices of a tailnet have their addresses`,
  paths: [path, "remote.tailscale"],
  fix: at.family === 6 ? "another network of fd00::/8" : "a network of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
});

export const besideTailnet: Rule = {
  id: "TS-NETWORK",
  severity: "error",
  title: "no network of the cluster has addresses of a tailnet",
  because:
    "A router of the tailnet takes packets with such a sender for forged ones and drops them, and devices look for such a destination among themselves: not even DNS reaches the router's own pod.",
  source: "tailscale/tailscale v1.102.3, util/linuxfw/iptables_runner.go, ts-input; tailscale/tailscale#15190",
  unless: ["NET-KIND", "NET-OVERLAP"],
  *check(plan) {
    if (!isChosen(plan, TAILSCALE)) return;
    yield* ofNetworks(plan);
    for (const { what, path, range } of toldIn(plan)) {
      const at = tailnetAt(range);
      if (at !== undefined) yield found(what, "lies", at, range, path);
    }
  },
};

/** Beside others of the house: the tailnet itself may stand among them, for the cluster to keep away from. */
function* ofNetworks(plan: Plan): Iterable<Found> {
  for (const network of networksOf(plan).filter((one) => !isOthers(one))) {
    const at = tailnetAt(network.cidr);
    if (at !== undefined) yield found(network.what, verb(network, "lie", "lies"), at, network.cidr, network.path);
  }
}
