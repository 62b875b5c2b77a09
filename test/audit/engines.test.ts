/** How an engine gets to the files: names, namespaces, folders. */
import { describe, expect, it } from "vitest";
import { clusterOf } from "../../src/audit/cluster.ts";
import { readSubject } from "../../src/audit/subject.ts";
import { APPS, change, ECHO, GATEWAY, PHOTOS } from "./case.ts";
import { audited, plan, repositoryWith, type Changes } from "./repository.ts";

const ids = (changes: Changes): readonly string[] => audited(repositoryWith(changes)).map(({ id }) => id);
const shown = (files: ReadonlyMap<string, string>, network = plan): readonly string[] =>
  clusterOf(readSubject(files), network)
    .live.map(({ object, namespace, name }) => `${object.kind} ${namespace ?? "-"}/${name}`)
    .sort();

describe("what Flux comes to", () => {
  it("is every object, in the namespace its kustomizations and Kustomizations put it", () => {
    const live = shown(repositoryWith({}));
    expect(live).toContain("Service network/k8s-gateway");
    expect(live).toContain("ConfigMap default/echo-values");
    expect(live).toContain("Kustomization default/photos");
    expect(live).toContain("Namespace -/network");
    expect(new Set(live).size).toBe(live.length);
  });
  it("does not depend on a FluxInstance in the repository", () => {
    const live = shown(
      repositoryWith({
        [`${APPS}/kustomization.yaml`]: change("  - ./flux-system\n", ""),
        [`${APPS}/flux-system/kustomization.yaml`]: null,
        [`${APPS}/flux-system/instance/ks.yaml`]: null,
        [`${APPS}/flux-system/instance/app/kustomization.yaml`]: null,
        [`${APPS}/flux-system/instance/app/fluxinstance.yaml`]: null,
      }),
    );
    expect(live).toContain("Service network/k8s-gateway");
  });
  it("is each object once after flux bootstrap, whose first Kustomization applies its own folder", () => {
    const files = new Map([
      [
        "clusters/home/flux-system/gotk-sync.yaml",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: flux-system\n  namespace: flux-system\nspec:\n  path: ./clusters/home\n  sourceRef: { kind: GitRepository, name: flux-system }\n",
      ],
      ["clusters/home/flux-system/kustomization.yaml", "resources:\n  - gotk-sync.yaml\n"],
      ["clusters/home/app.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: default\n"],
    ]);
    expect(shown(files)).toEqual(["ConfigMap default/app", "Kustomization flux-system/flux-system"]);
  });
  it("counts from the top of the Git repository when homelab.yaml lies deeper", () => {
    const deeper = { ...plan, root: "clusters/home" };
    const files = new Map(
      [...repositoryWith({})].map(([path, text]) => [
        path,
        text
          .replaceAll("path: ./kubernetes", "path: ./clusters/home/kubernetes")
          .replace("path: kubernetes", "path: clusters/home/kubernetes"),
      ]),
    );
    expect(audited(files, deeper)).toEqual([]);
    const ks = `${APPS}/default/photos/ks.yaml`;
    files.set(ks, (files.get(ks) ?? "").replace("/photos/app", "/photos/ap"));
    expect(audited(files, deeper).map(({ id }) => id)).toContain("FLUX-PATH");
  });
  it("gives components the namespace of whoever uses them, each of them", () => {
    const live = shown(
      repositoryWith({
        [`${APPS}/network/kustomization.yaml`]: [
          ...change("resources:", "components:\n  - ../../components/common\nresources:"),
          ...change("  - ./namespace.yaml\n", "  # - ./namespace.yaml\n"),
        ],
        [`${APPS}/default/kustomization.yaml`]: change(
          "resources:",
          "components:\n  - ../../components/common\nresources:",
        ),
        "kubernetes/components/common/kustomization.yaml": "kind: Component\nresources:\n  - ./namespace.yaml\n",
        "kubernetes/components/common/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: not-used\n",
      }),
    );
    expect(live).toContain("Namespace -/default");
    expect(live).toContain("Namespace -/network");
  });
});

describe("another engine", () => {
  it("is not asked what Flux is", () => {
    const files = repositoryWith({ [`${APPS}/default/photos/ks.yaml`]: change("- name: echo", "- name: nobody") });
    expect(audited(files, { ...plan, engine: "made-up" }).map(({ id }) => id)).not.toContain("FLUX-DEPENDS");
  });
});

describe("what cannot be told from files", () => {
  it("is left alone where a kustomization patches it", () => {
    const broken = change("sectionName: https", "sectionName: websecure");
    const patch = (kind: string) =>
      change("resources:", `patches:\n  - target: { kind: ${kind} }\n    patch: "[]"\nresources:`);
    expect(ids({ [`${PHOTOS}/httproute.yaml`]: broken, [`${PHOTOS}/kustomization.yaml`]: patch("HTTPRoute") })).toEqual(
      [],
    );
    expect(ids({ [`${PHOTOS}/httproute.yaml`]: broken, [`${GATEWAY}/kustomization.yaml`]: patch("Gateway") })).toEqual(
      [],
    );
    expect(
      ids({ [`${PHOTOS}/httproute.yaml`]: broken, [`${PHOTOS}/kustomization.yaml`]: patch("Deployment") }),
    ).toEqual(["ROUTE-LISTENER"]);
  });
  it("is left alone where Flux fills it in", () => {
    expect(ids({ [`${PHOTOS}/httproute.yaml`]: change("photos.ragas.cc", "photos.${DOMAIN}") })).toEqual([]);
  });
});

describe("routes in the values of app-template", () => {
  const route = (host: string, gateway: string) =>
    change(
      "service:\n",
      `route:\n  app:\n    hostnames: ["${host}"]\n    parentRefs:\n      - name: ${gateway}\n        namespace: network\n        sectionName: https\nservice:\n`,
    );
  it("are routes", () => {
    expect(ids({ [`${ECHO}/values.yaml`]: route("two.ragas.cc", "envoy-internal") })).toEqual([]);
    expect(ids({ [`${ECHO}/values.yaml`]: route("two.ragas.cc", "envoy") })).toEqual(["ROUTE-GATEWAY"]);
    expect(ids({ [`${ECHO}/values.yaml`]: route("photos.ragas.cc", "envoy-internal") })).toEqual(["ROUTE-TWICE"]);
    expect(ids({ [`${ECHO}/values.yaml`]: route("{{ .Release.Name }}.ragas.cc", "envoy-internal") })).toEqual([]);
  });
});

describe("any repository", () => {
  it.each([
    ["nothing", {}],
    ["a kustomization that is a list", { "kustomization.yaml": "- a\n" }],
    [
      "objects that are hollow",
      {
        "a.yaml": "apiVersion: v1\nkind: Service\nspec: 3\nmetadata: []\n",
        "kustomization.yaml": "resources: [a.yaml]\n",
      },
    ],
    [
      "routes that are hollow",
      {
        "a.yaml":
          "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec: { parentRefs: [3, {}], rules: {}, hostnames: [1] }\n",
      },
    ],
    ["a kustomization that lists itself", { "a/kustomization.yaml": "resources: [../a, .]\n" }],
    [
      "a list of objects",
      {
        "a.yaml":
          "apiVersion: v1\nkind: List\nitems: [{}, 3, { apiVersion: v1, kind: Secret, data: { a: aHVudGVyMg== } }]\n",
      },
    ],
  ])("is survived: %s", (_, files) => {
    for (const engine of ["flux", "made-up"])
      expect(() => audited(new Map(Object.entries(files)), { ...plan, engine })).not.toThrow();
  });
});
