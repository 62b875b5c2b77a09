/** What add-app and add-route write, through the real kustomize, against the types of its objects. Needs HOMELAB_NET_COMPONENTS. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { chartOf, valuesProblems } from "../support/charts.ts";
import { readManifests } from "../support/manifests.ts";
import { validateObjects } from "../support/schemas.ts";
import { kustomize, kustomizeTogether } from "../support/tools.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";
import { registrationFiles } from "../../src/compose/registrations.ts";
import { flux } from "../../src/engines/flux.ts";
import { composedApp, fileOf, newApps } from "../fixtures/newApps.ts";

test.each(Object.entries(newApps))("every object has the fields of its kind: %s", async (_name, app) => {
  const composed = composedApp(app);
  const files = new Map([...composed.tree, ...registrationFiles(composed.registrations, flux)]);
  const folder = temporaryFolder("app");
  writeFiles(folder, Object.fromEntries([...files].map(([path, { content }]) => [path, content])));
  const ofEngine = readManifests(await kustomize(join(folder, "kubernetes/apps")), "apps");
  const inUnit = readManifests(
    await kustomizeTogether([{ folder: join(folder, "kubernetes/apps/media/jellyfin/app"), namespace: "media" }]),
    "app",
  );
  expect(ofEngine.map(({ kind }) => kind).sort()).toEqual(["Kustomization", "Namespace"]);
  expect(inUnit.length).toBeGreaterThan(0);
  expect(validateObjects([...ofEngine, ...inUnit])).toEqual([]);
});

test.each(["an image", "an image with everything"] as const)("app-template knows every value: %s", (name) => {
  const values = fileOf(composedApp(newApps[name]), "app/values.yaml");
  expect(valuesProblems(values, chartOf("app-template"))).toEqual([]);
});
