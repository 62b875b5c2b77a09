/** What the network is, its machines, and how their pods talk. */
import { distributionSupported, hardwareSupported, partBrought, partChosen } from "./choices/choices.ts";
import { onePodNetwork, podNetworkStays, somebodyServes } from "./cluster/existing.ts";
import { familiesSupported, networksAgree, nodesAgree, sameOrder } from "./addresses/families.ts";
import { ordinaryNetworks } from "./addresses/kinds.ts";
import { kubernetesPinned, kubernetesWindow } from "./versions/kubernetes.ts";
import { disjoint, podsLargeEnough, servicesSize } from "./addresses/ranges.ts";
import { nodeInLan, outsideOthers } from "./addresses/others.ts";
import { insideLan, noReserved } from "./addresses/lan.ts";
import { toldOffLan } from "./addresses/routed.ts";
import { oneName, oneOwner } from "./addresses/owners.ts";
import { dhcpInsideLan } from "./addresses/dhcp.ts";
import { apiNode, oddControlPlanes, severalServers, someControlPlane, somewhereToRun } from "./cluster/nodes.ts";
import { snapshotsHaveVolume, snapshotsOfEtcd } from "./cluster/snapshots.ts";
import { proxyBesideServer, proxyKnown, proxyOnLan, proxyPorts } from "./cluster/haproxy.ts";
import { folderOnce, hostManaged } from "./cluster/hosts.ts";
import { diskKnown, linkKnown, nodeNamed, oneMac, realLink, unicastMac } from "./cluster/links.ts";
import { boardArch, driverOnBoard, envoyStarts, oneImage } from "./cluster/boards.ts";
import {
  archAsMade,
  cardAsMade,
  hostKnown,
  largeEnough,
  oneCard,
  oneDevice,
  oneId,
} from "./cluster/virtualMachines.ts";
import { cardInPlace } from "./cluster/cards.ts";
import { sealedStart, signedStart } from "./cluster/trusted.ts";
import { taggedOnce } from "./cluster/segments.ts";
import { cardNamed, nodesStandThere, notOfCilium, notWireless, oneUntagged, tagKnown } from "./attachments/cards.ts";
import { dhcpHasFamily, oneAttachment } from "./attachments/names.ts";
import { dsrNeedsRouting, dsrThroughGeneve } from "./cni/directAnswers.ts";
import { nodesNeedEncryption } from "./cni/encryption.ts";
import { announcesInPlace, rewritesInPlace, servicesInPlace } from "./cni/kubeProxy.ts";
import { untaggedCards } from "./cni/calico.ts";
import { backendBrought } from "./cni/flannel.ts";
import { devicesOfNodes, driverOfLink } from "./cni/cilium.ts";
import type { Rule } from "./rule.ts";

export const ofMachines: readonly Rule[] = [
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
  severalServers,
  snapshotsOfEtcd,
  snapshotsHaveVolume,
  apiNode,
  proxyKnown,
  proxyBesideServer,
  proxyPorts,
  proxyOnLan,
  hostManaged,
  folderOnce,
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
  signedStart,
  sealedStart,
  cardInPlace,
  envoyStarts,
  hostKnown,
  oneId,
  oneDevice,
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
];
