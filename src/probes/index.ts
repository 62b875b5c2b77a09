/** What `gen doctor` looks at, made of the plan alone: most fundamental first, as findings appear. */
import type { Audit } from "../audit/audit.ts";
import { installedVersion } from "../audit/versions/mise.ts";
import { platformsOf, toolsOf } from "../compose/inUse.ts";
import type { Catalog } from "../model/component.ts";
import type { Expectation } from "../model/expectation.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import { unitsOf } from "../plan/units.ts";
import { addressProbe, silentAddress, takenAddress } from "./addresses.ts";
import { clusterProbe, kubectlSkew, otherCluster, otherKubernetes, silentCluster } from "./cluster.ts";
import { domainProbes, elsewhere, forbiddenAuthority, otherHost, unpublished } from "./domains.ts";
import { listenerProbes, nobodyListens } from "./listeners.ts";
import { machineProbe, otherLease, otherPrefix, otherResolver, otherRouter } from "./machine.ts";
import { missingNode, nodeProbe, otherMachine, unreadyNode } from "./nodes.ts";
import type { Probe } from "./probe.ts";
import { rebindProtection, resolverProbes, silentResolver, silentServer, unforwarded } from "./resolvers.ts";
import { deafRouter, routerProbes } from "./routers.ts";
import { otherClock, silentTime, timeProbes } from "./time.ts";
import { missingTool, otherVersion, toolProbes } from "./tools.ts";
import { answeringAddress } from "./before.ts";

/** By id, for `gen explain` and `silence`. */
export const ailments: readonly Audit[] = [
  missingTool,
  otherVersion,
  otherCluster,
  silentCluster,
  kubectlSkew,
  otherKubernetes,
  takenAddress,
  silentAddress,
  answeringAddress,
  otherMachine,
  missingNode,
  unreadyNode,
  deafRouter,
  nobodyListens,
  silentResolver,
  silentServer,
  unforwarded,
  rebindProtection,
  otherHost,
  forbiddenAuthority,
  unpublished,
  elsewhere,
  otherPrefix,
  otherRouter,
  otherResolver,
  otherLease,
  otherClock,
  silentTime,
];

/** `installed`: mise's configuration in the repository, empty where there is none. */
export function probesFor(plan: Plan, catalog: Catalog, installed: string): readonly Probe[] {
  const expected = expectationsOf(plan, catalog);
  const kubectl = installedVersion(installed, "kubectl")?.version ?? pinOf(catalog.pins, "kubectl").version;
  return [
    ...toolProbes(toolsOf(plan, catalog), installed),
    clusterProbe(plan, kubectl),
    addressProbe(plan),
    nodeProbe(
      plan,
      expected.find((one) => one.kind === "machine"),
    ),
    ...routerProbes(plan),
    ...listenerProbes(expected),
    ...resolverProbes(
      plan,
      expected.filter((one) => one.kind === "serves"),
      namesOf(plan, catalog),
    ),
    ...domainProbes(plan, expected),
    machineProbe(plan),
    ...timeProbes(plan),
  ];
}

const expectationsOf = (plan: Plan, catalog: Catalog): readonly Expectation[] => [
  ...platformsOf(plan, catalog).flatMap((platform) => platform.expects?.(plan) ?? []),
  ...plan.chosen.flatMap((chosen) => chosen.component.expects?.(plan, chosen.options, chosen) ?? []),
];

/** Names that the network answers for as it is emitted: those of its routes and records. */
const namesOf = (plan: Plan, catalog: Catalog): readonly string[] => [
  ...unitsOf(plan, catalog).flatMap(({ routes = [] }) => routes.map(({ host }) => host)),
  ...plan.records.map(({ name }) => name),
];
