/** How names are found and reached, from the internet and in the house: the part of the order in index.ts about them. */
import { editableZone, publicDomain, solverKnown, solverOfDomain, zoneOfOne } from "./certificates/letsencrypt.ts";
import { oneSource, somebodyAnswers, writtenAtHome } from "./dns/house.ts";
import {
  domainsPublished,
  onePublisher,
  ownOwner,
  publishedGatewayExists,
  publishedIsPublic,
  somethingPublished,
  unmarkedStays,
} from "./dns/publish.ts";
import { oneTunnelEnd, tunnelDomain } from "./ingress/tunnel.ts";
import type { Rule } from "./rule.ts";

export const reachRules: readonly Rule[] = [
  publicDomain,
  editableZone,
  solverOfDomain,
  solverKnown,
  zoneOfOne,
  oneTunnelEnd,
  tunnelDomain,
  publishedGatewayExists,
  publishedIsPublic,
  somethingPublished,
  onePublisher,
  domainsPublished,
  ownOwner,
  unmarkedStays,
  oneSource,
  writtenAtHome,
  somebodyAnswers,
];
