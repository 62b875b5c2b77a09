/** Addresses of the house that the cluster takes for its own. */
import { contains, parseIp, type Ip } from "../../model/address.ts";
import type { SpecPath } from "../../model/finding.ts";
import type { Plan } from "../../model/plan.ts";
import { freeNetwork } from "../free.ts";
import type { Rule } from "../rule.ts";
import { isInside, networksOf } from "./networks.ts";

interface Asked {
  readonly what: string;
  readonly ip: Ip | undefined;
  readonly path: SpecPath;
}

/** Machines that may be in other networks of the house; all others are in the LAN (NET-LAN), and it overlaps neither. */
const elsewhere = ({ lan, addresses, records }: Plan): readonly Asked[] => [
  ...addresses.claims.filter(({ role }) => role === "host").map(({ owner, ip, path }) => ({ what: owner, ip, path })),
  ...lan.ntp.map((text, index) => ({ what: "the time server", ip: parseIp(text), path: `lan.ntp.${index}` })),
  ...records.map(({ name, ip, written, path }) => ({
    what: `the machine of ${name}`,
    // Behind a name stands a machine that has been looked at.
    ip: ip === written ? ip : undefined,
    path: `${path}.to`,
  })),
];

export const outsideCluster: Rule = {
  id: "NET-INSIDE",
  severity: "error",
  title: "no machine of the house has an address of the pod or service network",
  because: "Nodes and pods look for such an address inside the cluster and never reach the machine.",
  source: "Kubernetes documentation, Cluster Networking: pod, service and node ranges must not overlap",
  unless: ["NET-OVERLAP", "NET-RESOLVER", "NET-LAN"],
  *check(plan) {
    for (const { what, ip, path } of elsewhere(plan)) {
      const range = networksOf(plan)
        .filter(isInside)
        .find(({ cidr }) => ip !== undefined && contains(cidr, ip));
      if (range === undefined) continue;
      yield {
        message: `${ip} (${what}) lies inside ${range.what} (${range.cidr.text})`,
        paths: [path, range.path],
        fix: `${range.path}: ${freeNetwork(plan, range)?.text ?? "a private network nothing else uses"}`,
      };
    }
  },
};
