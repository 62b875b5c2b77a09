/** All audits, the most fundamental first: findings appear in this order. */
import type { Finding } from "../model/finding.ts";
import { remembered } from "./guard/remembered.ts";
import { leasedAddress, addresses, outsidePools, sharedAddress } from "./addresses/check.ts";
import { foreignWords, localTraffic, oldWords } from "./addresses/dialect.ts";
import { foreignPool } from "./addresses/pools.ts";
import { movingImage, sharedVolume, apps } from "./apps.ts";
import { attachments, missingAttachment, takenAddress } from "./attachments.ts";
import { refusedBuild, builds } from "./argocd/builds.ts";
import { renewed, renewedAlways } from "./argocd/certificates.ts";
import { missingPath, paths as argoPaths, rawKustomization } from "./argocd/paths.ts";
import { missingProject, notAllowed, projects } from "./argocd/projects.ts";
import { missingValueFile, references, strayReference } from "./argocd/references.ts";
import { cascading, clientSide, emptied, safety } from "./argocd/safety.ts";
import { emptySource, ociTwice, shapes, twoSpellings } from "./argocd/shape.ts";
import { sealedForGood, sops } from "./argocd/sops.ts";
import { leftOver, unreached } from "./argocd/unreached.ts";
import { laterKind, racingKind, unmetHealth, unreadWave, waves } from "./argocd/waves.ts";
import type { Audit } from "./audit.ts";
import { certificates, filledTwice } from "./certificates.ts";
import type { Cluster } from "./cluster.ts";
import { circle, missingDependency, order } from "./flux/order.ts";
import { missingFolder, paths } from "./flux/paths.ts";
import { missingSource, sources } from "./flux/sources.ts";
import { hashedName, missingValues, unseenSecret, valueSources } from "./flux/values.ts";
import { entries, leftOut, listedTwice, missingEntry, unlisted } from "./kustomizations.ts";
import { foreignPods, policies, refusedPolicy } from "./policies.ts";
import { missingAuth } from "./routes/asked.ts";
import { missingListener, missingGateway, otherHostname, otherNamespace, unseen } from "./routes/attachment.ts";
import { missingBackend, missingGrant } from "./routes/backends.ts";
import { routes } from "./routes/check.ts";
import { missingClass, missingTarget, refusedSnippet } from "./routes/classes.ts";
import { closedBackend } from "./routes/closed.ts";
import { foreignBackend, manyCertificates, unsealed } from "./routes/cilium.ts";
import { freeName, idleName, takenName } from "./routes/claims.ts";
import { outsideName, pinnedGateway, strayPolicy } from "./routes/envoy.ts";
import { inTheClear, targetOnRoute } from "./routes/exposure.ts";
import { foreignCertificate, idleGrant, retiredVersion } from "./routes/grants.ts";
import { foreignHost, mixedKinds, takenHost, uncoveredHost } from "./routes/hosts.ts";
import { refusedObject } from "./routes/refused.ts";
import { blindSources } from "./routes/sources.ts";
import { acrossNamespaces, secondStore, strayEntrypoint, unnamedRoute } from "./routes/traefik.ts";
import { missingPart } from "./routes/traefikParts.ts";
import { plainPassword, plainSecret, plainToken, privateKey, secrets } from "./secrets.ts";
import type { Subject } from "./subject.ts";
import { twins, twoObjects } from "./twins.ts";
import { unreadPolicies, unreadPolicy } from "./unreadPolicies.ts";
import {
  versions,
  versionsApart,
  versionsRefused,
  versionsSpec,
  versionsStep,
  versionsTwice,
  versionsUntried,
} from "./versions/check.ts";

/** By id, for `gen explain` and `silence`. */
export const audits: readonly Audit[] = [
  plainSecret,
  privateKey,
  plainToken,
  plainPassword,
  missingEntry,
  listedTwice,
  unlisted,
  missingFolder,
  missingDependency,
  circle,
  missingSource,
  missingValues,
  unseenSecret,
  hashedName,
  twoSpellings,
  emptySource,
  ociTwice,
  strayReference,
  missingValueFile,
  missingPath,
  rawKustomization,
  unreached,
  missingProject,
  notAllowed,
  refusedBuild,
  sealedForGood,
  unreadWave,
  laterKind,
  racingKind,
  unmetHealth,
  clientSide,
  emptied,
  renewedAlways,
  cascading,
  twoObjects,
  sharedAddress,
  outsidePools,
  foreignPool,
  leasedAddress,
  foreignWords,
  oldWords,
  localTraffic,
  refusedObject,
  retiredVersion,
  foreignCertificate,
  idleGrant,
  missingGateway,
  missingListener,
  otherNamespace,
  otherHostname,
  missingClass,
  refusedSnippet,
  missingBackend,
  missingGrant,
  closedBackend,
  missingAuth,
  takenName,
  takenHost,
  mixedKinds,
  foreignHost,
  uncoveredHost,
  filledTwice,
  pinnedGateway,
  strayPolicy,
  blindSources,
  outsideName,
  manyCertificates,
  foreignBackend,
  unsealed,
  strayEntrypoint,
  acrossNamespaces,
  missingPart,
  secondStore,
  inTheClear,
  unnamedRoute,
  targetOnRoute,
  unreadPolicy,
  missingTarget,
  refusedPolicy,
  foreignPods,
  missingAttachment,
  takenAddress,
  sharedVolume,
  movingImage,
  freeName,
  idleName,
  unseen,
  versionsTwice,
  versionsApart,
  versionsUntried,
  versionsRefused,
  versionsSpec,
  versionsStep,
];

const OF_FILES: readonly ((subject: Subject) => Iterable<Finding>)[] = [secrets, entries];

const OF_ENGINE: Readonly<Record<string, readonly ((cluster: Cluster) => Iterable<Finding>)[]>> = {
  flux: [paths, order, sources, valueSources],
  argocd: [shapes, references, argoPaths, leftOver, projects, builds, sops, waves, safety, renewed],
};

const OF_CLUSTER: readonly ((cluster: Cluster) => Iterable<Finding>)[] = [
  twins,
  addresses,
  routes,
  certificates,
  unreadPolicies,
  policies,
  attachments,
  apps,
  versions,
];

/** What is wrong whatever the network is. */
export const auditFiles = (subject: Subject): readonly Finding[] => [
  ...subject.problems,
  ...OF_FILES.flatMap((check) => [...check(subject)]),
];

export { remembered };

/** What is wrong with a commit whatever else it is about. */
export const guard = (subject: Subject): readonly Finding[] => [...secrets(subject), ...remembered(subject.texts)];

/** What needs to know what the cluster is and which engine reads the files. */
export const auditCluster = (cluster: Cluster): readonly Finding[] =>
  [leftOut, ...(OF_ENGINE[cluster.plan.engine] ?? []), ...OF_CLUSTER].flatMap((check) => [...check(cluster)]);
