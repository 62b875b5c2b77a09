import { describe, expect, test } from "vitest";
import { networkOf, type Network } from "../../test/fixtures/network.ts";
import { networks } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { checkViews } from "../../test/fixtures/views.ts";
import { asList, asMap, at } from "../model/unknown.ts";
import { readDocuments } from "../yaml/documents.ts";
import { bootstrapTemplates, bootstrapView } from "./bootstrapScript.ts";

const usual = Object.entries(networks).map(([name, given]) => {
  const plan = planOf({ ...given, gitops: "argo-cd" });
  return { name, plan, ...networkOf(plan) };
});

const read = ({ tree }: Network, path: RegExp): readonly unknown[] =>
  [...tree].filter(([name]) => path.test(name)).flatMap(([name, { content }]) => readDocuments(content, name));

const APPS = /kubernetes\/argo\/apps\/.*\.yaml$/;
const name = (object: unknown): string => String(at(object, "metadata", "name"));
const waveOf = (object: unknown): unknown => at(object, "metadata", "annotations", "argocd.argoproj.io/sync-wave");

describe.each(usual)("$name", ({ plan, tree, units }) => {
  const network = { tree, units };
  const applications = read(network, APPS);

  test("has one Application for each step, each under a name of its own", () => {
    expect(applications.map(name).sort()).toEqual(units.map(({ id }) => id.replace("/", "-")).sort());
    expect(new Set(applications.map(name)).size).toBe(applications.length);
  });

  test("a step comes in a later wave than what it waits for, and the last wave is 0", () => {
    const waves = new Map(applications.map((one) => [name(one), Number(waveOf(one))]));
    const of = (id: string) => waves.get(id.replace("/", "-")) ?? Number.NaN;
    for (const { id, dependsOn } of units)
      for (const before of dependsOn) expect(of(before), `${id} after ${before}`).toBeLessThan(of(id));
    const own = units.filter(({ seeded }) => !seeded).map(({ id }) => of(id));
    expect(Math.max(...own)).toBe(0);
    // As late as what waits for it allows: nobody is held up by what it does not need.
    for (const { id, seeded } of units.filter((unit) => !unit.seeded))
      if (!seeded && of(id) < 0)
        expect(
          units.some(({ id: other, dependsOn }) => dependsOn.includes(id) && of(other) === of(id) + 1),
          id,
        ).toBe(true);
  });

  test("waves are text, as annotations are", () => {
    for (const object of [...applications, ...read(network, /argo\/projects\/|argo\/namespaces/)])
      expect(waveOf(object), name(object)).toMatch(/^-?\d+$/);
  });

  test("every Application is tried again without end, applies by the API server and empties nothing", () => {
    for (const object of [...applications, ...read(network, /argo\/(root|namespaces)\.yaml$/)]) {
      const policy = at(object, "spec", "syncPolicy");
      expect(at(policy, "retry"), name(object)).toMatchObject({ limit: -1, refresh: true });
      expect(at(policy, "automated", "allowEmpty"), name(object)).toBeUndefined();
      expect(asList(at(policy, "syncOptions"))).toContain("ServerSideApply=true");
    }
  });

  test("deleting the Application of what others live on deletes nothing else", () => {
    const cascading = applications.filter((one) => asList(at(one, "metadata", "finalizers")).length > 0).map(name);
    for (const unit of units) {
      const isKept = unit.early || unit.remote !== undefined || (unit.release?.installs ?? []).length > 0;
      if (isKept) expect(cascading).not.toContain(unit.id.replace("/", "-"));
    }
    expect(cascading.length).toBeGreaterThan(0);
    for (const object of read(network, /argo\/(root|namespaces)\.yaml$/))
      expect(asMap(at(object, "metadata"))["finalizers"]).toBeUndefined();
  });

  test("projects allow what is named and nothing else; what has none has no place", () => {
    const projects = new Map(read(network, /argo\/projects\//).map((one) => [name(one), at(one, "spec")]));
    expect([...projects.keys()].sort()).toEqual(["apps", "default", "network", "root"]);
    for (const spec of projects.values()) expect(JSON.stringify(spec)).not.toContain("*");
    expect(projects.get("default")).toMatchObject({ sourceRepos: [], destinations: [], clusterResourceWhitelist: [] });
    expect(projects.get("apps")).toMatchObject({ clusterResourceWhitelist: [] });
    for (const application of applications) {
      const project = projects.get(String(at(application, "spec", "project")));
      const sources = [at(application, "spec", "source") ?? asList(at(application, "spec", "sources"))].flat();
      for (const source of sources) expect(asList(at(project, "sourceRepos"))).toContain(at(source, "repoURL"));
      const namespaces = asList(at(project, "destinations")).map((one) => at(one, "namespace"));
      expect(namespaces, name(application)).toContain(at(application, "spec", "destination", "namespace"));
    }
  });

  test("the root leaves itself out: one of its waves would wait for its end", () => {
    expect(read(network, /argo\/root\.yaml$/)).toMatchObject([
      { metadata: { name: "root" }, spec: { source: { directory: { recurse: true, exclude: "root.yaml" } } } },
    ]);
  });

  test("paths carry the folder of the repository", () => {
    const prefix = plan.root === "" ? "" : `${plan.root}/`;
    for (const application of applications) {
      const text = JSON.stringify(at(application, "spec"));
      for (const [, path] of text.matchAll(/"(?:path":"|\$values\/)([^"]*kubernetes\/apps[^"]*)"/g))
        expect(path?.startsWith(`${prefix}kubernetes/apps/`), path).toBe(true);
    }
  });
});

describe("Argo CD itself", () => {
  const [first] = usual;
  const values = first && read(first, /\/argocd\/app\/values\.yaml$/)[0];
  const settings = asMap(at(values, "configs", "cm"));

  test("looks at EndpointSlices, which machines of the LAN behind a gateway are made of", () => {
    const excluded = asList(readDocuments(String(settings["resource.exclusions"]), "exclusions")[0]);
    const kinds = excluded.flatMap((one) => asList(at(one, "kinds")));
    expect(kinds).toContain("CiliumEndpointSlice");
    expect(kinds).not.toContain("EndpointSlice");
  });

  test("tells differences by the API server, and breaks off what waits for ever", () => {
    const parameters = asMap(at(values, "configs", "params"));
    expect(String(parameters["controller.diff.server.side"])).toBe("true");
    expect(Number(parameters["controller.sync.timeout.seconds"])).toBeGreaterThan(0);
  });
});

test("its templates for bootstrap read every key of their view, and no other", () => {
  expect(
    checkViews(
      bootstrapTemplates("argocd"),
      usual.map(({ plan, units }) => ({ engine: "Argo CD", ...bootstrapView(plan, units) })),
    ),
  ).toEqual({ unread: [], undeclared: [] });
});

test("an app that comes later is allowed in its project", () => {
  const plan = planOf({ gitops: "argo-cd" });
  const engine = catalog.engines.find(({ id }) => id === "argocd");
  const app = { namespace: "media", name: "photos", units: [] };
  expect(engine?.mentions?.(app, plan, catalog)).toMatchObject([
    { list: ["spec", "destinations"], item: { namespace: "media" } },
    { list: ["spec", "sourceRepos"], item: plan.repository.url },
  ]);
});
