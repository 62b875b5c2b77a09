/**
 * What becomes of a network when its repository changes, or its cluster does, and what of a repository that is wrong: by
 * the real controllers, with the stand-ins of test/cluster/flux.cluster.test.ts. Run by `npm run test:cluster`.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readiness } from "../support/flux/watched.ts";
import { edit } from "../support/repository.ts";
import { coursesOf } from "./course.ts";
import { fluxCluster, keyOfUnit, keysOf } from "./fluxCluster.ts";
import { networks } from "./networks.ts";
import { git } from "./upstream.ts";

// What it breaks is the order of Cilium, as Flux has it.
const [network, copy] = networks.filter(
  ({ plan, units }) => plan.engine === "flux" && units.some(({ id }) => id === "cilium"),
);
if (network === undefined || copy === undefined) throw new Error("no network");

const MINUTES = 300_000;
const APPS = "kubernetes/apps";
const RELOADER = "kube-system/reloader";
const CONFIG = "kube-system/cilium-config";

describe("a network that is up", { timeout: MINUTES }, () => {
  const cluster = fluxCluster(network);
  beforeAll(() => cluster.untilUp(), MINUTES);

  /** Whatever a test did to the repository is undone, and Flux has seen it. */
  const undone = async (): Promise<void> => {
    await git(network.folder, "revert", "--no-commit", "HEAD");
    await cluster.push();
    await cluster.untilUp();
  };

  it("says which file is missing, of the unit it is missing in", async () => {
    rmSync(join(network.folder, APPS, RELOADER, "app/ocirepository.yaml"));
    await cluster.push();
    await cluster.kustomizations.until(
      "it is refused",
      (now) => readiness(now.get(RELOADER))?.reason === "BuildFailed",
    );
    expect(readiness(cluster.kustomizations.now.get(RELOADER))?.message).toMatch(/ocirepository\.yaml.*no such file/);
    await cluster.kustomizations.until("others go on", () => cluster.isUp("kube-system/cilium"));
    await undone();
  });

  it("waits for what is not there", async () => {
    edit(network.folder, `${APPS}/${RELOADER}/ks.yaml`, "- name: cilium", "- name: nowhere");
    await cluster.push();
    await cluster.kustomizations.until("it waits", (now) =>
      /'kube-system\/nowhere' not found/.test(readiness(now.get(RELOADER))?.message ?? ""),
    );
    expect(readiness(cluster.kustomizations.now.get(RELOADER))).toMatchObject({
      status: "False",
      reason: "DependencyNotReady",
    });
    await undone();
  });

  it("puts back what somebody changed in the cluster", async () => {
    const intervalOf = () =>
      (cluster.releases.now.get(RELOADER)?.["spec"] as { interval: string } | undefined)?.interval;
    const interval = intervalOf();
    expect(interval).toBeDefined();
    const change = '--patch={"spec":{"interval":"9h"}}';
    await cluster.kubectl("patch", "helmrelease/reloader", "--namespace=kube-system", "--type=merge", change);
    await cluster.releases.until("it is changed", () => intervalOf() === "9h");
    await cluster.look("kustomization", RELOADER);
    await cluster.releases.until("it is put back", () => intervalOf() === interval);
  });

  it("loses what is taken out, but neither namespaces nor resource types", async () => {
    for (const namespace of ["default", "network"])
      edit(network.folder, `${APPS}/kustomization.yaml`, `  - ./${namespace}\n`, "");
    await cluster.push();
    const isGone = (key: string): boolean => !/^(default|network)\//.test(key);
    await cluster.kustomizations.until("units are gone", (now) => [...now.keys()].every(isGone));
    expect([...cluster.releases.now.keys()].filter((key) => !isGone(key))).toEqual([]);
    expect(cluster.releases.now.size).toBeGreaterThan(0);
    expect(await cluster.kubectl("get", "httproutes,gateways", "--all-namespaces", "--output=name")).toBe("");
    expect(await cluster.kubectl("get", "namespace/network", "--output=jsonpath={.status.phase}")).toBe("Active");
  });
});

describe("a network that can fetch nothing but its repository", { timeout: MINUTES }, () => {
  // Its order is left out where it matters first.
  beforeAll(
    () => void edit(copy.folder, `${APPS}/kube-system/cilium/ks.yaml`, "  dependsOn:\n    - name: cilium\n", ""),
  );
  const cluster = fluxCluster(copy, (from) => (source) => {
    if (source.metadata?.name === "flux-system") return from(source);
    throw new Error("not to be had");
  });

  it("applies too early what was not put in order, and leaves alone what was", async () => {
    const { kustomizations } = cluster;
    await kustomizations.until("it is refused", (now) => readiness(now.get(CONFIG))?.reason === "ReconciliationFailed");
    expect(readiness(kustomizations.now.get(CONFIG))?.message).toMatch(/no matches for kind "Cilium\w+"/);
    await kustomizations.until("all are there", (now) =>
      keysOf(copy.units).every((key) => readiness(now.get(key)) !== undefined),
    );
    const courses = coursesOf(kustomizations.changes);
    expect(courses.get("kube-system/cilium")?.ready).toBeUndefined();
    expect(courses.get(CONFIG)?.troubles.join("\n")).toContain("ReconciliationFailed");
    const later = copy.units.filter(({ dependsOn }) => dependsOn.length > 0).map(keyOfUnit);
    const begun = later.filter((key) => courses.get(key)?.begun !== undefined);
    expect(begun).toEqual([CONFIG]);
  });
});
