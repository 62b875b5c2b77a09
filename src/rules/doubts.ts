/** What works and is seldom meant. */
import { apiSurvives, fewControlPlanes } from "./cluster/nodes.ts";
import { proxyShares } from "./cluster/haproxy.ts";
import { boardTried } from "./cluster/boards.ts";
import { queuesForDriver, spread } from "./cluster/virtualMachines.ts";
import { nextDoor, routersUsed } from "./bgp/peers.ts";
import { privateNumber } from "./bgp/numbers.ts";
import { lastingPrefix, privateNetworks } from "./addresses/kinds.ts";
import { oneVlan } from "./addresses/others.ts";
import { memoryShort } from "./cluster/memory.ts";
import { driverPath } from "./cni/cilium.ts";
import { driverPassesBy, requestsPassBy, workersEncrypt } from "./cni/encryption.ts";
import { oneHost } from "./dns/hosts.ts";
import { forwardedRecords, houseKept } from "./ingress/portForward.ts";
import { coveredAtTheEdge, tunnelRecords } from "./ingress/tunnel.ts";
import { retiredController } from "./ingress/nginx.ts";
import { kubernetesTried } from "./versions/kubernetes.ts";
import { vaultSealedWay } from "./beside/hashicorp.ts";
import { databasesOnDisks } from "./storage/classes.ts";
import { copiesHaveMemory, copiesHavePlace } from "./storage/longhorn.ts";
import { rootTold } from "./certificates/stepCa.ts";
import { onCable, oneMtu } from "./cluster/segments.ts";
import { dhcpUnknown, machineInDhcp } from "./addresses/dhcp.ts";
import { noMulticastDomain } from "./dns/dns.ts";
import { diskLasts } from "./observability/disks.ts";
import { nothingEnforced } from "./policies/closed.ts";
import type { Rule } from "./rule.ts";

export const doubts: readonly Rule[] = [
  fewControlPlanes,
  apiSurvives,
  proxyShares,
  boardTried,
  spread,
  nextDoor,
  routersUsed,
  privateNumber,
  privateNetworks,
  lastingPrefix,
  oneVlan,
  driverPath,
  requestsPassBy,
  driverPassesBy,
  workersEncrypt,
  tunnelRecords,
  houseKept,
  forwardedRecords,
  oneHost,
  coveredAtTheEdge,
  retiredController,
  queuesForDriver,
  kubernetesTried,
  onCable,
  oneMtu,
  machineInDhcp,
  dhcpUnknown,
  noMulticastDomain,
  rootTold,
  vaultSealedWay,
  diskLasts,
  databasesOnDisks,
  copiesHavePlace,
  copiesHaveMemory,
  nothingEnforced,
  memoryShort,
];
