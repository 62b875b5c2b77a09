/**
 * Every object of an emitted repository, built by the real kustomize, judged by the real server: fields, defaults,
 * rules in CEL, admission. Run by `npm run test:cluster`. Needs HOMELAB_NET_COMPONENTS.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import { kustomize, kustomizeTogether } from "../support/tools.ts";
import { composedApp, newApps } from "../fixtures/newApps.ts";
import { registrationFiles } from "../../src/compose/registrations.ts";
import { flux } from "../../src/engines/flux.ts";
import { podsOf } from "../support/pods.ts";
import { networks, ofEngine, onDisk, MORE_SERVICES, SERVICES, type Built } from "./networks.ts";
import { serverFor } from "./server.ts";

const server = serverFor({ services: SERVICES, more: MORE_SERVICES });

/** What the engine applies: its own objects, namespaces with them, then those of every unit. */
async function manifestsOf({ plan, units, folder }: Built): Promise<readonly string[]> {
  const overlays = units
    .filter(({ remote }) => remote === undefined)
    .map((unit) => ({ folder: join(folder, unitFolder(unit, plan)), namespace: unit.namespace }))
    // Under Argo CD a release has none where it has nothing but values.
    .filter((unit) => existsSync(join(unit.folder, "kustomization.yaml")));
  return [...(await ofEngine({ plan, folder })), await kustomizeTogether(overlays)];
}

const objectsOf = async (network: Built): Promise<readonly KubernetesObject[]> =>
  (await manifestsOf(network)).flatMap((text) => readManifests(text));

const namespaces = (objects: readonly KubernetesObject[]) => objects.filter(({ kind }) => kind === "Namespace");

it.each(networks)("every object is taken: $name", async (network) => {
  const services = network.plan.stacks.map((stack) => stack.services?.value.text);
  expect([...SERVICES.split(","), ...MORE_SERVICES]).toEqual(expect.arrayContaining(services));
  const manifests = await manifestsOf(network);
  const objects = manifests.flatMap((text) => readManifests(text));
  await server.keep(namespaces(objects));
  for (const text of manifests) {
    const { refused, warnings, taken } = await server.judge(text);
    expect(refused).toEqual([]);
    expect(warnings).toEqual([]);
    expect(taken).toBe(readManifests(text).length);
  }
});

it.each(Object.entries(newApps))("every object of an added app is taken, and every pod: %s", async (_name, app) => {
  const { tree, registrations } = composedApp(app);
  const folder = onDisk(new Map([...tree, ...registrationFiles(registrations, flux)]));
  const ofEngine = await kustomize(join(folder, "kubernetes/apps"));
  const ofApp = await kustomizeTogether([
    { folder: join(folder, "kubernetes/apps/media/jellyfin/app"), namespace: "media" },
  ]);
  await server.keep(namespaces(readManifests(ofEngine)));
  const pods = podsOf(readManifests(ofApp));
  const verdicts = [await server.judge(ofEngine), await server.judge(ofApp)];
  if (pods.length > 0) verdicts.push(await server.judge(pods));
  expect(verdicts.every(({ taken }) => taken > 0)).toBe(true);
  expect(verdicts.flatMap(({ refused }) => refused)).toEqual([]);
  // Whom an image runs as is not known unless it was said; Talos takes the pod and warns.
  const isSaid = app.source.kind !== "manifests" || "runAs" in app.source.container;
  const warnings = verdicts.flatMap((verdict) => verdict.warnings);
  expect(warnings.filter((line) => !line.includes('would violate PodSecurity "restricted:latest"'))).toEqual([]);
  expect(warnings.length > 0).toBe(!isSaid);
});

describe("the server refuses", () => {
  const preset = networks[0];
  const one = async (kind: string, name: string): Promise<KubernetesObject> => {
    if (preset === undefined) throw new Error("no network");
    const objects = await objectsOf(preset);
    await server.keep(namespaces(objects));
    const found = objects.find((object) => object.kind === kind && object.metadata?.name === name);
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found;
  };
  const withSpec = (object: KubernetesObject, change: object): KubernetesObject => ({
    ...object,
    spec: { ...(object["spec"] as object), ...change },
  });

  it("a field nobody knows, of a route", async () => {
    const route = await one("HTTPRoute", "echo");
    expect(await server.judge([route])).toMatchObject({ refused: [], taken: 1 });
    const { refused, taken } = await server.judge([withSpec(route, { hostname: "echo.example.com" })]);
    expect(refused.join("\n")).toContain("spec.hostname");
    expect(taken).toBe(0);
  });

  it("a field nobody knows, of a kind of its own", async () => {
    const namespace = await one("Namespace", "network");
    const { refused } = await server.judge([{ ...namespace, spec: { finalizer: [] } }]);
    expect(refused.join("\n")).toContain("spec.finalizer");
  });

  it("what a rule in CEL forbids: a redirect that also names a Service", async () => {
    const route = await one("HTTPRoute", "echo");
    const rules = [
      {
        filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }],
        backendRefs: [{ name: "echo", port: 80 }],
      },
    ];
    const { refused } = await server.judge([withSpec(route, { rules })]);
    expect(refused.join("\n")).toMatch(/RequestRedirect filter must not be used together with backendRefs/);
  });

  it("a namespace that is not there", async () => {
    const route = await one("HTTPRoute", "echo");
    const { refused } = await server.judge([{ ...route, metadata: { ...route.metadata, namespace: "nowhere" } }]);
    expect(refused.join("\n")).toContain('namespaces "nowhere" not found');
  });

  it("nothing where only defaults are missing, and fills them in", async () => {
    const route = await one("HTTPRoute", "echo");
    const { spec } = (await server.stored(route)) as unknown as {
      spec: { rules: readonly { matches: readonly object[] }[] };
    };
    expect(spec.rules[0]?.matches).toEqual([{ path: { type: "PathPrefix", value: "/" } }]);
  });
});
