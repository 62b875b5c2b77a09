/** How Argo CD gets to the files: Applications, folders, namespaces. */
import { describe, expect, it } from "vitest";
import { clusterOf, type Cluster } from "../../../src/audit/cluster.ts";
import { readSubject } from "../../../src/audit/subject.ts";
import { change } from "../case.ts";
import { audited, planWith, repositoryWith, type Changes } from "../repository.ts";
import { APPS, ARGO, configMap, GATEWAY, ofPhotos, PHOTOS } from "./cases.ts";
import { application, folder } from "./repositoryFiles.ts";

const plan = planWith([], "argocd");
const cluster = (changes: Changes = {}, network = plan): Cluster =>
  clusterOf(readSubject(repositoryWith(changes, "argocd")), network);
const shown = ({ live }: Cluster): readonly string[] =>
  live.map(({ object, namespace, name }) => `${object.kind} ${namespace ?? "-"}/${name}`);
const ids = (changes: Changes, network = plan): readonly string[] =>
  audited(repositoryWith(changes, "argocd"), network).map(({ id }) => id);

describe("what Argo CD comes to", () => {
  it("is every object once, in the namespace of its Application where no file says one", () => {
    const live = shown(cluster());
    for (const one of [
      "Application argocd/root",
      "AppProject argocd/apps",
      "Namespace -/network",
      "Gateway network/envoy-internal",
      "HTTPRoute default/echo",
      "Service default/photos",
    ])
      expect(live).toContain(one);
    expect(new Set(live).size).toBe(live.length);
    expect(live.join()).not.toContain("Secret");
  });
  it("keeps namespaces that an object or its kustomization says", () => {
    const live = shown(
      cluster({
        [`${PHOTOS}/more.yaml`]: configMap("own", "  namespace: media\n"),
        [`${GATEWAY}/kustomization.yaml`]: change("resources:", "namespace: edge\nnamePrefix: my-\nresources:"),
      }),
    );
    expect(live).toContain("ConfigMap media/own");
    expect(live).toContain("Gateway edge/my-envoy-internal");
  });
  it("takes what a source says to kustomize for stronger than that", () => {
    const path = `${ARGO}/apps/network/envoy-gateway.yaml`;
    const said = (words: string) => change(`    path: ${GATEWAY}\n`, `    path: ${GATEWAY}\n    kustomize: ${words}\n`);
    expect(shown(cluster({ [path]: said("{ namespace: edge, nameSuffix: -two }") }))).toContain(
      "Gateway edge/envoy-internal-two",
    );
    const patched = cluster({ [path]: said("{ patches: [{ target: { kind: Gateway }, patch: '[]' }] }") });
    expect(patched.ofKind("Gateway")[0]?.isPatched).toBe(true);
  });
  it("begins at whatever no Application leads to where none is called root", () => {
    const renamed = { [`${ARGO}/root.yaml`]: change("name: root", "name: everything") };
    expect([...shown(cluster(renamed))].sort()).toEqual(
      [...shown(cluster())]
        .map((one) => one.replace("Application argocd/root", "Application argocd/everything"))
        .sort(),
    );
    expect(shown(cluster({ [`${ARGO}/root.yaml`]: null }))).toContain("Service default/photos");
  });
  it("ends at what lies in another branch, another cluster or another repository", () => {
    for (const [find, replace] of [
      ["targetRevision: main", "targetRevision: old"],
      ["server: https://kubernetes.default.svc", "server: https://10.0.0.1:6443"],
      ["server: https://kubernetes.default.svc", "name: other"],
      ["example/homelab.git", "example/other.git"],
    ] as const)
      expect(shown(cluster({ [ofPhotos]: change(find, replace) }))).not.toContain("Service default/photos");
    for (const [find, replace] of [
      ["targetRevision: main", "targetRevision: HEAD"],
      ["server: https://kubernetes.default.svc", "name: in-cluster"],
      ["https://github.com/example/homelab.git", "git@github.com:Example/homelab"],
    ] as const)
      expect(shown(cluster({ [ofPhotos]: change(find, replace) }))).toContain("Service default/photos");
  });
  it("counts from the top of the Git repository when homelab.yaml lies deeper", () => {
    const deeper = { ...plan, root: "clusters/home" };
    const files = new Map(
      [...repositoryWith({}, "argocd")].map(([path, text]) => [
        path,
        text.replaceAll("kubernetes/a", "clusters/home/kubernetes/a"),
      ]),
    );
    expect(audited(files, deeper)).toEqual([]);
    files.set(ofPhotos, (files.get(ofPhotos) ?? "").replace("/photos/app", "/photo/app"));
    const [finding] = audited(files, deeper);
    expect([finding?.id, finding?.fix]).toEqual([
      "ARGO-PATH",
      `did you mean clusters/home/${PHOTOS}? Paths are counted from the top of the Git repository`,
    ]);
  });
});

const set = (
  git: string,
  words: { readonly name: string; readonly path: string; readonly namespace: string },
  go = true,
) =>
  `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: apps, namespace: argocd }
spec:
  goTemplate: ${go}
  generators:
    - git: { repoURL: https://github.com/example/homelab.git, revision: main, ${git} }
  template:
    metadata: { name: '${words.name}' }
    spec:
      project: network
      source: { repoURL: https://github.com/example/homelab.git, targetRevision: main, path: '${words.path}' }
      destination: { server: https://kubernetes.default.svc, namespace: '${words.namespace}' }
`;
const GO = {
  name: "{{index .path.segments 1}}-{{ .path.basename }}",
  path: "{{.path.path}}",
  namespace: "{{ index .path.segments 1 }}",
};
const PLAIN = { name: "{{path[1]}}-{{path.basenameNormalized}}", path: "{{path}}", namespace: "{{path[1]}}" };
const FOLDERS =
  "directories: [{ path: own/* }, { path: own/*/* }, { path: own/*/_*, exclude: true }, { path: own/*, exclude: true }]";
const own = (text: string): Changes => ({
  [`${ARGO}/own.yaml`]: text,
  "own/media/Films_1/films.yaml": configMap("films"),
  "own/media/_off/off.yaml": configMap("off"),
  "own/media/.hidden/off.yaml": configMap("hidden"),
});

describe("an ApplicationSet", () => {
  it("is an Application for every folder it names", () => {
    for (const [words, go, name] of [
      [GO, true, "media-Films_1"],
      [PLAIN, false, "media-films-1"],
    ] as const) {
      const live = shown(cluster(own(set(FOLDERS, words, go))));
      expect(live).toContain(`Application argocd/${name}`);
      expect(live).toContain("ConfigMap media/films");
      expect(live.join()).not.toMatch(/off|hidden/);
    }
  });
  it("is judged by what it makes, in its own file", () => {
    const [finding] = audited(repositoryWith(own(set(FOLDERS, { ...GO, path: "{{.path.path}}/app" })), "argocd"), plan);
    expect(finding).toMatchObject({ id: "ARGO-PATH", places: [{ file: `${ARGO}/own.yaml`, line: 12 }] });
  });
  it("may reach anything where it is not folders that decide", () => {
    const idle = { [`${APPS}/default/films/app/films.yaml`]: configMap("films") };
    expect(ids({ ...idle, [`${ARGO}/own.yaml`]: set("files: [{ path: own/*.json }]", GO) })).toEqual([]);
    expect(ids({ ...idle, [`${ARGO}/own.yaml`]: set(FOLDERS, GO) })).toEqual(["ARGO-UNREACHED"]);
  });
});

describe("whoever is told to have something applied", () => {
  it("hears of Applications", () => {
    const [finding] = audited(
      repositoryWith(
        {
          [`${APPS}/default/films/app/service.yaml`]: "apiVersion: v1\nkind: Service\nmetadata: { name: films }\n",
          [`${ARGO}/apps/default/films.yaml`]: `# path: ${APPS}/default/films/app\n`,
          [`${PHOTOS}/httproute.yaml`]: change("        - name: photos\n", "        - name: films\n"),
        },
        "argocd",
      ),
      plan,
    );
    expect([finding?.id, finding?.fix]).toEqual([
      "ROUTE-BACKEND",
      `have an Application apply ${APPS}/default/films/app`,
    ]);
  });
});

describe("an Application that says little", () => {
  it("is survived", () => {
    const hollow = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { sources: [3, {}], syncPolicy: [] }\n";
    expect(() =>
      ids({ [`${ARGO}/hollow.yaml`]: hollow, [`${ARGO}/more.yaml`]: application("a", 0, "b", folder("..")) }),
    ).not.toThrow();
  });
});
