/** A control plane where Flux looks after an emitted repository, from nothing. */
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { objectNameOf, unitFolder } from "../../src/model/layout.ts";
import type { OrderedUnit } from "../../src/model/unit.ts";
import { emittedCatalog } from "../fixtures/emitted.ts";
import { crdFiles, requireComponents } from "../support/components.ts";
import { startControlPlane, type ControlPlane } from "../support/controlPlane.ts";
import { startControllers, type Controllers } from "../support/flux/controllers.ts";
import { standInForMachines } from "../support/flux/machines.ts";
import { serveSources, type Fetch, type Sources } from "../support/flux/sources.ts";
import { isReady, watched, type Watched } from "../support/flux/watched.ts";
import { readManifests } from "../support/manifests.ts";
import { kustomize } from "../support/tools.ts";
import { SERVICES, type Built } from "./networks.ts";
import { ADMISSION } from "./server.ts";
import { commitAll, upstream } from "./upstream.ts";

export interface FluxCluster {
  readonly kustomizations: Watched;
  readonly releases: Watched;
  /** Rejects with what kubectl says. */
  kubectl(...args: readonly string[]): Promise<string>;
  /** What is in the folder of the network now is committed and looked at. */
  push(): Promise<void>;
  /** As `flux reconcile` asks for it. `key`: `kube-system/cilium`. */
  look(kind: string, key: string): Promise<void>;
  /** A unit is ready at the last commit that was pushed. */
  isUp(key: string): boolean;
  /** Every unit is. */
  untilUp(): Promise<void>;
}

/** Of the Kustomization of a unit. */
export const keyOfUnit = (unit: OrderedUnit): string => `${unit.namespace}/${objectNameOf(unit)}`;

/** What the operator makes, and what that applies. */
const ROOTS = ["flux-system/flux-system", "flux-system/cluster-apps"];

export const keysOf = (units: readonly OrderedUnit[]): readonly string[] => [...ROOTS, ...units.map(keyOfUnit)];

export const appliedOf = ({ now }: Watched, key: string): string | undefined =>
  (now.get(key)?.["status"] as { lastAppliedRevision?: string } | undefined)?.lastAppliedRevision;

interface Sync {
  readonly kind: string;
  readonly url: string;
  readonly ref: string;
  readonly path: string;
  readonly interval: string;
  readonly pullSecret?: string;
}

const SYSTEM = { name: "flux-system", namespace: "flux-system" };

/** What the operator makes of `spec.sync` of its object (flux-operator v0.58.1, internal/builder/templates.go). */
const objectsOf = ({ url, ref, path, interval, kind, pullSecret }: Sync): readonly object[] => [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: SYSTEM.namespace } },
  {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind,
    metadata: SYSTEM,
    spec: { interval, ref: { name: ref }, url, ...(pullSecret !== undefined && { secretRef: { name: pullSecret } }) },
  },
  {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: SYSTEM,
    spec: { interval: "10m0s", path, prune: true, sourceRef: { kind, name: SYSTEM.name } },
  },
];

async function syncOf({ units, plan, folder }: Built): Promise<Sync> {
  const instance = units.find(({ id }) => id === "flux-operator/instance");
  if (instance === undefined) throw new Error("no instance of Flux");
  const objects = readManifests(await kustomize(join(folder, unitFolder(instance, plan))));
  const found = objects.find(({ kind }) => kind === "FluxInstance");
  if (found === undefined) throw new Error("no FluxInstance");
  return (found["spec"] as { sync: Sync }).sync;
}

/** `fetched` instead of what the network can fetch. */
export function fluxCluster(network: Built, fetched: (from: Fetch) => Fetch = (from) => from): FluxCluster {
  const { folder, units } = network;
  let plane: ControlPlane;
  let sources: Sources;
  let controllers: Controllers;
  let kustomizations: Watched;
  let releases: Watched;
  let commit: string;
  const kubectl = async (args: readonly string[], input?: string): Promise<string> => {
    const { code, stdout, stderr } = await plane.kubectl(args, input);
    if (code === 0) return stdout;
    throw new Error(stderr);
  };
  const define = async (component: string): Promise<void> => {
    const files = crdFiles(requireComponents(), [component]);
    await kubectl(["apply", "--server-side", ...files.map((file) => `--filename=${file}`)]);
    await kubectl(["wait", "--for=condition=Established", "crd", "--all", "--timeout=100s"]);
  };
  beforeAll(async () => {
    const sync = await syncOf(network);
    commit = await commitAll(folder);
    plane = await startControlPlane({ services: SERVICES, admission: ADMISSION });
    // What its operator installs beside the controllers.
    await define("flux");
    const from = upstream({ units, pins: emittedCatalog.pins, url: sync.url, folder });
    sources = await serveSources(plane.api, fetched(from));
    standInForMachines(plane.api, { "cilium-operator": () => define("cilium") });
    kustomizations = watched(plane.api, "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations");
    releases = watched(plane.api, "/apis/helm.toolkit.fluxcd.io/v2/helmreleases");
    controllers = await startControllers(plane);
    const objects = objectsOf(sync).map((object) => JSON.stringify(object));
    await kubectl(["apply", "--server-side", "--filename=-"], objects.join("\n"));
  }, 300_000);
  afterAll(async () => {
    await controllers?.stop();
    await sources?.stop();
    await plane?.stop();
  });
  const look = async (kind: string, key: string): Promise<void> => {
    const [namespace, name] = key.split("/");
    const asked = `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`;
    await kubectl(["annotate", "--overwrite", `--namespace=${namespace}`, `${kind}/${name}`, asked]);
  };
  const theirs = new Set(units.filter(({ remote }) => remote !== undefined).map(keyOfUnit));
  const isUp = (key: string): boolean =>
    isReady(kustomizations.now.get(key)) &&
    (theirs.has(key) || appliedOf(kustomizations, key)?.endsWith(commit) === true);
  return {
    get kustomizations() {
      return kustomizations;
    },
    get releases() {
      return releases;
    },
    kubectl: (...args) => kubectl(args),
    look,
    isUp,
    async push() {
      commit = await commitAll(folder);
      await look("gitrepository", "flux-system/flux-system");
    },
    untilUp: () => kustomizations.until("every unit is there and ready", () => keysOf(units).every(isUp)),
  };
}
