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
