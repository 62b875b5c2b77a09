/** What people do with apps where Argo CD keeps the cluster: an app, its route, another chart, and what `check` says of it all. */
import { describe, expect, it } from "vitest";
import { presetNames } from "../../generators/create/start.ts";
import { emittedCatalog } from "../fixtures/emitted.ts";
import { gen, repositories, textAt } from "../support/repository.ts";

const PRESET = "k3s-kubevip-traefik";
const made = repositories("--preset", PRESET);

const IMAGE = ["add-app", "photos", "--image", "ghcr.io/example/photos:1.2.3", "--port", "80", "--namespace", "media"];
const CHART = [
  "add-app",
  "web",
  "--chart",
  "oci://ghcr.io/example/charts/web",
  "--chart-version",
  "1.2.3",
  "--port",
  "80",
  "--namespace",
  "media",
];

async function done(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await gen(folder, ...args);
  expect(code, stderr).toBe(0);
  return stdout + stderr;
}

describe("an app under Argo CD", () => {
  it("gets an Application, a place in the project of apps, and a route when somebody wants one", async () => {
    const folder = made.fresh();
    await done(folder, ...IMAGE, "--yes");
    await done(folder, ...CHART, "--yes");
    await done(folder, "add-route", "photos.example.com", "--app", "photos", "--yes");
    const application = textAt(folder, "kubernetes/argo/apps/media/photos.yaml");
    expect(application).toContain("  project: apps\n");
    expect(application).toContain("      path: kubernetes/apps/media/photos/app\n");
    expect(textAt(folder, "kubernetes/apps/media/photos/app/kustomization.yaml")).toMatch(
      / {2}- \.\/(ingress|httproute)\.yaml/,
    );
    const project = textAt(folder, "kubernetes/argo/projects/apps.yaml");
    for (const line of ["namespace: media", "- ghcr.io/bjw-s-labs/helm", "- ghcr.io/example/charts"])
      expect(project).toContain(line);
    expect(project.match(/namespace: media/g)).toHaveLength(1);
    // Its Secrets have no values yet: nothing else is wrong.
    const checked = await done(folder, "check");
    expect(checked.match(/(?:error|warning)\[[^\]]+\]/g)).toEqual(["warning[SECRET-MISSING]"]);
  });

  it("has its name for itself, in whatever namespace", async () => {
    const folder = made.fresh();
    await done(folder, ...IMAGE, "--yes");
    const { code, stderr } = await gen(folder, ...IMAGE.slice(0, -1), "tools", "--yes");
    expect(code).toBe(2);
    expect(stderr).toContain("Argo CD knows one thing called photos");
  });

  it("is listed like any other", async () => {
    const folder = made.fresh();
    await done(folder, ...IMAGE, "--route", "photos.example.com", "--yes");
    expect(await done(folder, "list")).toContain("photos.example.com");
  });
});

it("is about a preset there is", () => expect(presetNames(emittedCatalog)).toContain(PRESET));
