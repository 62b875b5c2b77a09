/** `gen add-domain` and `gen remove-domain`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runGenerator } from "../../src/plop/adapter.ts";
import { generators } from "../../generators/index.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { pathToFileURL } from "node:url";
import { runCli } from "../support/cli.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { recordedSession } from "../support/session.ts";
import { expectUntouched, snapshotTree } from "../support/workspace.ts";

const made = repositories();
const certified = repositories("--preset", "talos-cilium-envoy");

const forwarded = repositories(
  "--preset",
  "talos-cilium-envoy",
  "--set",
  "ingress.gateways.external.public=port-forward",
  "--set",
  "ingress.gateways.external.publicAddress=203.0.113.7",
);

const VALUES = "kubernetes/apps/network/k8s-gateway/app/values.yaml";
const CERTIFICATES = "kubernetes/apps/network/certificates/app/certificates.yaml";
const ECHO = "kubernetes/apps/default/echo/app/httproute.yaml";

const add = (folder: string, ...more: readonly string[]) => gen(folder, "add-domain", "ragas.dev", "--yes", ...more);

const remove = (folder: string, domain: string, ...more: readonly string[]) =>
  gen(folder, "remove-domain", domain, "--yes", ...more);

describe("gen add-domain", () => {
  it("writes it down and renders what follows; the second time changes nothing", async () => {
    const folder = made.fresh();
    const first = await add(folder);
    expect([first.code, first.stdout], first.stderr).toEqual([0, ""]);
    expect(first.stderr).toContain("ragas.dev, answered on your LAN by k8s-gateway (172.16.1.60)");
    expect(first.stderr).toContain("tell your resolver about ragas.dev: docs/dns.md");
    expect(textAt(folder, "homelab.yaml")).toBe(
      textAt(made.template, "homelab.yaml").replace("[ragas.cc]", "[ragas.cc, ragas.dev]"),
    );
    expect(textAt(folder, VALUES)).toContain("domain: ragas.cc ragas.dev");
    expect(textAt(folder, "docs/dns.md")).toContain("[/ragas.dev/]172.16.1.60");
    const second = await expectUntouched(folder, () => add(folder));
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("ragas.dev is there already")]);
    await expectInLine(folder);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
  });

  it("brings a certificate and names that routes can have", async () => {
    const folder = certified.fresh();
    const { code, stderr } = await add(folder);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("a certificate for it and *.ragas.dev");
    expect(textAt(folder, CERTIFICATES)).toContain('"*.ragas.dev"');
    const route = await gen(folder, "add-route", "photos.ragas.dev", "--app", "echo", "--yes");
    expect(route.code, route.stderr).toBe(0);
    expect((await gen(folder, "check")).code).toBe(0);
  });

  it("keeps what people wrote, and tells programs what it did", async () => {
    const folder = made.fresh();
    edit(folder, VALUES, "replicaCount: 1", "replicaCount: 2");
    const mine = `${textAt(folder, "homelab.yaml").replace("domains: [ragas.cc]", "domains: # mine\n  - ragas.cc # the first").replaceAll("\n", "\r\n")}`;
    writeFileSync(join(folder, "homelab.yaml"), mine);
    const { code, stdout } = await add(folder, "--json");
    expect(code, stdout).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "add-domain",
      written: true,
      set: [{ path: "domains", value: ["ragas.cc", "ragas.dev"] }],
    });
    expect(textAt(folder, "homelab.yaml").replace("  - ragas.dev\r\n", "")).toBe(mine);
    expect(textAt(folder, VALUES)).toContain("replicaCount: 2");
    expect(textAt(folder, VALUES)).toContain("domain: ragas.cc ragas.dev");
  });

  it("leaves lines that were changed on both sides to the user", async () => {
    const folder = made.fresh();
    edit(folder, VALUES, "domain: ragas.cc", "domain: ragas.cc mine.example");
    const { code, stderr } = await expectUntouched(folder, () => add(folder));
    expect([code, stderr]).toEqual([3, expect.stringContaining(VALUES)]);
    expect((await add(folder, "--conflicts", "mine")).code).toBe(0);
    expect(textAt(folder, VALUES)).toContain("domain: ragas.cc mine.example");
  });

  it("shows and writes nothing in a dry run", async () => {
    const folder = made.fresh();
    const { code, stderr } = await expectUntouched(folder, () => add(folder, "--dry-run", "--diff"));
    expect([code, stderr]).toEqual([0, expect.stringContaining("+domains: [ragas.cc, ragas.dev]")]);
  });

  it.each([
    [[], "add-domain needs a domain"],
    [["ragas"], "is one word, and a domain has a dot"],
    [["*.ragas.dev"], "is not a bare host name"],
    [["home.cluster.local"], "error[DNS-RESERVED]"],
    [["github.com"], "error[DNS-BOOTSTRAP]"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      gen(made.template, "add-domain", ...args, "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("names that the internet reaches through the router", () => {
  it("are written by whoever publishes them, once its key may, and without a word of a tunnel", async () => {
    const folder = forwarded.fresh();
    const { code, stderr } = await add(folder);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(
      "let external-dns for Cloudflare (dns.publish.cloudflare) change the DNS of ragas.dev: its key has to be allowed to",
    );
    const route = await gen(folder, "add-route", "photos.ragas.dev", "--app", "echo", "--gateway", "external", "--yes");
    expect(route.stderr).toContain("public, its record made by external-dns for Cloudflare");
    edit(folder, ECHO, "echo.ragas.cc", "echo.ragas.dev");
    const gone = await remove(folder, "ragas.cc");
    expect(gone.code, gone.stderr).toBe(0);
    expect(gone.stderr).toContain("names lead to direct.ragas.dev in place of direct.ragas.cc now");
    expect(`${stderr}${route.stderr}${gone.stderr}`).not.toMatch(/tunnel/i);
  });

  it("have no CNAME at the top of a zone, but where the host answers for it in another way", async () => {
    const folder = forwarded.fresh();
    const bare = () => gen(folder, "add-route", "ragas.cc", "--app", "echo", "--gateway", "external", "--dry-run");
    expect((await bare()).stderr).toContain("public, its record made by external-dns for Cloudflare");
    edit(folder, "homelab.yaml", "cloudflare: { gateways", "away: { provider: hetzner, gateways");
    expect((await gen(folder, "apply", "--yes")).code).toBe(0);
    expect((await bare()).stderr).toContain("external-dns for Hetzner can make no CNAME where a zone begins");
  });

  it("are written by hand where nobody publishes them", async () => {
    const folder = forwarded.fresh();
    edit(folder, "homelab.yaml", / {2}publish:\n(?: {4}.*\n)+/, "");
    expect((await gen(folder, "apply", "--yes")).code).toBe(0);
    const { stderr } = await add(folder);
    expect(stderr).toContain(
      "names below ragas.dev on external are reached from outside by a CNAME to direct.ragas.cc, which you make",
    );
    const route = await gen(folder, "add-route", "photos.ragas.cc", "--app", "echo", "--gateway", "external", "--yes");
    expect(route.stderr).toContain("make a CNAME to direct.ragas.cc yourself");
  });
});

describe("gen remove-domain", () => {
  it("takes back all that add-domain did", async () => {
    const folder = certified.fresh();
    const before = textAt(folder, "homelab.yaml");
    expect((await add(folder)).code).toBe(0);
    const { code, stderr } = await remove(folder, "ragas.dev");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("and the certificate wildcard-ragas-dev goes");
    expect(stderr).toContain("take ragas.dev out of what your resolver forwards");
    expect(stderr).toContain(
      "records of ragas.dev that external-dns for Cloudflare (dns.publish.cloudflare) wrote stay until",
    );
    expect(textAt(folder, "homelab.yaml")).toBe(before);
    expect(textAt(folder, CERTIFICATES)).not.toContain("ragas.dev");
    await expectInLine(folder);
  });

  it("names every route and record that still needs it, with its file", async () => {
    const folder = made.fresh();
    await add(folder);
    await gen(folder, "add-route", "photos.ragas.dev", "--app", "echo", "--yes");
    await gen(folder, "add-route", "nas.ragas.dev", "--to", "172.16.1.20:5000", "--yes");
    await gen(folder, "add-record", "pve1.ragas.dev", "--to", "pve1", "--yes");
    const { code, stderr } = await expectUntouched(folder, () => remove(folder, "ragas.dev"));
    expect(code).toBe(2);
    expect(stderr).toContain("ragas.dev is still in use:");
    for (const line of [
      "pve1.ragas.dev: homelab.yaml, dns.records.0",
      "photos.ragas.dev: kubernetes/apps/default/echo/app/httproute-photos.ragas.dev.yaml",
      "nas.ragas.dev: kubernetes/apps/lan/nas/app/httproute.yaml",
    ])
      expect(stderr).toContain(line);
  });

  it("sees routes that people wrote, and none that another domain of ours is for as well", async () => {
    const folder = made.fresh();
    expect((await gen(folder, "add-domain", "apps.ragas.cc", "--yes")).code).toBe(0);
    edit(folder, ECHO, "echo.ragas.cc", "echo.apps.ragas.cc");
    expect((await remove(folder, "ragas.cc")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toContain("domains: [apps.ragas.cc]");
    edit(folder, "homelab.yaml", "[apps.ragas.cc]", "[apps.ragas.cc, ragas.cc]");
    await gen(folder, "apply", "--yes");
    edit(folder, ECHO, "echo.apps.ragas.cc", "echo.ragas.cc");
    const { code, stderr } = await expectUntouched(folder, () => remove(folder, "ragas.cc"));
    expect([code, stderr]).toEqual([2, expect.stringContaining(`echo.ragas.cc: ${ECHO}`)]);
  });

  it.each([
    [[], "remove-domain needs a domain"],
    [["ragas.cc"], "ragas.cc is the only domain"],
    [["ragas.co"], "did you mean ragas.cc?"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      gen(made.template, "remove-domain", ...args, "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("asks where nothing was said", async () => {
    const folder = made.fresh();
    const run = (name: string, answers: readonly (string | boolean)[]) =>
      runGenerator(name, generators(catalog), recordedSession({ cwd: folder, catalog, answers }));
    expect((await run("add-domain", ["ragas.dev", true])).applied).toBeDefined();
    expect((await run("remove-domain", ["ragas.dev", false])).applied).toBeUndefined();
    expect(textAt(folder, "homelab.yaml")).toContain("[ragas.cc, ragas.dev]");
    expect((await run("remove-domain", ["ragas.dev", true])).applied).toBeDefined();
    expect(textAt(folder, "homelab.yaml")).toBe(textAt(made.template, "homelab.yaml"));
  });
});

describe("a run that is killed while it writes", () => {
  const preload = pathToFileURL(join(import.meta.dirname, "../support/kill-at.mjs")).href;
  it.each([
    [1, "undone"],
    [4, "finished"],
  ] as const)("at rename %i is %s by the next gen of any kind", async (rename, outcome) => {
    const [folder, whole] = [made.fresh(), made.fresh()];
    const before = snapshotTree(folder);
    expect((await add(whole)).code).toBe(0);
    const { signal } = await runCli("gen", ["add-domain", "ragas.dev", "--yes"], {
      cwd: folder,
      env: { NODE_OPTIONS: `--import=${preload}`, KILL_AT: String(rename) },
    });
    expect(signal).toBe("SIGKILL");
    const next = await gen(folder, "list", "rules");
    expect([next.code, next.stderr]).toEqual([0, expect.stringContaining(`a change that was cut short: ${outcome}`)]);
    expect(snapshotTree(folder)).toEqual(outcome === "finished" ? snapshotTree(whole) : before);
  });
});
