/** gen add-route with options: several routes of one host, remembered, brought up to date, and refused with a reason. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../support/cli.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched, temporaryFolder, writeFiles } from "../support/workspace.ts";
import { reference } from "../fixtures/reference.ts";
import { edited } from "../rules/edits.ts";

const ECHO = "kubernetes/apps/default/echo/app";
const PHOTOS = "kubernetes/apps/media/photos/app";
const APP = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"];

const made = repositories();

async function run(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, stderr } = await gen(folder, ...args, "--yes");
  expect(code, stderr).toBe(0);
  return stderr;
}

describe("a host on several paths", () => {
  let folder = "";
  beforeAll(async () => {
    folder = made.fresh();
    await run(folder, "add-app", "photos", ...APP, "--route", "photos.ragas.cc");
  });

  it("leads to an app each", async () => {
    const said = await run(
      folder,
      "add-route",
      "photos.ragas.cc",
      "--path",
      "/api",
      "--app",
      "echo",
      "--timeout",
      "5m",
    );
    expect(said).toContain("photos.ragas.cc/api → Service default/echo:8080");
    expect(said).toContain("requests end after 300 s");
    const route = textAt(folder, `${ECHO}/httproute-photos.ragas.cc-api.yaml`);
    expect(route).toContain("name: photos-ragas-cc-api");
    expect(route).toContain("type: PathPrefix\n            value: /api");
    expect(route).toContain("request: 300s");
    expect(textAt(folder, `${ECHO}/kustomization.yaml`)).toContain("./httproute-photos.ragas.cc-api.yaml");
  });
  it("is there already the second time, however the path is written", async () => {
    const again = ["add-route", "photos.ragas.cc", "--path", "/api/", "--app", "echo", "--timeout", "300", "--yes"];
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, ...again));
    expect([code, stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
  });
  it("is told, not carried out, when something else is asked for", async () => {
    const other = ["add-route", "photos.ragas.cc", "--path", "/api", "--app", "echo", "--timeout", "10s", "--yes"];
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, ...other));
    expect([code, stderr]).toEqual([3, expect.stringContaining('options.timeout: ["300s"] then, ["10s"] now')]);
  });
  it.each([
    [["photos.ragas.cc", "--app", "echo"], "is answered already by photos:8096"],
    [["photos.ragas.cc", "--path", "/api", "--app", "photos"], "photos.ragas.cc/api is answered already by echo:8080"],
    [["photos.ragas.cc", "--app", "photos", "--timeout", "30s"], "add --timeout there by hand"],
    [["new.ragas.cc", "--app", "echo", "--path", "api"], "is no path that requests begin with"],
    [["new.ragas.cc", "--app", "echo", "--header", "beta"], "is not NAME=VALUE"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-route", ...args, "--yes"));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
  it("has a file each where paths differ in their marks alone, or by a header", async () => {
    for (const path of ["/v1-a", "/v1/a"])
      await run(folder, "add-route", "photos.ragas.cc", "--path", path, "--app", "echo");
    await run(folder, "add-route", "photos.ragas.cc", "--path", "/api", "--header", "X-Env=beta", "--app", "photos");
    expect(textAt(folder, `${ECHO}/httproute-photos.ragas.cc-v1-a.yaml`)).toContain("value: /v1-a");
    expect(textAt(folder, `${ECHO}/httproute-photos.ragas.cc-v1-a-2.yaml`)).toContain("value: /v1/a");
    expect(textAt(folder, `${PHOTOS}/httproute-photos.ragas.cc-api-x-env-beta.yaml`)).toContain("name: X-Env");
  });
  it("is one machine's, too", async () => {
    await run(folder, "add-route", "photos.ragas.cc", "--path", "/nas", "--to", "172.16.1.20:5000");
    expect(textAt(folder, "kubernetes/apps/lan/photos-nas/app/httproute.yaml")).toContain("value: /nas");
    const again = ["add-route", "photos.ragas.cc", "--path", "/nas", "--to", "172.16.1.20:5000", "--yes"];
    expect((await expectUntouched(folder, () => gen(folder, ...again))).stderr).toContain("nothing to do");
  });
  it("leaves nothing to say and nothing to do", async () => {
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });
  it("is brought up to date with what it was asked for, and keeps what was written by hand", async () => {
    const path = `${ECHO}/httproute-photos.ragas.cc-api.yaml`;
    edit(folder, path, "request: 300s", "request: 60s");
    edit(folder, "homelab.yaml", /address: 172\.16\.1\.61/, "address: 172.16.1.64");
    await run(folder, "apply");
    expect(textAt(folder, path)).toContain("request: 60s");
    edit(folder, path, "request: 60s", "request: 300s");
    await expectInLine(folder);
  });
  it("is found by check where two take the same", async () => {
    edit(folder, `${ECHO}/httproute-photos.ragas.cc-v1-a-2.yaml`, "value: /v1/a", "value: /v1-a");
    expect((await gen(folder, "check", "--json")).stdout).toContain("ROUTE-TWICE");
  });
});

it("an app may get its route with options", async () => {
  const folder = made.fresh();
  await run(folder, "add-app", "photos", ...APP, "--route", "photos.ragas.cc", "--path", "/photos", "--timeout", "0");
  expect(textAt(folder, `${PHOTOS}/httproute.yaml`)).toContain("request: 0s");
  const { code, stderr } = await gen(folder, "add-app", "other", ...APP, "--path", "/other", "--yes");
  expect([code, stderr]).toEqual([2, expect.stringContaining("--path is about a route, and there is none")]);
});

describe("gateways of two providers", () => {
  let folder = "";
  beforeAll(async () => {
    const parent = temporaryFolder("two");
    const own = "    internal: { address: 172.16.1.61, default: true }\n";
    const other = "    external: { provider: ingress-nginx, address: 172.16.1.62 }\n";
    writeFiles(parent, { "spec.yaml": edited(reference, [{ find: own, replace: `${own}${other}` }]) });
    const { code, stderr } = await runHere(
      "create-homelab-net",
      ["home", "--config", "spec.yaml", "--yes", "--no-git"],
      { cwd: parent },
    );
    if (code !== 0) throw new Error(stderr);
    folder = join(parent, "home");
  });
  it("write a route each in their own words", async () => {
    await run(
      folder,
      "add-route",
      "a.ragas.cc",
      "--app",
      "echo",
      "--path",
      "/a",
      "--timeout",
      "30s",
      "--gateway",
      "all",
    );
    const route = textAt(folder, `${ECHO}/route-a.ragas.cc-a.yaml`);
    expect(route).toContain("request: 30s");
    expect(route).toContain('nginx.ingress.kubernetes.io/proxy-read-timeout: "30"');
  });
  it("and name the one that cannot", async () => {
    const { code, stderr } = await expectUntouched(folder, () =>
      gen(folder, "add-route", "b.ragas.cc", "--app", "echo", "--set-header", "X-A=b", "--gateway", "all", "--yes"),
    );
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/--set-header does nothing on external: ingress-nginx.*another\s+provider/s),
    ]);
  });
});

describe("allowed sources", () => {
  const only = ["add-route", "admin.ragas.cc", "--app", "echo", "--allow-from", "172.16.1.0/24,192.168.7.9", "--yes"];
  let folder = "";
  beforeAll(() => {
    folder = made.fresh();
  });
  it("stand beside the route", async () => {
    const { code, stderr } = await gen(folder, ...only);
    expect([code, stderr]).toEqual([0, expect.stringContaining("only from 172.16.1.0/24, 192.168.7.9/32")]);
    const route = textAt(folder, `${ECHO}/httproute-admin.ragas.cc.yaml`);
    expect(route).toMatch(/clientCIDRs:\n +- 172\.16\.1\.0\/24\n +- 192\.168\.7\.9\/32/);
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });
  it("are left as they are, and found, when the gateway no longer sees who asks", async () => {
    const path = `${ECHO}/httproute-admin.ragas.cc.yaml`;
    const before = textAt(folder, path);
    await run(folder, "set", "cni.loadBalancing.mode=snat");
    expect(textAt(folder, path)).toBe(before);
    expect((await gen(folder, "check", "--json")).stdout).toContain("ROUTE-SOURCES");
  });
  it("are refused there", async () => {
    const { code, stderr } = await expectUntouched(folder, () =>
      gen(folder, "add-route", "wiki.ragas.cc", "--app", "echo", "--allow-from", "10.0.0.0/8", "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--allow-from does nothing on internal.*mode: dsr/s)]);
  });
});

describe("a service that is asked about each request", () => {
  let folder = "";
  beforeAll(async () => {
    folder = made.fresh();
    const image = ["--image", "ghcr.io/authelia/authelia:4.39.0", "--port", "9091", "--namespace", "auth"];
    await run(folder, "add-app", "authelia", ...image, "--route", "auth.ragas.cc");
  });
  it("stands beside the route, by its name in the cluster", async () => {
    const forward = "forward=auth/authelia:9091/api/authz/ext-authz";
    const said = await run(folder, "add-route", "wiki.ragas.cc", "--app", "echo", "--auth", forward);
    expect(said).toMatch(/only what http:\/\/authelia\.auth\.svc\.cluster\.local:9091\S+ lets pass/);
    const route = textAt(folder, `${ECHO}/httproute-wiki.ragas.cc.yaml`);
    expect(route).toContain("path: /api/authz/ext-authz");
    expect(route).toContain("hostname: authelia.auth.svc.cluster.local");
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });
  it.each([
    ["forward=auth/autelia:9091", "did you mean authelia?"],
    ["forward=sso/authelia:9091", "no app under kubernetes/apps/sso has a Service authelia"],
    ["oidc=https://auth.ragas.cc", "--auth oidc needs what the issuer knows the app by"],
    ["authelia", "is neither a service nor an issuer"],
  ])("%s is refused", async (auth, message) => {
    const { code, stderr } = await expectUntouched(folder, () =>
      gen(folder, "add-route", "films.ragas.cc", "--app", "echo", "--auth", auth, "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
  it("is no issuer: that wants certificates, and tells what is left to do", async () => {
    const oidc = ["--app", "echo", "--auth", "oidc=https://auth.ragas.cc", "--auth-client", "films", "--yes"];
    const refused = await gen(folder, "add-route", "films.ragas.cc", ...oidc);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining("--auth oidc does nothing on internal"),
    ]);
    await run(folder, "set", "certificates.letsencrypt.email=me@ragas.cc");
    const { code, stderr } = await gen(folder, "add-route", "films.ragas.cc", "--path", "/app", ...oidc);
    expect(code, stderr).toBe(0);
    const plain = stderr.replaceAll(/\s+/g, " ");
    expect(plain).toContain("sends people back to https://films.ragas.cc/app/oauth2/callback");
    expect(plain).toContain("create secret generic films-ragas-cc-app-oidc --from-file=client-secret=/dev/stdin");
    const route = textAt(folder, `${ECHO}/httproute-films.ragas.cc-app.yaml`);
    expect(route).toContain("name: films-ragas-cc-app-oidc");
  });
});
