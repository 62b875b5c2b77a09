/** A repository whose gateways are controllers of ingress-nginx: what is added to it goes through them, until they are left. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { reference } from "../fixtures/reference.ts";
import { edited, NGINX } from "../rules/edits.ts";
import { runHere } from "../support/cli.ts";
import { edit, expectInLine, gen, textAt } from "../support/repository.ts";
import { expectUntouched, temporaryFolder, writeFiles } from "../support/workspace.ts";

const SPEC = edited(reference, [
  ...NGINX,
  {
    find: "internal: { address: 172.16.1.61, default: true }",
    replace:
      "internal: { address: 172.16.1.61, default: true }\n    external: { address: 172.16.1.62, public: cloudflare-tunnel }",
  },
  { find: "domains: [ragas.cc]", replace: "domains: [ragas.cc, ragas.dev]" },
  {
    find: "dns:\n",
    replace:
      "certificates: { letsencrypt: { email: me@ragas.cc } }\nsilence: { NGX-01: until the summer }\n\ndns:\n  publish: { cloudflare: {} }\n",
  },
]);

const APP = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"];
const PHOTOS = "kubernetes/apps/media/photos/app";

const objectsAt = (folder: string, path: string) => readDocuments(textAt(folder, path), path);
/** Errors and warnings of `gen check`. */
async function findings(folder: string): Promise<readonly string[]> {
  const report = JSON.parse((await gen(folder, "check", "--json")).stdout) as { readonly findings: readonly Finding[] };
  return report.findings.flatMap(({ id, severity }) => (severity === "note" ? [] : [id]));
}

async function made(): Promise<string> {
  const parent = temporaryFolder("nginx");
  writeFiles(parent, { "spec.yaml": SPEC });
  const { code, stderr } = await runHere("create-homelab-net", ["home", "--config", "spec.yaml", "--yes", "--no-git"], {
    cwd: parent,
  });
  if (code !== 0) throw new Error(stderr);
  return join(parent, "home");
}

async function done(folder: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await gen(folder, ...args, "--yes");
  expect(code, stderr).toBe(0);
}

describe("controllers of ingress-nginx", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await made();
  });

  it("carry requests to an app, which lets their pods in", async () => {
    await done(folder, "add-app", "photos", ...APP, "--route", "photos.ragas.dev");
    expect(objectsAt(folder, `${PHOTOS}/ingress.yaml`)).toEqual([
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { name: "photos", namespace: "media" },
        spec: {
          ingressClassName: "internal",
          rules: [
            {
              host: "photos.ragas.dev",
              http: {
                paths: [
                  { path: "/", pathType: "Prefix", backend: { service: { name: "photos", port: { number: 8096 } } } },
                ],
              },
            },
          ],
          tls: [{ hosts: ["photos.ragas.dev"] }],
        },
      },
    ]);
    expect(textAt(folder, `${PHOTOS}/networkpolicy.yaml`)).toContain("ingress-nginx-external");
  });
  it("have an Ingress each for a name on both, and only what is published says where its record leads", async () => {
    const route = ["add-route", "pictures.ragas.cc", "--app", "photos", "--gateway", "all"];
    await done(folder, ...route);
    const path = `${PHOTOS}/ingress-pictures.ragas.cc.yaml`;
    expect(objectsAt(folder, path)).toMatchObject([
      { metadata: { name: "pictures-ragas-cc-internal" }, spec: { ingressClassName: "internal" } },
      {
        metadata: {
          name: "pictures-ragas-cc-external",
          annotations: { "external-dns.alpha.kubernetes.io/target": "external.ragas.cc" },
        },
        spec: { ingressClassName: "external" },
      },
    ]);
    expect(textAt(folder, path).match(/annotations/g)).toHaveLength(1);
    const again = await gen(folder, ...route, "--yes");
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("is there already, nothing to do")]);
  });
  it("lead to a machine by http, and by https whatever its certificate", async () => {
    await done(folder, "add-route", "nas.ragas.cc", "--to", "http://172.16.1.20:5000");
    expect(textAt(folder, "kubernetes/apps/lan/nas/app/ingress.yaml")).not.toContain("backend-protocol");
    await done(folder, "add-route", "cam.ragas.cc", "--to", "https://172.16.1.30", "--tls-skip-verify");
    expect(objectsAt(folder, "kubernetes/apps/lan/cam/app/ingress.yaml")).toMatchObject([
      { metadata: { annotations: { "nginx.ingress.kubernetes.io/backend-protocol": "HTTPS" } } },
    ]);
    expect(existsSync(join(folder, "kubernetes/apps/lan/cam/app/backend.yaml"))).toBe(false);
  });
  it("check no certificate of a machine, and say why", async () => {
    const door = ["door.ragas.cc", "--to", "https://172.16.1.31", "--tls-name", "door.example.com", "--yes"];
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-route", ...door));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/authorities\s+that\s+stand\s+in\s+a\s+Secret/)]);
  });
  it("leave nothing to say and nothing to do", async () => {
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });
});

describe("from ingress-nginx to Envoy Gateway, as docs/ingress-nginx.md says", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await made();
    await done(folder, "add-app", "photos", ...APP, "--route", "photos.ragas.dev");
    await done(folder, "add-route", "pictures.ragas.cc", "--app", "photos", "--gateway", "all");
    await done(folder, "add-route", "cam.ragas.cc", "--to", "https://172.16.1.30", "--tls-skip-verify");
  });

  /** An app's own route is its owner's: taken out by hand, made anew. */
  async function moved(host: string, app: string, path: string, gateway: string): Promise<void> {
    rmSync(join(folder, path, "ingress.yaml"));
    edit(folder, `${path}/kustomization.yaml`, "  - ./ingress.yaml\n", "");
    edit(folder, path.replace(/app$/, "ks.yaml"), "- name: ingress-nginx-internal", "- name: envoy-gateway-config");
    await done(folder, "add-route", host, "--app", app, "--gateway", gateway);
  }

  it("one gateway moves, and what follows by itself is told from what does not", async () => {
    await done(folder, "set", "ingress.gateways.internal.provider=envoy-gateway");
    expect(objectsAt(folder, "kubernetes/apps/lan/cam/app/httproute.yaml")).toMatchObject([{ kind: "HTTPRoute" }]);
    expect(existsSync(join(folder, "kubernetes/apps/lan/cam/app/backend.yaml"))).toBe(true);
    expect(objectsAt(folder, `${PHOTOS}/ingress-pictures.ragas.cc.yaml`)).toMatchObject([
      { kind: "HTTPRoute", spec: { parentRefs: [{ name: "envoy-internal" }] } },
      { kind: "Ingress", spec: { ingressClassName: "external" } },
    ]);
    expect(existsSync(join(folder, "kubernetes/apps/network/ingress-nginx/internal/values.yaml"))).toBe(false);
    expect(await findings(folder)).toEqual(["FLUX-DEPENDS", "FLUX-DEPENDS", "INGRESS-CLASS", "INGRESS-CLASS"]);
  });
  it("routes of apps are made anew, and nothing is left to say", async () => {
    await moved("echo.ragas.cc", "echo", "kubernetes/apps/default/echo/app", "internal");
    await moved("photos.ragas.dev", "photos", PHOTOS, "internal");
    expect(objectsAt(folder, `${PHOTOS}/httproute.yaml`)).toMatchObject([{ kind: "HTTPRoute" }]);
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });
  it("names of each gateway are read where they stand", () => {
    const dns = textAt(folder, "kubernetes/apps/network/k8s-gateway/app/values.yaml");
    expect(dns).toMatch(/- HTTPRoute\n {2}- GRPCRoute\n {2}- Ingress\n/);
    expect(dns).toContain("  gatewayClasses:\n    - envoy\n  ingressClasses:\n    - external\n");
    const published = textAt(folder, "kubernetes/apps/network/external-dns-cloudflare/app/values.yaml");
    expect(published).toContain("  - --ingress-class=external\n");
    expect(published).not.toContain("gateway-httproute");
  });
  it("with the last one the controllers are gone", async () => {
    await done(folder, "set", "ingress.gateways.external.provider=envoy-gateway");
    await done(
      folder,
      "set",
      "ingress.provider=envoy-gateway",
      ...["ingress.gateways.internal.provider", "ingress.gateways.external.provider", "silence.NGX-01"].flatMap(
        (key) => ["--unset", key],
      ),
    );
    expect(existsSync(join(folder, "kubernetes/apps/network/ingress-nginx"))).toBe(false);
    expect(existsSync(join(folder, "docs/ingress-nginx.md"))).toBe(false);
    expect(await findings(folder)).toEqual([]);
    await expectInLine(folder);
  });
});
