/** What Services have: addresses, names, gateways and ways in. */
import { familyHeard, oneSession, peerAble, routerKnown, routersNamed, timersFit } from "./bgp/peers.ts";
import { twoNumbers, usableNumber } from "./bgp/numbers.ts";
import { onePort, oneSpeaker } from "./bgp/speakers.ts";
import { shortIdentifier } from "./bgp/identifiers.ts";
import {
  addressFromPool,
  poolFree,
  poolOfOthers,
  poolOnLan,
  poolOutsideDhcp,
  poolsDisjoint,
  poolUsable,
} from "./loadBalancer/pools.ts";
import { routesHaveRouter, routesTaken, routesWithBgp } from "./cluster/hosts.ts";
import { poolOffCluster, poolOffLan } from "./loadBalancer/routed.ts";
import { vipInDhcp } from "./addresses/dhcp.ts";
import { onePoolEach } from "./loadBalancer/families.ts";
import { addressOfNode, carrierTakesPods, gatewayOnNode, noPools, podsHaveHostPorts } from "./loadBalancer/onNodes.ts";
import { sharedAtAll, sharedByPorts, sharedFromPool } from "./loadBalancer/shared.ts";
import { leaseTimes } from "./loadBalancer/lease.ts";
import { bootstrapNames, insideCluster, resolverIsSomebody, resolverNamed, usableDomain } from "./dns/dns.ts";
import { resolverReachable } from "./addresses/ranges.ts";
import { outsideCluster } from "./addresses/inside.ts";
import { serversReachable } from "./addresses/families.ts";
import { zoneOurs, zonesApart } from "./dns/zones.ts";
import { recordLeads, recordNamed, recordOnce, recordOurs } from "./dns/records.ts";
import { oneDefault, ownName } from "./ingress/gateways.ts";
import { passthroughNames } from "./ingress/passthrough.ts";
import { shortName } from "./ingress/nginx.ts";
import { entrypointNamed, entrypointOnce } from "./ingress/traefik.ts";
import { issuerUsed, oneIssuer } from "./certificates/issuers.ts";
import { editableZone, publicDomain, solverKnown, solverOfDomain, zoneOfOne } from "./certificates/letsencrypt.ts";
import { authorityAlone, authorityOutside, knownToSsh } from "./certificates/stepCa.ts";
import {
  forwardedDomain,
  forwardedFamily,
  onePortForward,
  ownIpv6,
  publicAddressPublic,
} from "./ingress/portForward.ts";
import { oneTunnelEnd, tunnelDomain } from "./ingress/tunnel.ts";
import {
  domainsPublished,
  onePublisher,
  ownOwner,
  proxiedApart,
  publishedGatewayExists,
  publishedIsPublic,
  somethingPublished,
  unmarkedStays,
} from "./dns/publish.ts";
import { proxiedAtItsHost } from "./dns/hosts.ts";
import { fixedOrKept, keptForSomebody, keptWhereItIs, oneKeeper } from "./dns/dynamic.ts";
import { oneSource, somebodyAnswers, writtenAtHome } from "./dns/house.ts";
import { storeFound, storeInCluster, storeReadsIt } from "./secrets/stores.ts";
import { enoughMachines, interfaceGateway, knownHost, signedPush } from "./gitops/argocd.ts";
import { defaultOffered, foldersKept, snapshotsTaken } from "./storage/classes.ts";
import { exportedToNodes, serverNamed } from "./storage/nfs.ts";
import { machinesBeside } from "./beside/hashicorp.ts";
import { besideTailnet } from "./remote/tailscale.ts";
import { controlPlanesOpen } from "./observability/controlPlanes.ts";
import { diskOwn } from "./observability/disks.ts";
import { hubbleAtHome, hubbleRuns, shownAtGateway } from "./observability/interfaces.ts";
import { allowedOnce, partiesMeet, sendersTold } from "./policies/allowed.ts";
import { canLook, closedKeepsRunning, policiesEnforced } from "./policies/closed.ts";
import type { Rule } from "./rule.ts";

export const ofServices: readonly Rule[] = [
  routersNamed,
  routerKnown,
  oneSession,
  usableNumber,
  twoNumbers,
  oneSpeaker,
  onePort,
  shortIdentifier,
  peerAble,
  timersFit,
  poolOnLan,
  poolOffLan,
  poolOffCluster,
  routesWithBgp,
  routesTaken,
  routesHaveRouter,
  poolsDisjoint,
  poolUsable,
  poolFree,
  poolOfOthers,
  poolOutsideDhcp,
  vipInDhcp,
  addressFromPool,
  onePoolEach,
  familyHeard,
  podsHaveHostPorts,
  noPools,
  addressOfNode,
  carrierTakesPods,
  gatewayOnNode,
  sharedAtAll,
  sharedFromPool,
  sharedByPorts,
  leaseTimes,
  usableDomain,
  bootstrapNames,
  resolverNamed,
  resolverIsSomebody,
  resolverReachable,
  outsideCluster,
  serversReachable,
  insideCluster,
  recordOurs,
  recordNamed,
  recordLeads,
  recordOnce,
  zoneOurs,
  zonesApart,
  ownName,
  oneDefault,
  passthroughNames,
  shortName,
  entrypointNamed,
  entrypointOnce,
  publicDomain,
  issuerUsed,
  oneIssuer,
  authorityOutside,
  authorityAlone,
  knownToSsh,
  editableZone,
  solverOfDomain,
  solverKnown,
  zoneOfOne,
  oneTunnelEnd,
  tunnelDomain,
  onePortForward,
  forwardedFamily,
  publicAddressPublic,
  ownIpv6,
  forwardedDomain,
  oneKeeper,
  keptForSomebody,
  fixedOrKept,
  keptWhereItIs,
  publishedGatewayExists,
  publishedIsPublic,
  somethingPublished,
  onePublisher,
  proxiedAtItsHost,
  proxiedApart,
  domainsPublished,
  ownOwner,
  unmarkedStays,
  oneSource,
  writtenAtHome,
  somebodyAnswers,
  besideTailnet,
  defaultOffered,
  foldersKept,
  snapshotsTaken,
  serverNamed,
  exportedToNodes,
  machinesBeside,
  enoughMachines,
  knownHost,
  interfaceGateway,
  storeFound,
  storeReadsIt,
  storeInCluster,
  signedPush,
  diskOwn,
  controlPlanesOpen,
  shownAtGateway,
  hubbleRuns,
  hubbleAtHome,
  policiesEnforced,
  canLook,
  closedKeepsRunning,
  partiesMeet,
  sendersTold,
  allowedOnce,
];
