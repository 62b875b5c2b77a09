/** A repository whose gateways are Traefik's: each kind of route, each on its own address, and check has nothing to say. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readDocuments } from "../../src/yaml/documents.ts";
import { reference } from "../fixtures/reference.ts";
import { edited } from "../rules/edits.ts";
import { runHere } from "../support/cli.ts";
import { edit, expectInLine, gen, textAt } from "../support/repository.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const GATEWAY = "internal: { address: 172.16.1.61, default: true }";

const spec = (routes: string): string =>
  edited(reference, [
    { find: "provider: envoy-gateway", replace: `provider: traefik\n  routes: ${routes}` },
    {
      find: GATEWAY,
      replace:
        "main: { address: 172.16.1.61, default: true }\n    vip239: { address: 172.16.1.62, entrypoints: [web239, websecure239] }",
    },
    { find: "dns:\n", replace: "certificates: { letsencrypt: { email: me@ragas.cc } }\n\ndns:\n" },
  ]);

const APP = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"];
const PHOTOS = "kubernetes/apps/media/photos/app";

interface Kind {
  readonly routes: string;
  readonly file: string;
  /** The route of the second gateway, without its record. */
  readonly second: object;
}

const kinds: readonly Kind[] = [
  {
    routes: "ingress",
    file: "ingress.yaml",
    second: {
      kind: "Ingress",
      metadata: { annotations: { "traefik.ingress.kubernetes.io/router.entrypoints": "web239,websecure239" } },
      spec: { ingressClassName: "traefik-vip239", rules: [{ host: "photos.ragas.cc" }] },
    },
  },
  {
    routes: "ingressroute",
    file: "ingressroute.yaml",
    second: {
      kind: "IngressRoute",
      metadata: { labels: { "gateway.homelab-net/name": "traefik-vip239" } },
      spec: { entryPoints: ["websecure239"], routes: [{ match: "Host(`photos.ragas.cc`)" }] },
    },
  },
  {
    routes: "gateway-api",
    file: "httproute.yaml",
    second: {
      kind: "HTTPRoute",
      metadata: { labels: { "k8s-gateway.dns/ignore": "true" } },
      spec: { parentRefs: [{ name: "traefik-vip239", namespace: "network", sectionName: "https" }] },
    },
  },
];

describe.each(kinds)("Traefik, routes as $routes", ({ routes, file, second }) => {
  let folder = "";
  const read = (path: string) => readDocuments(textAt(folder, path), path);
  const run = async (...args: readonly string[]) => {
    const { code, stderr } = await gen(folder, ...args, "--yes");
    expect(code, stderr).toBe(0);
  };

  beforeAll(async () => {
    const parent = temporaryFolder("traefik");
    writeFiles(parent, { "spec.yaml": spec(routes) });
    const made = await runHere("create-homelab-net", ["home", "--config", "spec.yaml", "--yes", "--no-git"], {
      cwd: parent,
    });
    if (made.code !== 0) throw new Error(made.stderr);
    folder = join(parent, "home");
  });

  it("puts an app on the gateway it is for, with a record of that address", async () => {
    await run("add-app", "photos", ...APP, "--route", "photos.ragas.cc", "--gateway", "vip239");
    expect(read(`${PHOTOS}/${file}`)).toMatchObject([
      second,
      {
        kind: "DNSEndpoint",
        spec: { endpoints: [{ dnsName: "photos.ragas.cc", recordType: "A", targets: ["172.16.1.62"] }] },
      },
    ]);
    expect(textAt(folder, `${PHOTOS}/networkpolicy.yaml`)).toContain("app.kubernetes.io/instance: traefik-network");
  });
  it("adds a name on each gateway, and knows it when it is asked again", async () => {
    await run("add-route", "pictures.ragas.cc", "--app", "photos", "--gateway", "all");
    const [, name] = file.split(/(\w+)\.yaml/);
    const objects = read(`${PHOTOS}/${name}-pictures.ragas.cc.yaml`) as readonly { readonly kind: string }[];
    expect(objects.filter(({ kind }) => kind !== "DNSEndpoint")).toHaveLength(2);
    const again = await gen(folder, "add-route", "pictures.ragas.cc", "--app", "photos", "--gateway", "all", "--yes");
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("is there already, nothing to do")]);
  });
  it("leads to a machine by https, its certificate looked at or not", async () => {
    await run("add-route", "nas.ragas.cc", "--to", "https://172.16.1.20:5001", "--tls-skip-verify");
    await run("add-route", "tv.ragas.cc", "--to", "https://172.16.1.21", "--tls-name", "tv.example.com");
    const nas = "kubernetes/apps/lan/nas/app/ingressroute.yaml";
    expect(read(nas)).toMatchObject([
      { kind: "ServersTransport", spec: { insecureSkipVerify: true } },
      {
        kind: "IngressRoute",
        spec: { routes: [{ services: [{ scheme: "https", serversTransport: "nas", port: 5001 }] }] },
      },
      { kind: "DNSEndpoint", spec: { endpoints: [{ targets: ["172.16.1.61"] }] } },
    ]);
    expect(read(nas.replace("/nas/", "/tv/"))[0]).toMatchObject({ spec: { serverName: "tv.example.com" } });
  });
  it("leaves nothing to say and nothing to do", async () => {
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });
  it("finds a route that answers where it was not meant to", async () => {
    const path = `${PHOTOS}/${file}`;
    const [from, to] = {
      ingress: ["web239,websecure239", "web239,websecure239,websecure"],
      ingressroute: ["- websecure239", "- websecure"],
      "gateway-api": ["sectionName: https", "sectionName: http"],
    }[routes] as [string, string];
    edit(folder, path, from, to);
    const { code, stdout } = await gen(folder, "check", "--json");
    expect(code).toBe(2);
    expect(stdout).toContain(routes === "gateway-api" ? "ROUTE-NAMESPACE" : "ROUTE-ENTRYPOINT");
  });
});

it("moves from one kind of route to another with what it made", async () => {
  const parent = temporaryFolder("traefik-kinds");
  writeFiles(parent, { "spec.yaml": spec("ingress") });
  await runHere("create-homelab-net", ["home", "--config", "spec.yaml", "--yes", "--no-git"], { cwd: parent });
  const folder = join(parent, "home");
  const { code, stderr } = await gen(folder, "set", "ingress.routes=gateway-api", "--yes");
  expect(code, stderr).toBe(0);
  expect(textAt(folder, "kubernetes/apps/network/traefik/app/values.yaml")).toContain(
    "kubernetesGateway:\n    enabled: true",
  );
  expect(textAt(folder, "kubernetes/apps/network/traefik/config/gateways.yaml")).toContain("name: traefik-vip239");
});
