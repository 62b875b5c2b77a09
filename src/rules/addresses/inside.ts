/** Addresses of the house that the cluster takes for its own. */
import { contains, familyOf, parseIp, type Ip } from "../../model/address.ts";
import type { SpecPath } from "../../model/finding.ts";
import type { Plan } from "../../model/plan.ts";
import { writtenRecords } from "../../model/zones.ts";
import { freeNetwork, freeRoutedAddress } from "../free.ts";
import type { Rule } from "../rule.ts";
import { isInside, networksOf } from "./networks.ts";

interface Asked {
  readonly what: string;
  readonly ip: Ip | undefined;
  readonly path: SpecPath;
  /** What else it could be; where absent it stays, and the network of the cluster moves. */
  readonly fix?: string;
}

/** What may be elsewhere than in the LAN; all others are in it (NET-LAN), and it overlaps neither. */
const elsewhere = (plan: Plan): readonly Asked[] => [...machines(plan), ...told(plan)];

const told = (plan: Plan): readonly Asked[] =>
  plan.addresses.claims
    .filter(({ routed }) => routed)
    .map(({ owner, ip, path }) => {
      const free = freeRoutedAddress(plan, familyOf(ip));
      return { what: owner, ip, path, ...(free !== undefined && { fix: `${path}: ${free}` }) };
    });

const machines = (plan: Plan): readonly Asked[] => [
  ...plan.addresses.claims
    .filter(({ role }) => role === "host")
    .map(({ owner, ip, path }) => ({ what: owner, ip, path })),
  ...plan.lan.ntp.map((text, index) => ({ what: "the time server", ip: parseIp(text), path: `lan.ntp.${index}` })),
  ...writtenRecords(plan).map(({ name, ip, written, path }) => ({
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
    for (const { what, ip, path, fix } of elsewhere(plan)) {
      const range = networksOf(plan)
        .filter(isInside)
        .find(({ cidr }) => ip !== undefined && contains(cidr, ip));
      if (range === undefined) continue;
      yield {
        message: `${ip} (${what}) lies inside ${range.what} (${range.cidr.text})`,
        paths: [path, range.path],
        fix: fix ?? `${range.path}: ${freeNetwork(plan, range)?.text ?? "a private network nothing else uses"}`,
      };
    }
  },
};
