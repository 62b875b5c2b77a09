/** All rules, the most fundamental first: findings appear in this order. */
import { machineInDhcp, dhcpInsideLan, dhcpUnknown, vipInDhcp } from "./addresses/dhcp.ts";
import { insideLan, noReserved } from "./addresses/lan.ts";
import { oneName, oneOwner } from "./addresses/owners.ts";
import { disjoint, podsLargeEnough, resolverReachable, servicesSize } from "./addresses/ranges.ts";
import { diskKnown, linkKnown, oneMac } from "./cluster/links.ts";
import { apiSurvives, oddControlPlanes, someControlPlane, somewhereToRun } from "./cluster/nodes.ts";
import { driverPath, dsrNeedsRouting } from "./cni/cilium.ts";
import { insideCluster, noMulticastDomain, resolverNamed } from "./dns/dns.ts";
import { oneDefault } from "./ingress/gateways.ts";
import {
  addressFromPool,
  poolFree,
  poolOnLan,
  poolOutsideDhcp,
  poolsDisjoint,
  poolUsable,
} from "./loadBalancer/pools.ts";
import type { Rule } from "./rule.ts";

export const rules: readonly Rule[] = [
  disjoint,
  insideLan,
  noReserved,
  oneOwner,
  oneName,
  podsLargeEnough,
  servicesSize,
  dhcpInsideLan,
  someControlPlane,
  oddControlPlanes,
  somewhereToRun,
  linkKnown,
  diskKnown,
  oneMac,
  dsrNeedsRouting,
  poolOnLan,
  poolsDisjoint,
  poolUsable,
  poolFree,
  poolOutsideDhcp,
  vipInDhcp,
  addressFromPool,
  resolverNamed,
  resolverReachable,
  insideCluster,
  oneDefault,
  apiSurvives,
  driverPath,
  machineInDhcp,
  dhcpUnknown,
  noMulticastDomain,
];
