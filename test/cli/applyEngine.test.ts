/** From one engine to the other and back: values, objects and edits stay, the engine's own objects are made anew. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, expectInLine, textAt } from "../support/repository.ts";
import { applicationsIn, filesIn, ok, write, withApps } from "./engineChange.ts";

const NAMESPACE = "kubernetes/apps/media/namespace.yaml";
const CLAIM = "kubernetes/apps/tools/whoami/app/persistentvolumeclaim.yaml";
const VALUES = "kubernetes/apps/kube-system/cilium/app/values.yaml";
const LIST = "kubernetes/apps/network/traefik/app/kustomization.yaml";
const CHART = "kubernetes/apps/media/podinfo/app/ocirepository.yaml";
const SOURCE = "kubernetes/apps/cert-manager/cert-manager/app/ocirepository.yaml";
const PROJECT = "kubernetes/argo/projects/apps.yaml";
const TO_ARGO = "docs/notes/flux-to-argocd.md";
const TO_FLUX = "docs/notes/argocd-to-flux.md";

const made = withApps();

describe("the engine is changed", () => {
  it(
    "there and back gives the same files, with edits of values, lists and versions kept",
    { timeout: 60_000 },
    async () => {
      const folder = made.fresh();
      edit(folder, VALUES, "\n", "\n# mine\n");
      edit(folder, LIST, "resources:\n", "resources:\n  - ./a-mine.yaml\n");
      write(folder, join(dirname(LIST), "a-mine.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mine }\n");
      edit(folder, CHART, "tag: 6.9.2", "tag: 6.10.0");
      const before = filesIn(folder);
      edit(folder, "homelab.yaml", "gitops: flux", "gitops: argocd");

      const there = await ok(folder, "apply");
      expect(there.stderr).toMatch(/push nothing yet: Flux applies what is pushed[^]*docs\/notes\/flux-to-argocd\.md/);
      expect(there.stderr).not.toContain("git add, commit and push");
      await expectInLine(folder);
      expect(textAt(folder, VALUES)).toContain("# mine\n");
      expect(textAt(folder, LIST)).toContain("./a-mine.yaml");
      expect(textAt(folder, LIST)).not.toContain("helmrelease");
      expect(
        Object.keys(filesIn(folder)).filter((path) => /ks\.yaml|helmrelease|ocirepository|kubernetes\/flux/.test(path)),
      ).toEqual([]);

      edit(folder, "homelab.yaml", "gitops: argocd", "gitops: flux");
      await ok(folder, "apply");
      await expectInLine(folder);
      expect(filesIn(folder)).toEqual(before);
      expect([existsSync(join(folder, TO_ARGO)), existsSync(join(folder, TO_FLUX))]).toEqual([true, true]);
    },
  );

  it("leaves versions of the network where Renovate has put them", async () => {
    const folder = made.fresh();
    const moved = edit(folder, SOURCE, /tag: .*/, "tag: v99.0.0");
    const { stderr } = await ok(folder, "set", "gitops=argocd");
    expect(stderr).not.toContain("left");
    expect(existsSync(join(folder, SOURCE))).toBe(false);
    expect(applicationsIn(folder, "cert-manager/cert-manager")[0]?.spec.sources).toMatchObject([
      { targetRevision: "v99.0.0" },
      {},
    ]);
    await expectInLine(folder);
    await ok(folder, "set", "gitops=flux");
    expect(textAt(folder, SOURCE)).toBe(moved);
    await expectInLine(folder);
  });

  it("makes an Application of each app, from what it has on disk", async () => {
    const folder = made.fresh();
    edit(folder, CHART, "tag: 6.9.2", "tag: 6.10.0");
    await ok(folder, "set", "gitops=argocd");
    const [jellyfin] = applicationsIn(folder, "media/jellyfin");
    const [podinfo] = applicationsIn(folder, "media/podinfo");
    const [whoami] = applicationsIn(folder, "tools/whoami");
    expect([jellyfin, podinfo, whoami].map((app) => app?.spec.project)).toEqual(["apps", "apps", "apps"]);
    expect(jellyfin?.spec.sources).toMatchObject([
      { helm: { valueFiles: ["$values/kubernetes/apps/media/jellyfin/app/values.yaml"] } },
      { path: "kubernetes/apps/media/jellyfin/app" },
    ]);
    // Its route came later, and is listed where there was no list of Argo CD's before.
    expect(podinfo?.spec.sources).toMatchObject([
      { targetRevision: "6.10.0" },
      { path: "kubernetes/apps/media/podinfo/app" },
    ]);
    expect(textAt(folder, "kubernetes/apps/media/podinfo/app/kustomization.yaml")).toContain("info.example.com.yaml");
    expect(whoami?.spec.source).toMatchObject({ path: "kubernetes/apps/tools/whoami/app" });
    const project = textAt(folder, PROJECT);
    for (const word of ["namespace: media", "namespace: tools", "ghcr.io/owner/charts"])
      expect(project).toContain(word);
  });

  it("keeps namespaces and volumes by the word of the engine that comes, in files that were edited too", async () => {
    const folder = made.fresh();
    edit(folder, NAMESPACE, "baseline", "restricted");
    await ok(folder, "set", "gitops.provider=argocd");
    for (const path of [NAMESPACE, CLAIM]) {
      expect(textAt(folder, path)).toContain("argocd.argoproj.io/sync-options: Prune=false,Delete=false");
      expect(textAt(folder, path)).not.toContain("kustomize.toolkit.fluxcd.io");
    }
    expect(textAt(folder, NAMESPACE)).toContain("restricted");
    await ok(folder, "set", "gitops.provider=flux");
    expect(textAt(folder, CLAIM)).toBe(textAt(made.template, CLAIM));
  });

  it("carries a machine of the LAN over with its entries in lists", async () => {
    const folder = made.fresh();
    await ok(folder, "add-host", "nas", "--ip", "192.168.1.20");
    await ok(folder, "add-route", "nas.example.com", "--to", "nas:5000");
    const before = filesIn(folder);
    await ok(folder, "set", "gitops=argocd");
    expect(textAt(folder, PROJECT)).toContain("namespace: lan");
    await ok(folder, "set", "gitops=flux");
    expect(filesIn(folder)).toEqual(before);
  });

  it("leaves a guide that is there alone, and writes the next one beside it", async () => {
    const folder = made.fresh();
    for (const engine of ["argocd", "flux", "argocd"]) await ok(folder, "set", `gitops=${engine}`);
    expect(existsSync(join(folder, "docs/notes/flux-to-argocd-2.md"))).toBe(true);
  });

  it("names an app where the others are that was added before the edited homelab.yaml was applied", async () => {
    const folder = made.fresh();
    edit(folder, "homelab.yaml", "gitops: flux", "gitops: argocd");
    await ok(folder, "add-app", "late", "--image", "ghcr.io/owner/late:1", "--port", "80", "--namespace", "late");
    expect(existsSync(join(folder, "kubernetes/apps/late/late/ks.yaml"))).toBe(false);
    await ok(folder, "apply");
    expect(applicationsIn(folder, "late/late")).toHaveLength(1);
    expect(textAt(folder, PROJECT)).toContain("namespace: late");
  });
});
