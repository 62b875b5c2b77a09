/** gen add-route for names that not everybody may ask for, and for apps that speak something else than HTTP. */
import { beforeAll, describe, expect, it } from "vitest";
import { expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const ECHO = "kubernetes/apps/default/echo/app";

const made = repositories();

async function run(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, stderr } = await gen(folder, ...args, "--yes");
  expect(code, stderr).toBe(0);
  return stderr;
}

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

describe("an app that speaks gRPC", () => {
  it("has a name of its own", async () => {
    const folder = made.fresh();
    const said = await run(folder, "add-route", "calls.ragas.cc", "--app", "echo", "--grpc");
    expect(said).toContain("the app speaks gRPC");
    expect(textAt(folder, `${ECHO}/grpcroute-calls.ragas.cc.yaml`)).toContain("kind: GRPCRoute");
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
    const again = ["add-route", "calls.ragas.cc", "--app", "echo", "--grpc", "--yes"];
    expect((await expectUntouched(folder, () => gen(folder, ...again))).stderr).toContain("nothing to do");
    for (const more of [
      ["--path", "/api"],
      ["--header", "X-A=b", "--to", "172.16.1.20"],
    ]) {
      const mixed = [
        "add-route",
        "calls.ragas.cc",
        ...(more.includes("--to") ? [] : ["--app", "echo"]),
        ...more,
        "--yes",
      ];
      const { code, stderr } = await expectUntouched(folder, () => gen(folder, ...mixed));
      expect([code, stderr]).toEqual([2, expect.stringContaining("calls.ragas.cc is a name of gRPC already")]);
    }
  });
});

describe("connections that nobody opens", () => {
  let folder = "";
  const vault = ["add-route", "vault.ragas.cc", "--app", "echo", "--tls", "passthrough", "--yes"];
  beforeAll(() => {
    folder = made.fresh();
  });
  it("are named in homelab.yaml first", async () => {
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, ...vault));
    const told = stderr.replaceAll(/\s+/g, " ");
    expect([code, told]).toEqual([
      2,
      expect.stringContaining("gen set 'ingress.gateways.internal.passthrough=[vault.ragas.cc]', then this again"),
    ]);
    await run(folder, "set", "ingress.gateways.internal.passthrough=[vault.ragas.cc, pve.ragas.cc]");
    expect(textAt(folder, "kubernetes/apps/network/envoy-gateway/config/gateways.yaml")).toContain("mode: Passthrough");
  });
  it("are a TLSRoute with its record, to an app or to a machine", async () => {
    const { code, stderr } = await gen(folder, ...vault);
    expect([code, stderr]).toEqual([0, expect.stringContaining("its connections are handed on unopened")]);
    expect(textAt(folder, `${ECHO}/tlsroute-vault.ragas.cc.yaml`)).toContain("kind: DNSEndpoint");
    await run(folder, "add-route", "pve.ragas.cc", "--to", "https://pve1:8006", "--tls", "passthrough");
    expect(textAt(folder, "kubernetes/apps/lan/pve/app/service.yaml")).toContain("name: https");
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
    expect((await expectUntouched(folder, () => gen(folder, ...vault))).stderr).toContain("nothing to do");
  });
  it.each([
    [["vault.ragas.cc", "--app", "echo"], "internal hands connections for vault.ragas.cc on unopened"],
    [
      ["nas.ragas.cc", "--to", "http://pve1:8006", "--tls", "passthrough"],
      "internal opens connections for nas.ragas.cc",
    ],
    [["pve.ragas.cc", "--to", "http://pve1", "--tls", "passthrough"], "the machine speaks https"],
    [["pve.ragas.cc", "--app", "echo", "--tls", "none"], "is no way to treat connections"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-route", ...args, "--yes"));
    expect([code, stderr.replaceAll(/\s+/g, " ")]).toEqual([2, expect.stringContaining(message)]);
  });
  it("stay as they are, and are found, where the gateway no longer hands them on", async () => {
    const path = `${ECHO}/tlsroute-vault.ragas.cc.yaml`;
    const before = textAt(folder, path);
    await run(folder, "set", "ingress.gateways.internal.passthrough=[pve.ragas.cc]");
    expect(textAt(folder, path)).toBe(before);
    expect((await gen(folder, "check", "--json")).stdout).toContain("ROUTE-LISTENER");
  });
});
