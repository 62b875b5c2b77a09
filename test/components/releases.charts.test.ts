/** Every release, rendered by helm from the real chart. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import type { Plan } from "../../src/model/plan.ts";
import { isClusterWide } from "../../src/model/clusterWide.ts";
import { meteredIn, type Metered } from "../../src/model/metrics.ts";
import type { Flow, Unit } from "../../src/model/unit.ts";
import { chartFolder, renderChart, type RenderOptions } from "../support/charts.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import { validateObjects } from "../support/schemas.ts";
import { CHARTS, networksOnDisk } from "./releases.ts";

test.each(networksOnDisk())("what the charts render is valid: $name", async ({ plan, units, folder }) => {
  for (const unit of units) {
    if (unit.release === undefined) continue;
    const chart = CHARTS[unit.id]?.chart ?? unit.id;
    const chartDir = chartFolder(chart);
    if (chartDir === undefined)
      throw new Error("HOMELAB_NET_CHARTS is not set: it names the folder with the charts this check renders");
    const objects = await rendered({
      chartDir,
      name: unit.release.name,
      namespace: unit.namespace,
      valuesFile: join(folder, unitFolder(unit, plan), "values.yaml"),
      kubeVersion: `${plan.cluster.kubernetes.minor}.0`,
      apiVersions: ["gateway.networking.k8s.io/v1/HTTPRoute"],
    });
    expect(outside(objects, unit, plan, units), unit.id).toEqual([]);
    for (const flow of flowsOf(plan).filter((candidate) => candidate.unit === unit.id))
      expect(unreached(flow, objects), `${unit.id}: ${flow.name}`).toEqual([]);
    for (const metered of meteredIn(plan).filter((candidate) => candidate.unit === unit.id))
      expect(unlisted(metered, objects), `${unit.id}: numbers of ${metered.name}`).toEqual([]);
  }
});

test("an engine is told of every kind without a namespace that a chart makes, and of no other", () => {
  expect(made.size).toBeGreaterThan(0);
  for (const [id, { told, found }] of made) expect(found, id).toEqual(expect.arrayContaining([...told]));
});

test("a port without a number in the list of a container is found", () => {
  const containers = [{ ports: [{ containerPort: 80 }] }, {}];
  const pod = { metadata: { labels: { app: "a" } }, spec: { containers } };
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", spec: { template: pod } };
  const metered = { pods: { app: "a" }, port: 80 } as unknown as Metered;
  expect(unlisted(metered, [deployment])).toEqual([]);
  expect(unlisted({ ...metered, port: 81 }, [deployment])).toEqual(["no port 81"]);
});

test("a policy that selects no pod, or a port no pod has, is found", () => {
  const pod = { metadata: { labels: { app: "a" } }, spec: { containers: [{ ports: [{ containerPort: 80 }] }] } };
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", spec: { template: pod } };
  const flow = { to: { app: "a" }, ports: [{ port: 80, protocol: "TCP" }] } as unknown as Flow;
  expect(unreached(flow, [deployment])).toEqual([]);
  expect(unreached({ ...flow, to: { app: "b" } }, [deployment])).toEqual(["no pod"]);
  expect(unreached({ ...flow, ports: [{ port: 81, protocol: "TCP" }] }, [deployment])).toEqual(["no port 81"]);
});

/** What charts are said to make, and what they made in any network, by the id of the unit. */
const made = new Map<string, { readonly told: ReadonlySet<string>; readonly found: string[] }>();

const OF_CHARTS = ["ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition"];

/** Objects that an engine would not be allowed to apply. */
function outside(
  objects: readonly KubernetesObject[],
  unit: Unit,
  plan: Plan,
  units: readonly Unit[],
): readonly string[] {
  const { clusterWide = [], namespaces = [] } = unit.release ?? {};
  const before = made.get(unit.id) ?? { told: new Set(clusterWide), found: [] };
  made.set(unit.id, { told: new Set([...before.told, ...clusterWide]), found: before.found });
  const allowed = new Set(["kube-system", ...namespaces, ...units.map(({ namespace }) => namespace)]);
  return objects.flatMap(({ apiVersion, kind, metadata }) => {
    const namespace = (metadata as { readonly namespace?: string } | undefined)?.namespace ?? unit.namespace;
    if (!isClusterWide(kind, apiVersion.split("/")[0]))
      return allowed.has(namespace) ? [] : [`${kind} in ${namespace}`];
    const name = `${apiVersion.includes("/") ? apiVersion.split("/")[0] : ""}/${kind}`;
    before.found.push(name);
    return OF_CHARTS.includes(kind) || clusterWide.includes(name) ? [] : [name];
  });
}

const known = new Map<string, Promise<readonly KubernetesObject[]>>();

/** What is rendered of the same values again is the same again, and most networks differ in few of them. */
function rendered(options: RenderOptions): Promise<readonly KubernetesObject[]> {
  const key = JSON.stringify({ ...options, valuesFile: readFileSync(options.valuesFile, "utf8") });
  const objects = known.get(key) ?? judged(options);
  known.set(key, objects);
  return objects;
}

async function judged(options: RenderOptions): Promise<readonly KubernetesObject[]> {
  const objects = await renderChart(options);
  expect(objects.length, options.name).toBeGreaterThan(0);
  // What comes out anew each time would never be in sync: Argo CD renders a chart again and again.
  expect(await renderChart(options), options.name).toEqual(objects);
  expect(validateObjects(objects, { nulls: "drop" }), options.name).toEqual([]);
  return objects;
}

const flowsOf = (plan: Plan): readonly Flow[] =>
  plan.chosen.flatMap((chosen) => chosen.component.flows?.(plan, chosen.options, chosen) ?? []);

interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly containers?: readonly { readonly ports?: readonly { readonly containerPort: number }[] }[];
  };
}

/** A port by whose number Prometheus finds pods is one that they list. */
const unlisted = ({ pods, port }: Metered, objects: readonly KubernetesObject[]): readonly string[] =>
  listedBy(podsWith(pods, objects)).includes(port) ? [] : [`no port ${port}`];

/** What a policy is about and the chart does not have. A chart need not list ports; one that does lists all. */
function unreached({ to, ports }: Flow, objects: readonly KubernetesObject[]): readonly string[] {
  const pods = podsWith(to, objects);
  if (pods.length === 0) return ["no pod"];
  const listed = listedBy(pods);
  if (listed.length === 0) return [];
  return ports.filter(({ port }) => !listed.includes(port)).map(({ port }) => `no port ${port}`);
}

const podsWith = (
  labels: Readonly<Record<string, string>>,
  objects: readonly KubernetesObject[],
): readonly (PodTemplate | undefined)[] =>
  objects
    .map((object) => (object["spec"] as { template?: PodTemplate } | undefined)?.template)
    .filter((template) => Object.entries(labels).every(([key, value]) => template?.metadata?.labels?.[key] === value));

const listedBy = (pods: readonly (PodTemplate | undefined)[]): readonly number[] =>
  pods.flatMap(
    (pod) => pod?.spec?.containers?.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)) ?? [],
  );
