/** Values of add-app, rendered by helm from the real chart. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { chartFolder, renderChart } from "../support/charts.ts";
import { podOf, refusedByRestricted } from "../support/podSecurity.ts";
import { validateObjects } from "../support/schemas.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";
import { composedApp, fileOf, HOSTILE, newApps } from "../fixtures/newApps.ts";

async function rendered(name: "an image" | "an image with everything") {
  const folder = temporaryFolder("values");
  writeFiles(folder, { "values.yaml": fileOf(composedApp(newApps[name]), "app/values.yaml") });
  const chartDir = chartFolder("app-template");
  if (chartDir === undefined) throw new Error("HOMELAB_NET_CHARTS is not set");
  const objects = await renderChart({
    chartDir,
    name: "jellyfin",
    namespace: "media",
    valuesFile: join(folder, "values.yaml"),
    kubeVersion: "1.36.0",
  });
  expect(validateObjects(objects, { nulls: "drop" })).toEqual([]);
  return objects;
}

test("an image becomes a Deployment and a Service of its name", async () => {
  const objects = await rendered("an image");
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata?.name}`).sort()).toEqual([
    "Deployment jellyfin",
    "Service jellyfin",
  ]);
});

test("with a user that is told the pods fit Pod Security restricted, and without one they are refused there", async () => {
  const refused = async (name: Parameters<typeof rendered>[0]) =>
    (await rendered(name)).flatMap((object) => refusedByRestricted(podOf(object)));
  expect(await refused("an image with everything")).toEqual([]);
  expect(await refused("an image")).toContain("may be root");
});

test("everything that was asked for arrives", async () => {
  const objects = await rendered("an image with everything");
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  expect(of("PersistentVolumeClaim").map(({ metadata }) => metadata?.["annotations"])).toEqual([
    { "helm.sh/resource-policy": "keep" },
    { "helm.sh/resource-policy": "keep" },
  ]);
  const [deployment] = of("Deployment");
  expect(deployment).toMatchObject({
    spec: {
      strategy: { type: "Recreate" },
      template: {
        metadata: {
          labels: { "app.kubernetes.io/instance": "jellyfin", "app.kubernetes.io/name": "jellyfin" },
          annotations: {
            "k8s.v1.cni.cncf.io/networks": '[{"name":"iot","ips":["192.168.30.60/24"]},{"name":"cameras"}]',
          },
        },
        spec: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ operator: "In", values: ["talos-worker-1"] }] }],
              },
            },
          },
          enableServiceLinks: false,
          securityContext: { runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              image: `ghcr.io/owner/app:1.2.3@sha256:${"0".repeat(64)}`,
              env: expect.arrayContaining([
                { name: "TZ", value: "Europe/Berlin" },
                { name: "HOSTILE", value: HOSTILE.replace("$(HOME) $$", () => "$$(HOME) $$$$") },
                { name: "EMPTY", value: "" },
                { name: "NUMBER", value: "012" },
                { name: "FLAG", value: "yes" },
              ]),
              envFrom: [{ secretRef: { name: "jellyfin" } }],
              readinessProbe: { tcpSocket: { port: 80 } },
              startupProbe: { tcpSocket: { port: 80 }, failureThreshold: 60 },
              securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
            },
          ],
        },
      },
    },
  });
});
