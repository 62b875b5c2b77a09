import { describe, expect, test } from "vitest";
import { networkOf, type Network } from "../../test/fixtures/network.ts";
import { networks } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { checkViews } from "../../test/fixtures/views.ts";
import { readDocuments } from "../yaml/documents.ts";
import { flux } from "./flux.ts";
import { bootstrapTemplates, bootstrapView } from "./bootstrapScript.ts";
import { namespaceFiles, namespacesOf } from "../compose/namespaces.ts";

const built = Object.entries(networks)
  .map(([name, given]) => ({ name, plan: planOf(given) }))
  .filter(({ plan }) => plan.engine === "flux")
  .map(({ name, plan }) => ({ name, plan, ...networkOf(plan) }));
const usual = networkOf(planOf());

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly dependsOn?: readonly { readonly name: string; readonly namespace?: string }[];
  };
}

const textAt = ({ tree }: Network, path: string): string => {
  const file = [...tree].find(([candidate]) => candidate === path)?.[1];
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return file.content;
};
const read = (network: Network, path: string) => readDocuments(textAt(network, path), path) as readonly Manifest[];
const first = (network: Network, path: string) => read(network, path)[0] as unknown;

describe.each(built)("$name", ({ plan, tree, units }) => {
  const below = (path: string) => (plan.root === "" ? path : `${plan.root}/${path}`);
  const network = { tree, units };

  test("every file is readable YAML", () => {
    for (const [path, { content }] of tree)
      if (path.endsWith(".yaml")) expect(readDocuments(content, path).length, path).toBeGreaterThan(0);
  });

  test("every file a kustomization lists is there, and every file is listed", () => {
    for (const [path, { content }] of tree) {
      if (!path.endsWith("/kustomization.yaml") || !path.includes("kubernetes/apps/")) continue;
      const folder = path.slice(0, path.lastIndexOf("/"));
      const { resources = [] } = readDocuments(content, path)[0] as { resources?: readonly string[] };
      for (const resource of resources) {
        const target = `${folder}/${resource.replace("./", "")}`;
        expect(
          [...tree.keys()].some((other) => other === target || other.startsWith(`${target}/`)),
          target,
        ).toBe(true);
      }
      expect([...resources].sort()).toEqual(resources);
      const unlisted = [...tree.keys()]
        .filter((other) => other.startsWith(`${folder}/`) && !other.slice(folder.length + 1).includes("/"))
        .map((other) => `./${other.slice(folder.length + 1)}`)
        .filter(
          (name) => !["./kustomization.yaml", "./kustomizeconfig.yaml", "./values.yaml", ...resources].includes(name),
        );
      expect(unlisted, folder).toEqual([]);
    }
  });

  test("every dependency is a Kustomization of the namespace it names", () => {
    const all = new Set(units.map(({ id, namespace }) => `${namespace}/${id.replace("/", "-")}`));
    for (const [path] of tree) {
      if (!path.endsWith("/ks.yaml") || path.includes("/flux/cluster/")) continue;
      const namespace = path.slice(below("kubernetes/apps/").length).split("/")[0];
      for (const { kind, spec } of read(network, path)) {
        if (kind !== "Kustomization") continue;
        for (const dependency of spec.dependsOn ?? [])
          expect(all, path).toContain(`${dependency.namespace ?? namespace}/${dependency.name}`);
      }
    }
  });

  test("paths carry the folder of the repository", () => {
    expect(first(network, below("kubernetes/flux/cluster/ks.yaml"))).toMatchObject({
      spec: { path: `./${below("kubernetes/apps")}` },
    });
    expect(first(network, below("kubernetes/apps/default/echo/ks.yaml"))).toMatchObject({
      spec: { path: `./${below("kubernetes/apps/default/echo/app")}` },
    });
    expect(textAt(network, below("kubernetes/apps/flux-system/flux-operator/instance/fluxinstance.yaml"))).toContain(
      `path: ${below("kubernetes/flux/cluster")}\n`,
    );
  });
});

describe("a release", () => {
  test("has its chart as an OCI artifact, unpacked by nobody on the way", () => {
    expect(first(usual, "kubernetes/apps/kube-system/cilium/app/ocirepository.yaml")).toMatchObject({
      spec: { url: "oci://quay.io/cilium/charts/cilium", ref: { tag: "1.20.0" }, layerSelector: { operation: "copy" } },
    });
  });

  test("takes its values from the file bootstrap takes them from, and restarts when they change", () => {
    const folder = "kubernetes/apps/kube-system/cilium/app";
    expect(first(usual, `${folder}/kustomization.yaml`)).toMatchObject({
      resources: ["./helmrelease.yaml", "./ocirepository.yaml"],
      configMapGenerator: [{ name: "cilium-values", files: ["./values.yaml"] }],
      configurations: ["./kustomizeconfig.yaml"],
    });
    expect(first(usual, `${folder}/helmrelease.yaml`)).toMatchObject({
      metadata: { name: "cilium" },
      spec: {
        chartRef: { kind: "OCIRepository", name: "cilium" },
        valuesFrom: [{ kind: "ConfigMap", name: "cilium-values" }],
      },
    });
    expect(first(usual, `${folder}/kustomizeconfig.yaml`)).toEqual({
      nameReference: [
        { kind: "ConfigMap", version: "v1", fieldSpecs: [{ path: "spec/valuesFrom/name", kind: "HelmRelease" }] },
      ],
    });
  });
});

test("a component with custom resources installs them after its controller, and dependents wait in their own namespace or across", () => {
  const [cilium, config] = read(usual, "kubernetes/apps/kube-system/cilium/ks.yaml");
  expect(cilium?.spec).toMatchObject({ wait: true, targetNamespace: "kube-system", prune: true });
  expect(config?.spec.dependsOn).toEqual([{ name: "cilium" }]);
  expect(read(usual, "kubernetes/apps/network/k8s-gateway/ks.yaml")[0]?.spec.dependsOn).toEqual([
    { name: "cilium-config", namespace: "kube-system" },
    { name: "gateway-api" },
  ]);
});

test("resource types come from the tag of their project and outlive their Kustomization", () => {
  const [source, kustomization] = read(usual, "kubernetes/apps/network/gateway-api/ks.yaml");
  expect(source).toMatchObject({
    kind: "GitRepository",
    spec: { ref: { tag: "v1.6.1" }, sparseCheckout: ["config/crd"] },
  });
  expect(kustomization).toMatchObject({
    metadata: { labels: { "app.kubernetes.io/component": "crds" } },
    spec: {
      path: "./config/crd",
      prune: false,
      deletionPolicy: "Orphan",
      sourceRef: { kind: "GitRepository", name: "gateway-api" },
    },
  });
  expect(kustomization?.spec).not.toHaveProperty("targetNamespace");
});

test("defaults reach every Kustomization but those of resource types, and through them every release", () => {
  const root = first(usual, "kubernetes/flux/cluster/ks.yaml") as {
    spec: { wait: boolean; patches: readonly { patch: string; target: object }[] };
  };
  expect(root.spec.wait).toBe(false);
  const [patch] = root.spec.patches;
  expect(patch?.target).toEqual({
    group: "kustomize.toolkit.fluxcd.io",
    kind: "Kustomization",
    labelSelector: "app.kubernetes.io/component!=crds",
  });
  const child = readDocuments(patch?.patch ?? "", "patch")[0] as typeof root;
  expect(child.spec).toMatchObject({
    deletionPolicy: "WaitForTermination",
    patches: [{ target: { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" } }],
  });
  expect(readDocuments(child.spec.patches[0]?.patch ?? "", "patch")[0]).toMatchObject({
    spec: {
      install: { crds: "CreateReplace", strategy: { name: "RetryOnFailure" } },
      upgrade: { crds: "CreateReplace", strategy: { name: "RemediateOnFailure" } },
    },
  });
});

test("namespaces that every cluster has are not made, and no namespace is pruned", () => {
  const made = [...usual.tree.keys()].filter((path) => path.endsWith("/namespace.yaml"));
  expect(made).toEqual(["kubernetes/apps/flux-system/namespace.yaml", "kubernetes/apps/network/namespace.yaml"]);
  for (const path of made) expect(textAt(usual, path)).toContain("kustomize.toolkit.fluxcd.io/prune: disabled");
});

test("a namespace whose pods need privileges says so, for all its apps", () => {
  const unit = { component: "cilium", namespace: "speakers", view: {} };
  const namespaces = namespacesOf([
    { ...unit, id: "quiet" },
    { ...unit, id: "loud", privileged: true },
  ]);
  const tree = namespaceFiles(namespaces, flux, planOf());
  const [, file] = [...tree].find(([path]) => path === "kubernetes/apps/speakers/namespace.yaml") ?? [];
  expect(readDocuments(file?.content ?? "", "namespace.yaml")).toMatchObject([
    { metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } },
  ]);
});

test("a namespace is restricted where all say so that make pods, and one of the user's never", () => {
  const release = { name: "a", chart: "cilium", values: "a" };
  const unit = { component: "cilium", namespace: "a", view: {} };
  const [narrow, wide] = [
    { ...unit, id: "narrow", release, restricted: true },
    { ...unit, id: "wide", release },
  ] as const;
  const plain = { ...unit, id: "plain", objects: {} };
  const objects = { ...plain, guest: true } as const;
  const remote = { ...unit, id: "remote", remote: { pin: "cilium", path: "a", installs: [] } };
  const levelOf = (units: Parameters<typeof namespacesOf>[0]) => namespacesOf(units).map(({ level }) => level);
  expect(levelOf([narrow, objects])).toEqual(["restricted"]);
  expect(levelOf([narrow, wide])).toEqual(["baseline"]);
  expect(levelOf([narrow, remote])).toEqual(["baseline"]);
  expect(levelOf([narrow, { ...objects, privileged: true }])).toEqual(["privileged"]);
  expect(levelOf([objects])).toEqual(["baseline"]);
  expect(levelOf([plain])).toEqual(["baseline"]);
  expect(levelOf([{ ...narrow, guest: true }])).toEqual(["baseline"]);
});

test("what belongs to the user is seeded, with what Flux adds to it", () => {
  const echo = [...usual.tree].filter(([path]) => path.startsWith("kubernetes/apps/default/echo/"));
  expect(new Set(echo.map(([, { kept }]) => kept))).toEqual(new Set(["seeded"]));
  expect([...usual.tree].find(([path]) => path === "kubernetes/apps/default/kustomization.yaml")?.[1].kept).toBe(
    "managed",
  );
});

describe("bootstrap/apps.sh", () => {
  test("installs the early units in order, by the folders Flux reads", () => {
    const script = textAt(usual, "bootstrap/apps.sh");
    const steps = script
      .split("\n")
      .filter((line) => /^(kubectl apply .*namespace\.yaml|install_release|apply_objects) /.test(line));
    expect(steps).toEqual([
      "install_release kube-system cilium kubernetes/apps/kube-system/cilium/app later",
      "install_release kube-system coredns kubernetes/apps/kube-system/coredns/app",
      "install_release flux-system flux-operator kubernetes/apps/flux-system/flux-operator/app",
      "apply_objects kubernetes/apps/flux-system/flux-operator/instance",
    ]);
    expect(script.indexOf("flux-system/namespace.yaml")).toBeLessThan(script.indexOf("install_release kube-system"));
    expect(script).not.toMatch(/1\.20\.0|0\.58\.1/);
  });

  test("is executable", () => {
    expect([...usual.tree].filter(([, { executable }]) => executable).map(([path]) => path)).toEqual([
      "bootstrap/apps.sh",
      "bootstrap/talos.sh",
    ]);
  });

  test("its templates read every key of its view, and no other", () => {
    expect(
      checkViews(
        bootstrapTemplates("flux"),
        built.map(({ plan, units }) => ({ engine: "Flux", ...bootstrapView(plan, units) })),
      ),
    ).toEqual({ unread: [], undeclared: [] });
  });
});
