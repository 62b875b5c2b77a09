/** All rules, the most fundamental first: findings appear in this order. */
import { familiesSupported, networksAgree, nodesAgree, sameOrder, serversReachable } from "./addresses/families.ts";
import { machineInDhcp, dhcpInsideLan, dhcpUnknown, vipInDhcp } from "./addresses/dhcp.ts";
import { insideLan, noReserved } from "./addresses/lan.ts";
import { outsideCluster } from "./addresses/inside.ts";
import { lastingPrefix, ordinaryNetworks, privateNetworks } from "./addresses/kinds.ts";
import { nodeInLan, oneVlan, outsideOthers } from "./addresses/others.ts";
import { oneName, oneOwner } from "./addresses/owners.ts";
import { toldOffLan } from "./addresses/routed.ts";
import { disjoint, podsLargeEnough, resolverReachable, servicesSize } from "./addresses/ranges.ts";
import { diskKnown, linkKnown, nodeNamed, oneMac, realLink, unicastMac } from "./cluster/links.ts";
import { distributionSupported, hardwareSupported, partBrought, partChosen } from "./choices/choices.ts";
import { cardNamed, nodesStandThere, notOfCilium, notWireless, oneUntagged, tagKnown } from "./attachments/cards.ts";
import { dhcpHasFamily, oneAttachment } from "./attachments/names.ts";
import {
  apiNode,
  apiSurvives,
  fewControlPlanes,
  oddControlPlanes,
  someControlPlane,
  somewhereToRun,
} from "./cluster/nodes.ts";
import { proxyBesideServer, proxyKnown, proxyOnLan, proxyPorts, proxyShares } from "./cluster/haproxy.ts";
import { boardArch, boardTried, driverOnBoard, envoyStarts, oneImage } from "./cluster/boards.ts";
import { onePodNetwork, podNetworkStays, somebodyServes } from "./cluster/existing.ts";
import { onCable, oneMtu, taggedOnce } from "./cluster/segments.ts";
import { issuerUsed, oneIssuer } from "./certificates/issuers.ts";
import { editableZone, publicDomain } from "./certificates/letsencrypt.ts";
import {
  archAsMade,
  cardAsMade,
  hostKnown,
  largeEnough,
  oneCard,
  oneId,
  queuesForDriver,
  spread,
} from "./cluster/virtualMachines.ts";
import { untaggedCards } from "./cni/calico.ts";
import { devicesOfNodes, driverOfLink, driverPath } from "./cni/cilium.ts";
import { dsrNeedsRouting, dsrThroughGeneve } from "./cni/directAnswers.ts";
import { announcesInPlace, rewritesInPlace, servicesInPlace } from "./cni/kubeProxy.ts";
import { backendBrought } from "./cni/flannel.ts";
import { driverPassesBy, nodesNeedEncryption, requestsPassBy, workersEncrypt } from "./cni/encryption.ts";
import {
  bootstrapNames,
  insideCluster,
  noMulticastDomain,
  resolverIsSomebody,
  resolverNamed,
  usableDomain,
} from "./dns/dns.ts";
import { onePublisher, publishedGatewayExists, publishedIsPublic, somethingPublished } from "./dns/publish.ts";
import { recordLeads, recordNamed, recordOnce, recordOurs } from "./dns/records.ts";
import { oneDefault, ownName } from "./ingress/gateways.ts";
import { retiredController, shortName } from "./ingress/nginx.ts";
import { entrypointNamed, entrypointOnce } from "./ingress/traefik.ts";
import { coveredAtTheEdge, oneTunnelEnd, tunnelDomain, tunnelRecords } from "./ingress/tunnel.ts";
import { onePoolEach } from "./loadBalancer/families.ts";
import { leaseTimes } from "./loadBalancer/lease.ts";
import {
  addressFromPool,
  poolFree,
  poolOfOthers,
  poolOnLan,
  poolOutsideDhcp,
  poolsDisjoint,
  poolUsable,
} from "./loadBalancer/pools.ts";
import { privateNumber, twoNumbers, usableNumber } from "./bgp/numbers.ts";
import {
  familyHeard,
  nextDoor,
  oneSession,
  peerAble,
  routerKnown,
  routersNamed,
  routersUsed,
  timersFit,
} from "./bgp/peers.ts";
import { shortIdentifier } from "./bgp/identifiers.ts";
import { onePort, oneSpeaker } from "./bgp/speakers.ts";
import { addressOfNode, carrierTakesPods, gatewayOnNode, noPools, podsHaveHostPorts } from "./loadBalancer/onNodes.ts";
import { poolOffCluster, poolOffLan } from "./loadBalancer/routed.ts";
import { sharedAtAll, sharedByPorts, sharedFromPool } from "./loadBalancer/shared.ts";
import { kubernetesPinned, kubernetesTried, kubernetesWindow } from "./versions/kubernetes.ts";
import type { Rule } from "./rule.ts";

export const rules: readonly Rule[] = [
  distributionSupported,
  hardwareSupported,
  partChosen,
  partBrought,
  onePodNetwork,
  somebodyServes,
  podNetworkStays,
  networksAgree,
  sameOrder,
  familiesSupported,
  nodesAgree,
  ordinaryNetworks,
  kubernetesWindow,
  kubernetesPinned,
  disjoint,
  outsideOthers,
  insideLan,
  toldOffLan,
  noReserved,
  oneOwner,
  oneName,
  podsLargeEnough,
  servicesSize,
  dhcpInsideLan,
  someControlPlane,
  oddControlPlanes,
  apiNode,
  proxyKnown,
  proxyBesideServer,
  proxyPorts,
  proxyOnLan,
  somewhereToRun,
  nodeNamed,
  nodeInLan,
  linkKnown,
  realLink,
  diskKnown,
  oneMac,
  unicastMac,
  boardArch,
  oneImage,
  envoyStarts,
  hostKnown,
  oneId,
  oneCard,
  cardAsMade,
  archAsMade,
  largeEnough,
  taggedOnce,
  cardNamed,
  tagKnown,
  oneUntagged,
  nodesStandThere,
  notWireless,
  notOfCilium,
  oneAttachment,
  dhcpHasFamily,
  dsrNeedsRouting,
  dsrThroughGeneve,
  nodesNeedEncryption,
  announcesInPlace,
  rewritesInPlace,
  servicesInPlace,
  untaggedCards,
  backendBrought,
  devicesOfNodes,
  driverOfLink,
  driverOnBoard,
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
  ownName,
  oneDefault,
  shortName,
  entrypointNamed,
  entrypointOnce,
  publicDomain,
  issuerUsed,
  oneIssuer,
  editableZone,
  oneTunnelEnd,
  tunnelDomain,
  publishedGatewayExists,
  publishedIsPublic,
  somethingPublished,
  onePublisher,
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
  coveredAtTheEdge,
  retiredController,
  queuesForDriver,
  kubernetesTried,
  onCable,
  oneMtu,
  machineInDhcp,
  dhcpUnknown,
  noMulticastDomain,
];
