import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startCli } from "../support/cli.ts";
import { output } from "../support/run.ts";
import { gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched, snapshotTree } from "../support/workspace.ts";

const made = repositories();

const IMAGE = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"] as const;
const ROUTED = [...IMAGE, "--route", "jellyfin.ragas.cc"] as const;
const NAMES = "kubernetes/apps/network/host-names/app/configmap.yaml";
const APPS = "kubernetes/apps/kustomization.yaml";
const FOLDER = "kubernetes/apps/media/jellyfin";

const KINDS = {
  "an image": [
    ...ROUTED,
    "--volume",
    "/config=5Gi",
    "--env",
    "LOG_LEVEL=info",
    "--secret",
    "jellyfin",
    "--timezone",
    "UTC",
  ],
  "plain objects": [...ROUTED, "--manifests", "--run-as", "1000", "--read-only"],
  "a chart of a registry": [
    "--chart",
    "oci://ghcr.io/owner/charts/app:1.0.0",
    "--namespace",
    "media",
    "--port",
    "80",
    "--route",
    "jellyfin.ragas.cc",
  ],
  "a chart of a repository": [
    "--chart",
    "app",
    "--repo",
    "https://owner.github.io/charts",
    "--chart-version",
    "1.0.0",
    "--namespace",
    "default",
  ],
} as const;

describe("gen add-app", () => {
  it.each(Object.entries(KINDS))(
    "adds %s; the second time changes nothing, and check has nothing to say",
    async (_kind, args) => {
      const folder = made.fresh();
      const first = await gen(join(folder, "docs"), "add-app", "jellyfin", ...args, "--yes");
      expect([first.code, first.stdout], first.stderr).toEqual([0, ""]);
      const second = await expectUntouched(folder, () => gen(folder, "add-app", "jellyfin", ...args, "--yes"));
      expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
      const checked = await gen(folder, "check", "--strict");
      expect(checked.code, checked.stdout).toBe(0);
      const applied = await expectUntouched(folder, () => gen(folder, "apply", "--yes"));
      expect([applied.code, applied.stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
    },
  );

  it("adds one line to each list of others, and takes nothing else in hand", async () => {
    const folder = made.fresh();
    await gen(folder, "add-app", "jellyfin", ...ROUTED, "--yes");
    const [before, after] = [snapshotTree(made.template), snapshotTree(folder)];
    const changed = Object.keys(before).filter((path) => before[path]?.sha256 !== after[path]?.sha256);
    expect(changed).toEqual([".homelab-net/state/create/network.jsonl", "homelab.yaml", APPS, NAMES]);
    expect(textAt(folder, "homelab.yaml")).toBe(
      `${textAt(made.template, "homelab.yaml")}policies:\n  names:\n    media:\n      - jellyfin.ragas.cc\n`,
    );
    expect(textAt(folder, NAMES).replace("  jellyfin.ragas.cc: media\n", "")).toBe(textAt(made.template, NAMES));
    expect(textAt(folder, APPS).replace("  - ./media\n", "")).toBe(textAt(made.template, APPS));
    const added = Object.keys(after).filter((path) => !(path in before) && !path.startsWith(".homelab-net/"));
    expect(added.every((path) => path.startsWith("kubernetes/apps/media/"))).toBe(true);
  });

  it("leaves a namespace that is there alone", async () => {
    const folder = made.fresh();
    await gen(folder, "add-app", "jellyfin", ...IMAGE, "--yes");
    const namespace = "kubernetes/apps/media/namespace.yaml";
    writeFileSync(join(folder, namespace), textAt(folder, namespace).replace("baseline", "restricted"));
    const mine = textAt(folder, namespace);
    expect((await gen(folder, "add-app", "sonarr", ...IMAGE, "--yes")).code).toBe(0);
    expect(textAt(folder, namespace)).toBe(mine);
    expect(textAt(folder, "kubernetes/apps/media/kustomization.yaml")).toContain("./sonarr/ks.yaml");
  });

  it("never writes over what people made of it, nor brings back what they removed", async () => {
    const folder = made.fresh();
    await gen(folder, "add-app", "jellyfin", ...ROUTED, "--yes");
    const values = `${FOLDER}/app/values.yaml`;
    writeFileSync(join(folder, values), `${textAt(folder, values)}# mine\n`);
    rmSync(join(folder, FOLDER, "app/networkpolicy.yaml"));
    const again = await expectUntouched(folder, () => gen(folder, "add-app", "jellyfin", ...ROUTED, "--yes"));
    expect(again.code).toBe(0);
  });

  it("tells a second wish for the same app apart, and carries it out only when the folder is gone", async () => {
    const folder = made.fresh();
    await gen(folder, "add-app", "jellyfin", ...ROUTED, "--yes");
    const other = ROUTED.map((word) => (word === "8096" ? "8097" : word));
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-app", "jellyfin", ...other, "--yes"));
    expect(code).toBe(3);
    expect(stderr).toContain("source.container.port: 8096 then, 8097 now");
    rmSync(join(folder, FOLDER), { recursive: true });
    expect((await gen(folder, "add-app", "jellyfin", ...other, "--yes")).code).toBe(0);
    expect(textAt(folder, `${FOLDER}/app/values.yaml`)).toContain("port: 8097");
  });

  it("remembers no two apps in one place", async () => {
    const folder = made.fresh();
    const inNamespace = (namespace: string) => IMAGE.map((word) => (word === "media" ? namespace : word));
    expect((await gen(folder, "add-app", "b-c", ...inNamespace("a"), "--yes")).code).toBe(0);
    expect((await gen(folder, "add-app", "c", ...inNamespace("a-b"), "--yes")).code).toBe(0);
  });

  it("is undone by git without a trace", async () => {
    const folder = made.fresh();
    const git = (...args: readonly string[]) =>
      output("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], { cwd: folder });
    await git("init", "--quiet");
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "before");
    await gen(folder, "add-app", "jellyfin", ...ROUTED, "--yes");
    expect(await git("diff", "--stat", "--", "kubernetes")).toMatch(/2 files changed, 2 insertions\(\+\)/);
    await git("checkout", "--", ".");
    await git("clean", "--quiet", "--force", "-d");
    expect(await git("status", "--porcelain")).toBe("");
    expect((await gen(folder, "apply", "--yes")).stderr).toContain("nothing to do");
  });

  it("names all that is missing at once, with a line that gives it", async () => {
    const folder = made.fresh();
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-app", "--yes"));
    expect(code).toBe(2);
    expect(stderr).toContain("4 answers are missing");
    expect(stderr).toContain("gen add-app NAME --image IMAGE:TAG --namespace NS --port N");
    const chart = await gen(folder, "add-app", "app", "--chart", "app");
    expect(chart.stderr).toMatch(/--repo URL[^]*--chart-version VERSION[^]*--namespace NS/);
    expect(chart.stderr).not.toContain("--port");
  });

  it.each([
    [["echo", ...IMAGE], "is a part of this network"],
    [["cilium", ...IMAGE], "is a part of this network"],
    [["Jellyfin", ...IMAGE], "is no name of an app"],
    [["../../x", ...IMAGE], "is no name of an app"],
    [["con", ...IMAGE], "no folder can be called so on Windows"],
    [["app", "--image", "nginx", "--port", "80", "--namespace", "web"], "names no version"],
    [["app", "--image", "nginx:latest", "--port", "80", "--namespace", "web"], "moves with every release"],
    [["app", ...IMAGE, "--env", "DB_PASSWORD=hunter2"], "looks like a secret"],
    [["app", ...IMAGE, "--route", "app.example.com"], "is not under ragas.cc"],
    [["app", ...IMAGE, "--route", "echo.ragas.cc"], "is answered already by echo:8080"],
    [["app", ...IMAGE, "--route", "app.ragas.cc", "--gateway", "intrenal"], "did you mean internal?"],
    [["app", ...IMAGE, "--gateway", "internal"], "--gateway is about a route"],
    [["app", ...IMAGE, "--chart", "oci://ghcr.io/a/b:1.0.0"], "are two apps"],
    [["app", ...IMAGE, "--chart-version", "1.0.0"], "--chart-version is for charts"],
    [
      ["app", "--chart", "oci://ghcr.io/a/b:1.0.0", "--namespace", "web", "--volume", "/a=1Gi"],
      "--volume is for images",
    ],
    [["app", "--image", "a:1", "--port", "80", "--namespace", "kube-system"], "are Kubernetes' own"],
    [["app", ...IMAGE, "--storage-class", "fast"], "is of volumes, and there is none"],
    [["app", ...IMAGE, "--run-as", "0"], "is no user that is not root"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      gen(made.template, "add-app", ...args, "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("does not take a folder of somebody else for its own", async () => {
    const folder = made.fresh();
    await gen(folder, "add-app", "jellyfin", ...IMAGE, "--yes");
    rmSync(join(folder, ".homelab-net/state/add-app"), { recursive: true });
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-app", "jellyfin", ...IMAGE, "--yes"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("is there already, and add-app did not write it")]);
  });

  it("shows and does nothing in a dry run, and says so as JSON", async () => {
    const folder = made.fresh();
    const { stdout, code } = await expectUntouched(folder, () =>
      gen(folder, "add-app", "jellyfin", ...IMAGE, "--dry-run", "--json"),
    );
    expect(code).toBe(0);
    const told = JSON.parse(stdout) as { changes: { action: string; path: string }[] };
    expect(told).toMatchObject({ ok: true, command: "add-app", written: false });
    expect(told.changes.filter(({ action }) => action === "update").map(({ path }) => path)).toEqual([APPS]);
  });

  it("asks on a terminal for what is missing, and takes no answer that will not do", async () => {
    const folder = made.fresh();
    const terminal = startCli("gen", ["add-app"], { cwd: folder });
    const answer = async (question: string, text: string): Promise<void> => {
      await terminal.waitFor(question);
      terminal.type(text);
      terminal.key("enter");
    };
    await terminal.waitFor("What is it");
    terminal.key("enter");
    await answer("Name of the app", "jellyfin");
    await answer("Image with its version", "nginx");
    await terminal.waitFor("names no version");
    terminal.type(":1.29.3");
    terminal.key("enter");
    await answer("Namespace", "media");
    await terminal.waitFor("Host name");
    await terminal.waitFor("jellyfin.ragas.cc");
    terminal.key("enter");
    await answer("Port it listens on", "80");
    await terminal.waitFor("The new namespace media is");
    terminal.key("down");
    terminal.key("enter");
    await answer("What jellyfin begins", "internet:443");
    await terminal.waitFor("Write?");
    terminal.key("enter");
    expect((await terminal.exit).code).toBe(0);
    expect(readFileSync(join(folder, "homelab.yaml"), "utf8")).toContain("media: enforce");
    expect(readFileSync(join(folder, "homelab.yaml"), "utf8")).toContain("from: media/jellyfin");
    expect(readFileSync(join(folder, FOLDER, "app/httproute.yaml"), "utf8")).toContain("jellyfin.ragas.cc");
  });
});
