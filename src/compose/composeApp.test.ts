import { describe, expect, test } from "vitest";
import { composedApp, fileOf, HOSTILE, newApps } from "../../test/fixtures/newApps.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { podOf, refusedByRestricted } from "../../test/support/podSecurity.ts";
import type { KubernetesObject } from "../model/unit.ts";
import { readDocuments } from "../yaml/documents.ts";

const objects = (app: Parameters<typeof composedApp>[0], file: string) =>
  readDocuments(fileOf(composedApp(app), file), file) as KubernetesObject[];

const { "an image": image, "an image with everything": full } = newApps;

describe.each(Object.entries(newApps))("%s", (_name, app) => {
  const composed = composedApp(app);
  const { tree, registrations } = composed;
  test("is seeded, all of it", () => {
    expect([...tree.values()].filter(({ kept }) => kept !== "seeded")).toEqual([]);
  });
  test("lies in one folder, beside its namespace", () => {
    const outside = [...tree.keys()].filter((path) => !path.startsWith("kubernetes/apps/media/jellyfin/"));
    expect(outside).toEqual(["kubernetes/apps/media/namespace.yaml"]);
  });
  test("lists every file of its folder", () => {
    const folder = "kubernetes/apps/media/jellyfin/app/";
    const [list] = readDocuments(fileOf(composed, "app/kustomization.yaml"), "list");
    const {
      resources,
      configMapGenerator = [],
      configurations = [],
    } = list as {
      resources: string[];
      configMapGenerator?: { files: string[] }[];
      configurations?: string[];
    };
    const listed = [...resources, ...configurations, ...configMapGenerator.flatMap(({ files }) => files)];
    const there = [...tree.keys()].filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
    expect([...listed, "./kustomization.yaml"].sort()).toEqual(there.map((file) => `./${file}`).sort());
  });
  test("is named in the lists above it", () => {
    expect(registrations.map(({ file, item }) => `${file} ${item}`)).toEqual([
      "kubernetes/apps/media/kustomization.yaml ./namespace.yaml",
      "kubernetes/apps/kustomization.yaml ./media",
      "kubernetes/apps/media/kustomization.yaml ./jellyfin/ks.yaml",
    ]);
  });
  test("comes after the gateway its route names, and after nothing else", () => {
    const [unit] = readDocuments(fileOf(composed, "ks.yaml"), "ks.yaml");
    const after = "route" in app ? [{ name: "envoy-gateway-config", namespace: "network" }] : undefined;
    expect((unit as { spec: { dependsOn?: unknown } }).spec.dependsOn).toEqual(after);
  });
  test("stands below the root of its network", () => {
    const plan = planOf({ root: "clusters/home" });
    const below = composedApp(app, { plan });
    const paths = [...below.tree.keys(), ...below.registrations.map(({ file }) => file)];
    expect(paths.filter((path) => !path.startsWith("clusters/home/"))).toEqual([]);
  });
});

test("a namespace that is there is left as it is", () => {
  const { tree, registrations } = composedApp(image, { newNamespace: false });
  expect([...tree.keys()].some((path) => path.endsWith("/namespace.yaml"))).toBe(false);
  expect(registrations.some(({ item }) => item === "./namespace.yaml")).toBe(false);
});

test("a new namespace takes no pod that Pod Security baseline refuses, and is never pruned", () => {
  const [, file] = [...composedApp(image).tree].find(([path]) => path.endsWith("/namespace.yaml")) ?? [];
  expect(readDocuments(file?.content ?? "", "namespace.yaml")).toMatchObject([
    {
      metadata: {
        labels: { "pod-security.kubernetes.io/enforce": "baseline" },
        annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
      },
    },
  ]);
});

test("with a user that is told its pods fit Pod Security restricted, and without one they are refused there", () => {
  const refused = (kind: "plain objects" | "plain objects with everything") =>
    objects(newApps[kind], "app/deployment.yaml").flatMap((object) => refusedByRestricted(podOf(object)));
  expect(refused("plain objects with everything")).toEqual([]);
  expect(refused("plain objects")).toContain("may be root");
});

test("without a route there is no policy, and nobody is kept out", () => {
  expect([...composedApp(image).tree.keys()].filter((path) => /policy|httproute/.test(path))).toEqual([]);
});

test("with a route only the gateways reach the port", () => {
  const [policy, ...others] = objects(full, "app/networkpolicy.yaml");
  expect(others).toEqual([]);
  expect(policy).toMatchObject({
    spec: {
      endpointSelector: { matchLabels: { "app.kubernetes.io/instance": "jellyfin" } },
      ingress: [{ toPorts: [{ ports: [{ port: "80" }] }] }],
    },
  });
});

test("pods of a chart go on talking to each other", () => {
  const policies = objects(newApps["a chart of a repository"], "app/networkpolicy.yaml");
  expect(policies).toMatchObject([
    { metadata: { name: "jellyfin" }, spec: { ingress: [{ toPorts: [{ ports: [{ port: "9000" }] }] }] } },
    { metadata: { name: "jellyfin-inside" }, spec: { ingress: [{ fromEndpoints: [{}] }] } },
  ]);
  expect(JSON.stringify(policies[1])).not.toContain("toPorts");
});

test("values of a chart are a comment and nothing else, which says where to look", () => {
  const values = fileOf(composedApp(newApps["a chart of a repository"]), "app/values.yaml");
  expect(readDocuments(values, "values.yaml")).toEqual([]);
  expect(values).toContain("helm show values app --repo https://owner.github.io/charts --version 1.0.0");
});

test("a variable arrives as it was given, through the chart and through Kubernetes", () => {
  const values = readDocuments(fileOf(composedApp(full), "app/values.yaml"), "values.yaml")[0];
  const container = (values as { controllers: { main: { containers: { app: { env: Record<string, string> } } } } })
    .controllers.main.containers.app;
  expect(container.env["HOSTILE"]).toBe(
    HOSTILE.replace("{{", '{{ "{{" }}').replace("$(HOME) $$", () => "$$(HOME) $$$$"),
  );
  const [deployment] = objects(newApps["plain objects with everything"], "app/deployment.yaml");
  expect(JSON.stringify(deployment)).toContain("$$(HOME) $$$$");
});

test("a claim outlives the app, however it is written", () => {
  const [claim] = objects(newApps["plain objects with everything"], "app/persistentvolumeclaim.yaml");
  expect(claim).toMatchObject({ metadata: { annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" } } });
  expect(fileOf(composedApp(full), "app/values.yaml").match(/retain: true/g)).toHaveLength(2);
});

test("an image that may be root keeps what it takes to become another user, one that is not keeps nothing", () => {
  expect(fileOf(composedApp(image), "app/values.yaml")).toContain("- SETUID");
  expect(fileOf(composedApp(full), "app/values.yaml")).not.toContain("add:");
});

test("a machine whose certificate nobody signed is an object of the gateway's own", () => {
  const app = newApps["a machine with a certificate nobody signed"];
  expect(objects(app, "app/backend.yaml")).toMatchObject([
    { kind: "Backend", spec: { endpoints: [{ ip: { address: "172.16.1.20", port: 5001 } }] } },
  ]);
  expect(objects(app, "app/httproute.yaml")).toMatchObject([
    { spec: { rules: [{ backendRefs: [{ group: "gateway.envoyproxy.io", kind: "Backend", name: "jellyfin" }] }] } },
  ]);
});

test("a machine is found by the label and the port of its slice", () => {
  const [service, slice] = objects(newApps["a machine"], "app/service.yaml");
  expect(service).toMatchObject({ metadata: { name: "jellyfin" }, spec: { ports: [{ name: "http", port: 5001 }] } });
  expect(service?.["spec"]).not.toHaveProperty("selector");
  expect(slice).toMatchObject({
    metadata: { labels: { "kubernetes.io/service-name": "jellyfin" } },
    ports: [{ name: "http", port: 5001 }],
    endpoints: [{ addresses: ["172.16.1.20"] }],
  });
});
