/** A control plane where Flux looks after an emitted repository, from nothing. */
import { afterAll, beforeAll } from "vitest";
import { join } from "node:path";
import { unitFolder } from "../../src/model/layout.ts";
import { emittedCatalog } from "../fixtures/emitted.ts";
import { crdFiles, requireComponents } from "../support/components.ts";
import { startControlPlane, type ControlPlane } from "../support/controlPlane.ts";
import { startControllers, type Controllers } from "../support/flux/controllers.ts";
import { serveSources, type Sources } from "../support/flux/sources.ts";
import { watched, type Watched } from "../support/flux/watched.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import { kustomize } from "../support/tools.ts";
import { SERVICES, type Built } from "./networks.ts";
import { ADMISSION } from "./server.ts";
import { commitAll, upstream } from "./upstream.ts";

export interface FluxCluster {
  readonly kustomizations: Watched;
  readonly releases: Watched;
  kubectl: (...args: readonly string[]) => Promise<string>;
  /** What is in the folder of the network now, committed and looked at by Flux. */
  push(): Promise<void>;
}

interface Sync {
  readonly kind: string;
  readonly url: string;
  readonly ref: string;
  readonly path: string;
  readonly interval: string;
}

/** What the operator makes of `spec.sync` of its object (flux-operator, internal/builder/templates.go: named after the namespace). */
function syncObjects({ url, ref, path, interval, kind }: Sync): readonly object[] {
  const metadata = { name: "flux-system", namespace: "flux-system" };
  return [
    { apiVersion: "source.toolkit.fluxcd.io/v1", kind, metadata, spec: { interval, ref: { name: ref }, url } },
    {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata,
      spec: { interval: "10m0s", path, prune: true, sourceRef: { kind, name: metadata.name } },
    },
  ];
}

export function fluxCluster(network: Built): FluxCluster {
  let plane: ControlPlane;
  let sources: Sources;
  let controllers: Controllers;
  let kustomizations: Watched;
  let releases: Watched;
  const kubectl = async (args: readonly string[], input?: string): Promise<string> => {
    const { code, stdout, stderr } = await plane.kubectl(args, input);
    if (code === 0) return stdout;
    throw new Error(stderr);
  };
  const apply = (objects: readonly object[]) =>
    kubectl(["apply", "--server-side", "--filename=-"], objects.map((object) => JSON.stringify(object)).join("\n"));
  beforeAll(async () => {
    const instance = network.units.find(({ id }) => id === "flux-operator/instance");
    if (instance === undefined) throw new Error("no instance of Flux");
    const [sync] = readManifests(await kustomize(join(network.folder, unitFolder(instance, network.plan)))).map(
      ({ spec }) => (spec as { sync: Sync }).sync,
    );
    if (sync === undefined) throw new Error("no sync");
    await commitAll(network.folder);
    plane = await startControlPlane({ services: SERVICES, admission: ADMISSION });
    await kubectl([
      "apply",
      "--server-side",
      ...crdFiles(requireComponents(), ["flux"]).map((file) => `--filename=${file}`),
    ]);
    await kubectl(["wait", "--for=condition=Established", "crd", "--all", "--timeout=100s"]);
    sources = await serveSources(
      plane.api,
      upstream({ units: network.units, pins: emittedCatalog.pins, url: sync.url, folder: network.folder }),
    );
    kustomizations = watched(plane.api, "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations");
    releases = watched(plane.api, "/apis/helm.toolkit.fluxcd.io/v2/helmreleases");
    controllers = await startControllers(plane);
    await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: "flux-system" } }, ...syncObjects(sync)]);
  }, 300_000);
  afterAll(async () => {
    await controllers?.stop();
    await sources?.stop();
    await plane?.stop();
  });
  return {
    get kustomizations() {
      return kustomizations;
    },
    get releases() {
      return releases;
    },
    kubectl: (...args) => kubectl(args),
    async push() {
      await commitAll(network.folder);
      await kubectl([
        "annotate",
        "--overwrite",
        "--namespace=flux-system",
        "gitrepository/flux-system",
        `reconcile.fluxcd.io/requestedAt=${Date.now()}`,
      ]);
    },
  };
}
