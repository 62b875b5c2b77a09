/**
 * The API server itself, with the emitted policies: whose a host name is. Run by `npm run test:cluster`. Needs
 * HOMELAB_NET_COMPONENTS.
 */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitted } from "../fixtures/emitted.ts";
import { reference } from "../fixtures/reference.ts";
import { edited } from "../rules/edits.ts";
import { crdFiles, requireComponents } from "../support/components.ts";
import { startControlPlane, type ControlPlane } from "../support/controlPlane.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import type { RunResult } from "../support/run.ts";
import { BACKEND, gatewayApi, ingress, KINDS, rule } from "./namedRoutes.ts";
import { SERVICES } from "./networks.ts";
import { ADMISSION } from "./server.ts";

const DEADLINE = 60_000;

/** A gateway of each dialect. `wide` has a wildcard, with one name below it that is another's. */
const { tree } = emitted(
  edited(reference, [
    {
      find: "internal: { address: 172.16.1.61, default: true }",
      replace: [
        "internal: { address: 172.16.1.61, default: true }",
        "    old: { address: 172.16.1.62, provider: traefik }",
        "    older: { address: 172.16.1.63, provider: ingress-nginx }",
      ].join("\n"),
    },
    {
      find: "\ndns:\n",
      replace: [
        "",
        "policies:",
        "  names:",
        "    owner: [photos.ragas.cc, music.wide.ragas.cc, both.ragas.cc]",
        "    other: [both.ragas.cc]",
        '    wide: ["*.wide.ragas.cc"]',
        "dns:",
        "",
      ].join("\n"),
    },
  ]),
);

const objectsIn = (file: string): readonly KubernetesObject[] =>
  readManifests(tree.get(`kubernetes/apps/network/host-names/app/${file}` as never)?.content ?? "");

let plane: ControlPlane;

async function apply(...objects: readonly KubernetesObject[]): Promise<string> {
  const { code, stderr } = await plane.kubectl(
    ["apply", "--server-side", "--force-conflicts", "--validate=strict", "--filename=-"],
    objects.map((object) => JSON.stringify(object)).join("\n"),
  );
  return code === 0 ? "" : stderr;
}

/** The server reads policies and their map a moment after it took them. */
async function until(description: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + DEADLINE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not after ${DEADLINE} ms: ${description}`);
    await pause(200);
  }
}

const NAMESPACES = ["network", "owner", "thief", "other", "wide", "old"];
const namespaces = NAMESPACES.map((name): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name },
}));

async function taken(run: Promise<RunResult>): Promise<void> {
  const { code, stderr } = await run;
  if (code !== 0) throw new Error(stderr);
}

async function keep(...objects: readonly KubernetesObject[]): Promise<void> {
  const said = await apply(...objects);
  if (said !== "") throw new Error(said);
}

beforeAll(async () => {
  plane = await startControlPlane({ services: SERVICES, admission: ADMISSION });
  const files = crdFiles(requireComponents(), ["gateway-api-standard", "traefik"]);
  await taken(plane.kubectl(["apply", "--server-side", ...files.map((file) => `--filename=${file}`)]));
  await taken(plane.kubectl(["wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"]));
  await keep(...namespaces);
  // There before anybody said whose the name is.
  await keep(...KINDS.map(({ make }) => make("old", ["photos.ragas.cc"])));
  const policies = [...objectsIn("configmap.yaml"), ...objectsIn("policies.yaml")];
  await keep(...policies);
  for (const { kind, make } of KINDS)
    await until(`${kind} refused`, async () => (await judge(make("thief", ["photos.ragas.cc"]))) !== "");
}, 300_000);
afterAll(() => plane?.stop());

const judge = async (object: KubernetesObject): Promise<string> => {
  const { code, stderr } = await plane.kubectl(
    ["apply", "--server-side", "--force-conflicts", "--dry-run=server", "--filename=-"],
    JSON.stringify(object),
  );
  return code === 0 ? "" : stderr;
};

describe.each(KINDS)("$kind", ({ make }) => {
  test("a name that is another namespace's is refused, and said whose it is", async () => {
    const said = await judge(make("thief", ["free.ragas.cc", "photos.ragas.cc"]));
    expect(said).toContain("photos.ragas.cc is a name of namespace owner");
    expect(said).not.toContain("free.ragas.cc is");
    expect(said).toContain("ValidatingAdmissionPolicy 'host-names-");
  });

  test("its owner may, anybody may have a name that is nobody's, and the namespace of the gateways is not asked", async () => {
    expect(await judge(make("owner", ["photos.ragas.cc"]))).toBe("");
    expect(await judge(make("thief", ["free.ragas.cc", "hotos.ragas.cc", "a.photos.ragas.cc"]))).toBe("");
    expect(await judge(make("network", ["photos.ragas.cc"]))).toBe("");
  });

  test("a name may be shared", async () => {
    expect(await judge(make("owner", ["both.ragas.cc"]))).toBe("");
    expect(await judge(make("other", ["both.ragas.cc"]))).toBe("");
    expect(await judge(make("thief", ["both.ragas.cc"]))).toContain("is a name of namespace owner and other");
  });

  test("what was there before can be changed, and takes no other name", async () => {
    const { metadata, ...there } = make("old", ["photos.ragas.cc", "free.ragas.cc"]);
    expect(await apply({ ...there, metadata: { ...metadata, labels: { changed: "yes" } } } as KubernetesObject)).toBe(
      "",
    );
    expect(await judge(make("old", ["photos.ragas.cc", "music.wide.ragas.cc"]))).toContain(
      "music.wide.ragas.cc is a name of namespace owner",
    );
  });

  test("names below a wildcard are its owner's, but for those of others", async () => {
    expect(await judge(make("thief", ["films.wide.ragas.cc"]))).toContain("films.wide.ragas.cc stands for names");
    expect(await judge(make("wide", ["films.wide.ragas.cc"]))).toBe("");
    expect(await judge(make("owner", ["music.wide.ragas.cc"]))).toBe("");
    expect(await judge(make("wide", ["music.wide.ragas.cc"]))).toContain("is a name of namespace owner");
  });
});

describe.each(KINDS.filter(({ kind }) => !kind.startsWith("IngressRoute")))("a wildcard of $kind", ({ make }) => {
  test("is its owner's; one that is nobody's is free while no name below it is another's", async () => {
    expect(await judge(make("wide", ["*.wide.ragas.cc"]))).toBe("");
    expect(await judge(make("thief", ["*.wide.ragas.cc"]))).toContain("*.wide.ragas.cc is a name of namespace wide");
    expect(await judge(make("thief", ["*.ragas.cc"]))).toContain("*.ragas.cc stands for names of other namespaces");
    expect(await judge(make("thief", ["*.ragas.dev"]))).toBe("");
  });
});

const parented = (parent: object): KubernetesObject => {
  const { spec, ...object } = gatewayApi("HTTPRoute", BACKEND).make("thief", []) as KubernetesObject & { spec: object };
  return { ...object, spec: { ...spec, parentRefs: [parent] } } as KubernetesObject;
};

test.each([
  ["HTTPRoute", gatewayApi("HTTPRoute", BACKEND).make("thief", [])],
  ["Ingress", ingress("thief", [""])],
  ["Ingress, beside one that has a name", ingress("thief", ["free.ragas.cc", ""])],
  ["Ingress of the default class", { ...ingress("thief", [""], { ingressClassName: undefined as never }) }],
  ["IngressRoute", rule("IngressRoute", "thief", "PathPrefix(`/`)")],
  ["IngressRoute on an entrypoint of a gateway", rule("IngressRoute", "thief", "PathPrefix(`/`)", ["web-old"])],
  ["IngressRouteTCP", rule("IngressRouteTCP", "thief", "HostSNI(`*`)")],
])("a route without a name is for all of them: %s", async (_name, object) => {
  expect(await judge(object)).toContain("* stands for names of other namespaces");
});

test.each([
  ["of a Gateway of one's own", parented({ name: "mine" })],
  ["of a Service, in a mesh", parented({ group: "", kind: "Service", name: "app", namespace: "thief" })],
  ["of another class", ingress("thief", [""], { ingressClassName: "mine" })],
  ["on an entrypoint of none of the gateways", rule("IngressRoute", "thief", "PathPrefix(`/`)", ["traefik"])],
  ["of a TCP port of one's own", rule("IngressRouteTCP", "thief", "HostSNI(`*`)", ["postgres"])],
])("nobody is refused who reaches no gateway: %s", async (_name, object) => {
  expect(await judge(object)).toBe("");
});

test.each([
  ["another spelling", "host(`PHOTOS.ragas.cc`)", "photos.ragas.cc is a name"],
  ["a dot at the end", "Host(`photos.ragas.cc.`)", "photos.ragas.cc is a name"],
  ["quotation marks", 'Host("photos.ragas.cc")', "photos.ragas.cc is a name"],
  ["several in one", "Host(`free.ragas.cc`, `photos.ragas.cc`)", "photos.ragas.cc is a name"],
  ["a sign for a letter", 'Host("\\x70hotos.ragas.cc")', "* stands for names"],
  ["a comment", "Host(`free.ragas.cc`) || Host/**/(`photos.ragas.cc`)", "* stands for names"],
  ["all but one", "!Host(`free.ragas.cc`)", "* stands for names"],
  ["an expression", "HostRegexp(`^(photos|films)\\.ragas\\.cc$`)", "stands for names of other namespaces"],
  ["an expression for all", "HostRegexp(`.+`)", ".+ stands for names of other namespaces"],
])("a rule of Traefik with %s", async (_name, match, said) => {
  expect(await judge(rule("IngressRoute", "thief", match))).toContain(said);
});

test.each([
  [
    "a path and a header",
    "Host(`free.ragas.cc`) && (Path(`/host(`) || PathPrefix(`/a//b`)) && Header(`X-Forwarded-Host`, `a`)",
  ],
  ["an expression of free names", "HostRegexp(`^[a-z]+\\.free\\.ragas\\.cc$`)"],
  ["its own name in two spellings", "Host(`free.ragas.cc`) || Host(`FREE.ragas.dev`) && !PathPrefix(`/admin`)"],
])("a rule of Traefik with %s is free", async (_name, match) => {
  expect(await judge(rule("IngressRoute", "thief", match))).toBe("");
});

test("further names of an Ingress are names of it", async () => {
  const alias = (value: string) =>
    ingress("thief", ["free.ragas.cc"], { annotations: { "nginx.ingress.kubernetes.io/server-alias": value } });
  expect(await judge(alias("a.ragas.cc, photos.ragas.cc"))).toContain("photos.ragas.cc is a name of namespace owner");
  expect(await judge(alias("~^photos"))).toContain("* stands for names");
  expect(await judge(alias("a.ragas.cc, b.ragas.cc"))).toBe("");
});

test("a network of five hundred names stays below what the server spends on a policy", async () => {
  const [map] = objectsIn("configmap.yaml");
  const data = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}.ragas.cc`, "owner"]));
  const wide = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`_.w${index}.ragas.cc`, "owner"]));
  const before = (map as unknown as { data: object }).data;
  expect(await apply({ ...map, data: { ...before, ...data, ...wide } } as unknown as KubernetesObject)).toBe("");
  const hosts = Array.from({ length: 16 }, (_, index) => `free${index}.ragas.cc`);
  for (const { kind, make } of KINDS) {
    await until(`${kind} refused`, async () => (await judge(make("thief", ["n7.ragas.cc"]))) !== "");
    expect(await judge(make("thief", hosts))).toBe("");
  }
  expect(await judge(rule("IngressRoute", "thief", "HostRegexp(`^free[0-9]+\\.ragas\\.cc$`)"))).toBe("");
});

test("without the map nobody is locked out", async () => {
  await plane.kubectl(["delete", "configmap", "--namespace=network", "host-names"]);
  for (const { kind, make } of KINDS)
    await until(`${kind} taken`, async () => (await judge(make("thief", ["photos.ragas.cc"]))) === "");
});
