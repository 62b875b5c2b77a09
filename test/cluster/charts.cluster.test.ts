/**
 * What helm renders of every release, judged by the real server, and its pods by the Pod Security of the namespace
 * they run in. Run by `npm run test:cluster`. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { chartFolder, renderChart } from "../support/charts.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import { CHARTS } from "../components/releases.ts";
import { podsOf } from "../support/pods.ts";
import { networks, ofEngine, SERVICES, type Built } from "./networks.ts";
import { serverFor, type Release } from "./server.ts";

const server = serverFor({ services: SERVICES });

function folderOf(unit: string): string {
  const folder = chartFolder(CHARTS[unit]?.chart ?? unit);
  if (folder !== undefined) return folder;
  throw new Error("HOMELAB_NET_CHARTS is not set: it names the folder with the charts this check renders");
}

/** Files of the folders `crds` of a chart and of the charts in it, which helm does not render. */
const definitionsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /^(charts\/[^/]+\/)*crds\/.*\.ya?ml$/.test(path) && !path.includes("/templates/"))
    .map((path) => join(folder, path));

async function rendered({ plan, units, folder }: Built): Promise<readonly Release[]> {
  const releases = units.flatMap(({ release, ...unit }) => (release === undefined ? [] : [{ ...unit, release }]));
  const all: Release[] = [];
  for (const { id, namespace, release } of releases) {
    const objects = await renderChart({
      chartDir: folderOf(id),
      name: release.name,
      namespace,
      valuesFile: join(folder, unitFolder({ id, namespace }, plan), "values.yaml"),
      kubeVersion: "1.36.0",
      apiVersions: ["gateway.networking.k8s.io/v1/HTTPRoute"],
    });
    all.push({ namespace, objects });
  }
  return all;
}

/** What charts write that a server knows better, and that no value of theirs is about. */
const OF_CHARTS = [
  // cert-manager and others: definitions say so of numbers.
  'unrecognized format "int64"',
  // kube-vip prefers nodes by the old label as well.
  'node-role.kubernetes.io/master is use "node-role.kubernetes.io/control-plane" instead',
];

const ofKind = (objects: readonly KubernetesObject[], wanted: string) => objects.filter(({ kind }) => kind === wanted);

it.each(networks)("every object of a chart is taken, and every pod of it: $name", async (network) => {
  const own = (await ofEngine(network)).flatMap((text) => readManifests(text));
  await server.keep(ofKind(own, "Namespace"));
  const releases = await rendered(network);
  // A chart may put objects into a namespace that it makes itself.
  await server.keep(releases.flatMap(({ objects }) => ofKind(objects, "Namespace")));
  // Pods name classes that are objects of a unit, or of the chart itself.
  const classes = network.units.flatMap(({ objects = {} }) => ofKind(Object.values(objects).flat(), "RuntimeClass"));
  await server.keep([...classes, ...releases.flatMap(({ objects }) => ofKind(objects, "RuntimeClass"))]);
  // A pod alone is a test of the chart, which nobody runs.
  const run = releases.map(({ objects, namespace }) => ({
    objects: objects.filter(({ kind }) => kind !== "Pod"),
    namespace,
  }));
  const pods = run.map(({ objects, namespace }) => ({ objects: podsOf(objects), namespace }));
  for (const judged of [run, pods]) {
    const { refused, warnings, taken } = await server.judgeReleases(judged);
    expect(refused).toEqual([]);
    expect(warnings.filter((line) => !OF_CHARTS.some((known) => line.includes(known)))).toEqual([]);
    expect(taken).toBe(judged.flatMap(({ objects }) => objects).length);
  }
  expect(pods.flatMap(({ objects }) => objects).length).toBeGreaterThan(releases.length);
});

it("the pods of Cilium are refused where Talos has made no exception", async () => {
  const [network] = networks;
  if (network === undefined) throw new Error("no network");
  const cilium = network.units.filter(({ id }) => id === "cilium");
  const [release] = await rendered({ ...network, units: cilium });
  const pods = podsOf(release?.objects ?? []).map((pod) => ({
    ...pod,
    metadata: { ...pod.metadata, namespace: "default" },
  }));
  const { refused } = await server.judge(pods);
  expect(refused.join("\n")).toMatch(/"daemonset-cilium" is forbidden: violates PodSecurity "baseline:latest"/);
});

it("the definitions that charts bring are taken", async () => {
  const [network] = networks;
  const charts = (network?.units ?? []).flatMap(({ id, release }) => (release === undefined ? [] : [folderOf(id)]));
  const files = charts.flatMap((folder) => definitionsIn(folder));
  expect(files.length).toBeGreaterThan(0);
  const texts = files.map((file) => readFileSync(file, "utf8"));
  const { refused, taken } = await server.judge(texts.join("\n---\n"));
  expect(refused).toEqual([]);
  expect(taken).toBe(texts.flatMap((text) => readManifests(text)).length);
});

describe("a pod that is given the network of its machine", () => {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a" },
    spec: { hostNetwork: true, containers: [{ name: "a", image: "example.com/a:1" }] },
  };
  it.each([
    ["default", "baseline"],
    ["network", "baseline"],
    ["cert-manager", "restricted"],
  ])("is refused in %s, which is %s", async (namespace, level) => {
    const { refused } = await server.judgeReleases([{ namespace, objects: [pod] }]);
    expect(refused.join("\n")).toContain(`violates PodSecurity "${level}:latest": host namespaces`);
  });
  it("is taken in kube-system", async () => {
    expect(await server.judgeReleases([{ namespace: "kube-system", objects: [pod] }])).toEqual({
      refused: [],
      warnings: [],
      taken: 1,
    });
  });
});
