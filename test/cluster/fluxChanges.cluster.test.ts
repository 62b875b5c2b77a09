/**
 * What becomes of a network when its repository changes, or its cluster does, and what of a repository that is wrong: by
 * the real controllers, with the stand-ins of test/cluster/flux.cluster.test.ts. Run by `npm run test:cluster`.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { isReady, readiness } from "../support/flux/watched.ts";
import { edit } from "../support/repository.ts";
import { fluxCluster } from "./fluxCluster.ts";
import { networks } from "./networks.ts";
import { git } from "./upstream.ts";

const [network, copy] = networks;
if (network === undefined || copy === undefined) throw new Error("no network");

const APPS = "kubernetes/apps";
const RELOADER = "kube-system/reloader";

describe("a network that is up", () => {
  const cluster = fluxCluster(network);
  beforeAll(() => cluster.untilUp());

  /** Whatever a test did to the repository is undone, and Flux has seen it. */
  const undone = async (): Promise<void> => {
    await git(network.folder, "revert", "--no-edit", "HEAD");
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
    expect(isReady(cluster.kustomizations.now.get("kube-system/cilium"))).toBe(true);
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
    const intervalOf = () => (cluster.releases.now.get(RELOADER)?.["spec"] as { interval: string }).interval;
    const interval = intervalOf();
    await cluster.kubectl(
      "patch",
      "hr",
      "reloader",
      "-n=kube-system",
      "--type=merge",
      '--patch={"spec":{"interval":"9h"}}',
    );
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
    const left = await cluster.kubectl(
      "get",
      "httproutes,gateways,secrets,configmaps",
      "--all-namespaces",
      "--output=name",
    );
    expect(left).not.toMatch(/httproute|gateway\./);
    expect(await cluster.kubectl("get", "namespace/network", "--output=jsonpath={.status.phase}")).toBe("Active");
  });
});

describe("a network of which only the repository can be had", () => {
  const bare = { ...network, units: [] };
});
