/** What no program carries over from one engine to the other: kept whole, and named with what to do. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, expectInLine, gen, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";
import { applicationsIn, filesIn, ok, write, withApps } from "./engineChange.ts";

const TO_ARGO = "docs/notes/flux-to-argocd.md";
/** An app as people write one beside those of gen. */
const BY_HAND = "kubernetes/apps/media/plex/ks.yaml";
const KS = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: plex }
spec: { interval: 1h, path: ./kubernetes/apps/media/plex/app, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;

const made = withApps();

describe("what the other engine does not get", () => {
  it("names what was written by hand, keeps it, and applies none of it", async () => {
    const folder = made.fresh();
    write(folder, BY_HAND, KS);
    edit(
      folder,
      "kubernetes/apps/media/kustomization.yaml",
      "./namespace.yaml\n",
      "./namespace.yaml\n  - ./plex/ks.yaml\n",
    );
    const { stderr } = await ok(folder, "set", "gitops=argocd");
    expect(stderr).toMatch(/left to do +2/);
    expect(stderr).toContain(`${BY_HAND}: write kubernetes/argo/apps/media/plex.yaml for it`);
    expect(textAt(folder, BY_HAND)).toBe(KS);
    expect(existsSync(join(folder, "kubernetes/argo/apps/media/plex.yaml"))).toBe(false);
    expect(textAt(folder, "kubernetes/apps/media/kustomization.yaml")).not.toContain("jellyfin");
    expect(textAt(folder, TO_ARGO)).toContain("kubernetes/argo/apps/media/plex.yaml");
    await ok(folder, "set", "gitops=flux");
    expect(textAt(folder, "kubernetes/apps/media/kustomization.yaml")).toMatch(
      /jellyfin\/ks[^]*plex\/ks[^]*podinfo\/ks/,
    );
  });

  it.each([
    ["a file of Flux in it was edited", "kubernetes/apps/media/jellyfin/ks.yaml", "interval: 1h", "interval: 2h"],
    [
      "its list says more than names",
      "kubernetes/apps/media/jellyfin/app/kustomization.yaml",
      "resources:\n",
      "patches: []\nresources:\n",
    ],
    ["nobody lists it", "kubernetes/apps/media/kustomization.yaml", "  - ./jellyfin/ks.yaml\n", ""],
  ])("leaves an app whole where %s", async (_, path, from, to) => {
    const folder = made.fresh();
    edit(folder, path, from, to);
    const before = filesIn(folder);
    const { stderr } = await ok(folder, "set", "gitops=argocd");
    expect(stderr).toContain("media/jellyfin stays as it is");
    expect(existsSync(join(folder, "kubernetes/argo/apps/media/jellyfin.yaml"))).toBe(false);
    const own = Object.entries(before).filter(([file]) => file.startsWith("kubernetes/apps/media/jellyfin/"));
    expect(own.map(([file]) => [file, filesIn(folder)[file]])).toEqual(own);
    expect(applicationsIn(folder, "media/podinfo")).toHaveLength(1);
    await expectInLine(folder);
  });

  it("does not bring back an app that was removed", async () => {
    const folder = made.fresh();
    rmSync(join(folder, "kubernetes/apps/tools"), { recursive: true });
    edit(folder, "kubernetes/apps/kustomization.yaml", "  - ./tools\n", "");
    await ok(folder, "set", "gitops=argocd");
    expect(existsSync(join(folder, "kubernetes/argo/apps/tools"))).toBe(false);
    expect(existsSync(join(folder, "kubernetes/apps/tools"))).toBe(false);
  });

  it("names what was changed in files of the network that leave", async () => {
    const folder = made.fresh();
    const path = "kubernetes/apps/kube-system/cilium/app/helmrelease.yaml";
    edit(folder, path, "interval: 1h", "interval: 5m");
    const { stderr } = await ok(folder, "set", "gitops=argocd");
    expect(stderr).toMatch(/left over +1/);
    expect(stderr).toContain(`${path}: carry it over to kubernetes/argo/apps/kube-system/cilium.yaml, then delete it`);
    expect(textAt(folder, path)).toContain("interval: 5m");
  });

  it("is shown by diff, which writes nothing, and told to programs", async () => {
    const folder = made.fresh();
    write(folder, BY_HAND, KS);
    edit(folder, "homelab.yaml", "gitops: flux", "gitops: argocd");
    const shown = await expectUntouched(folder, () => gen(folder, "diff", "--json"));
    expect(shown.code).toBe(3);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      engine: { from: "flux", to: "argocd", guide: TO_ARGO, leftToDo: [{ path: BY_HAND }] },
    });
  });
});
