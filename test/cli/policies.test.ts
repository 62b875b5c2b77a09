import { join } from "node:path";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordPath } from "../../src/repo/instance.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();

const ADDED = ["--image", "ghcr.io/example/web:1.0", "--port", "8096", "--namespace"];
const IN_MEDIA = "kubernetes/apps/media/policies-media/app/allowed.yaml";
const IN_DATABASES = "kubernetes/apps/databases/policies-databases/app/allowed.yaml";

/** A repository with two apps, each in a namespace of its own. */
async function withApps(): Promise<string> {
  const folder = made.fresh();
  expect((await gen(folder, "add-app", "web", ...ADDED, "media", "--route", "web.ragas.cc", "--yes")).code).toBe(0);
  expect((await gen(folder, "add-app", "postgres", ...ADDED, "databases", "--yes")).code).toBe(0);
  return folder;
}

const allow = (folder: string, ...words: readonly string[]) => gen(folder, "allow", ...words, "--yes");
const names = (folder: string, path: string): readonly unknown[] =>
  readDocuments(textAt(folder, path), path).map((document) => (document as never)["metadata"]["name"]);

describe("gen allow", () => {
  it("is written down, and both ends say it once their namespaces are closed", async () => {
    const folder = await withApps();
    const first = await allow(folder, "media/web", "databases/postgres:5432,53/udp");
    expect([first.code, first.stdout], first.stderr).toEqual([0, ""]);
    expect(first.stderr).toContain("media is open");
    expect(names(folder, IN_DATABASES)).toEqual(["postgres-from-media-web-5432-53-udp"]);
    expect(() => textAt(folder, IN_MEDIA)).toThrow();
    expect((await gen(folder, "set", "policies.defaultDeny.media=enforce", "--yes")).code).toBe(0);
    expect(names(folder, IN_MEDIA)).toEqual(["web-to-databases-postgres-5432-53-udp"]);
    await expectInLine(folder);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
  });

  it("is asked for twice without a change", async () => {
    const folder = await withApps();
    await allow(folder, "media/web", "internet:443");
    const second = await expectUntouched(folder, () => allow(folder, "media/web", "internet:443"));
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
  });

  it("names the pods of a chart by the labels that were told of them, and parts of the network by theirs", async () => {
    const folder = await withApps();
    const chart = ["--chart", "oci://ghcr.io/example/charts/cache", "--chart-version", "1.2.3", "--port", "6379"];
    const labels = ["--route", "cache.ragas.cc", "--selector", "app=valkey", "--selector", "tier=main"];
    const added = await gen(folder, "add-app", "cache", ...chart, "--namespace", "databases", ...labels, "--yes");
    expect(added.code, added.stderr).toBe(0);
    expect((await allow(folder, "media/web", "databases/cache:6379")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toContain("to: databases/app=valkey,tier=main");
    expect((await allow(folder, "media/web", "network/k8s-gateway:1053/udp")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toContain("to: network/k8s-gateway\n");
  });

  it.each([
    [["media/wep", "internet"], "there is no app media/wep in this repository", "did you mean media/web?"],
    [["media/web", "interne"], "`interne` names a namespace at most", "internet?"],
    [["media/web", "databases/postgres:70000"], "`70000` is not a port of a pod", "1 to 65535"],
    [["media/web"], "who begins and who answers are needed", "such as gen allow"],
    [["media/web", "internet", "lan"], "two ends are enough, and lan stands behind them", "such as gen allow"],
    [["internet", "media/web:80"], "internet begins", "from: anyone"],
    [["network/envoy-gateway", "internet:443"], "has several kinds of pods", "one of network/"],
  ])("refuses %j", async (words, message, hint) => {
    const folder = await withApps();
    const { code, stderr } = await expectUntouched(folder, () => allow(folder, ...words));
    expect(code).not.toBe(0);
    expect(stderr.replace(/\s+/g, " ")).toContain(message);
    expect(stderr.replace(/\s+/g, " ")).toContain(hint);
  });

  it("keeps what people wrote into the files that follow", async () => {
    const folder = await withApps();
    await allow(folder, "media/web", "databases/postgres:5432");
    edit(folder, IN_DATABASES, "postgres-from-media-web-5432", "mine");
    await allow(folder, "anyone", "databases/postgres:5432");
    expect(names(folder, IN_DATABASES)).toEqual(["mine", "postgres-from-anyone-5432"]);
  });
});

describe("gen disallow", () => {
  it("takes back what was allowed with the same words, and leaves the file as it was", async () => {
    const folder = await withApps();
    const before = textAt(folder, "homelab.yaml");
    await allow(folder, "media/web", "databases/postgres:5432");
    const { code, stderr } = await gen(folder, "disallow", "media/web", "databases/postgres:5432", "--yes");
    expect([code, stderr]).toEqual([0, expect.stringContaining("may begin nothing at databases/postgres:5432")]);
    expect(() => textAt(folder, IN_DATABASES)).toThrow();
    expect(textAt(folder, "homelab.yaml").replace(/policies: \{\}\n/, "")).toBe(before);
    await expectInLine(folder);
  });

  it("names the nearest where there is no such entry", async () => {
    const folder = await withApps();
    await allow(folder, "media/web", "databases/postgres:5432");
    const { code, stderr } = await gen(folder, "disallow", "media/web", "databases/postgres:5433", "--yes");
    expect([code, stderr]).toEqual([2, expect.stringContaining("did you mean media/web databases/postgres:5432?")]);
  });

  it("says once that there is none at all, and where to look", async () => {
    const { code, stderr } = await gen(made.fresh(), "disallow", "media/web", "databases/postgres:5433", "--yes");
    expect(code).toBe(2);
    expect(stderr.match(/has no entry/g)).toHaveLength(1);
    expect(stderr).toContain("gen list flows");
  });
});

describe("gen list flows", () => {
  it("shows flows of components, of apps and of homelab.yaml, and draws them", async () => {
    const folder = await withApps();
    await allow(folder, "media/web", "databases/postgres:5432");
    await gen(folder, "set", "policies.defaultDeny.media=enforce", "--yes");
    const { stdout } = await gen(folder, "list", "flows", "--json");
    const { flows } = JSON.parse(stdout) as { flows: readonly Record<string, string>[] };
    const row = (from: string, to: string) => flows.find((one) => one["from"] === from && one["to"] === to);
    expect(row("media/web", "databases/postgres")).toMatchObject({ ports: "5432" });
    expect(row("network/envoy-internal", "media/web")).toMatchObject({ ports: "8096" });
    expect(row("media/*", "kube-system/kube-dns")).toMatchObject({ ports: "53/udp, 53" });
    expect(row("media/*", "media/*")).toBeUndefined();
    const picture = (await gen(folder, "list", "--flows", "--mermaid")).stdout;
    expect(picture).toMatch(/^```mermaid\nflowchart LR\n/);
    expect(picture).toContain('-->|"5432"|');
    expect((await gen(folder, "list", "routes", "--mermaid")).code).toBe(2);
  });
});

it("leaves out an app whose record somebody has made unreadable", async () => {
  const folder = await withApps();
  edit(folder, recordPath("add-app", "media.web"), '"container":{"image":{', '"container":{"image":7,"was":{');
  const { code, stdout } = await gen(folder, "list", "flows", "--json");
  expect([code, stdout.includes("media/web")]).toEqual([0, false]);
  const { code: refused, stderr } = await allow(folder, "media/web", "internet:443");
  expect([refused, stderr]).toEqual([2, expect.stringContaining("nobody knows the labels")]);
});

describe("a closed namespace", () => {
  it("is refused where GitOps runs, and nothing is written", async () => {
    const folder = made.fresh();
    const { code, stderr } = await expectUntouched(folder, () =>
      gen(folder, "set", "policies.defaultDeny.flux-system=enforce", "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining("POLICY-CUT")]);
  });

  it("is told of to who adds an app to it", async () => {
    const folder = await withApps();
    await gen(folder, "set", "policies.defaultDeny.media=enforce", "--yes");
    const { stderr } = await gen(folder, "add-app", "more", ...ADDED, "media", "--yes");
    expect(stderr).toContain("gen allow media/more internet:443");
  });

  it("lets gateways in to an app that gets a route later, and says so once", async () => {
    const folder = await withApps();
    await gen(folder, "set", "policies.defaultDeny.databases=enforce", "--yes");
    const { code, stderr } = await gen(folder, "add-route", "db.ragas.cc", "--app", "postgres", "--yes");
    expect([code, stderr]).toEqual([0, expect.stringContaining("db.ragas.cc written")]);
    expect(names(folder, IN_DATABASES)).toEqual(["postgres-from-gateway-8096"]);
    await expectInLine(folder);
    expect((await gen(folder, "add-route", "db2.ragas.cc", "--app", "postgres", "--yes")).code).toBe(0);
    expect(names(folder, IN_DATABASES)).toEqual(["postgres-from-gateway-8096"]);
  });

  it("is read as somebody wrote it by hand", async () => {
    const folder = await withApps();
    const path = join(folder, "homelab.yaml");
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace(
        /^policies:$/m,
        "policies: # mine\n  defaultDeny: { media: enforce }\n  allow: []",
      ),
    );
    expect((await gen(folder, "apply", "--yes")).code).toBe(0);
    expect((await allow(folder, "media/web", "internet:443")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toContain("# mine");
    expect(names(folder, IN_MEDIA)).toEqual(["web-to-internet-443"]);
  });
});
