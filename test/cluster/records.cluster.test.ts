/**
 * external-dns itself with the arguments of the emitted values, against a control plane and BIND: what two publishers of
 * one network do to one zone. Run by `npm run test:cluster`. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { asList, at } from "../../src/model/unknown.ts";
import { networkOf } from "../fixtures/network.ts";
import { planOf } from "../fixtures/plan.ts";
import { chartFolder, renderChart } from "../support/charts.ts";
import { crdFiles, requireComponents } from "../support/components.ts";
import { startControlPlane, type ControlPlane } from "../support/controlPlane.ts";
import { freePorts } from "../support/daemons.ts";
import { builtTool } from "../support/goTools.ts";
import { startNameServer, type NameServer } from "../support/nameServer.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/workspace.ts";
import { ADMISSION } from "./server.ts";
import { SERVICES } from "./networks.ts";

const ZONE = "ragas.cc";
const BY_HAND = `printer.${ZONE} A 172.16.1.99`;
const ADDRESSES = { internal: "172.16.1.61", media: "172.16.1.62" } as const;

let plane: ControlPlane;
let bind: NameServer;

beforeAll(async () => {
  bind = await startNameServer(ZONE, ["printer A 172.16.1.99"]);
  plane = await startControlPlane({ services: SERVICES, admission: ADMISSION });
  const files = crdFiles(requireComponents(), ["gateway-api-standard", "external-dns"]);
  await kubectl(["apply", "--server-side", ...files.map((file) => `--filename=${file}`)]);
  await kubectl(["wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"]);
  await kubectl(["create", "namespace", "network"]);
}, 300_000);
afterAll(async () => {
  await plane?.stop();
  await bind?.stop();
});

async function kubectl(args: readonly string[], input?: string): Promise<void> {
  const { code, stderr } = await plane.kubectl(args, input);
  if (code !== 0) throw new Error(stderr);
}

interface Emitted {
  /** By publisher, as the chart gives them to its container. */
  readonly args: ReadonlyMap<string, readonly string[]>;
  /** Names that no gateway answers. */
  readonly records: string;
}

async function emitted(): Promise<Emitted> {
  const server = { provider: "rfc2136", server: "127.0.0.1", port: bind.port, key: "homelab" };
  const plan = planOf({
    split: "no-split-dns",
    gateways: ADDRESSES,
    records: { "nas.ragas.cc": "172.16.1.20" },
    publish: {
      first: { ...server, gateways: ["internal"], policy: "sync" },
      second: { ...server, gateways: ["media"] },
    },
  });
  const { tree, units } = networkOf(plan);
  const folder = temporaryFolder("records");
  const own = units.filter(({ id }) => id.startsWith("external-dns-"));
  const rendered = own.map(async (unit) => {
    const values = join(folder, `${unit.id}.yaml`);
    writeFileSync(values, tree.get(`${unitFolder(unit, plan)}/values.yaml` as never)?.content ?? "");
    const objects = await renderChart({
      chartDir: chartFolder("external-dns") ?? "",
      name: unit.id,
      namespace: "network",
      valuesFile: values,
    });
    const pod = objects.find(({ kind }) => kind === "Deployment");
    const containers = asList(at(pod, "spec", "template", "spec", "containers"));
    return [unit.id, asList(at(containers[0], "args")).map(String)] as const;
  });
  const records = [...tree].find(([path]) => path.endsWith("/lan-records/app/records.yaml"))?.[1].content ?? "";
  return { args: new Map(await Promise.all(rendered)), records };
}

/** One look at everything, as it does every few minutes. */
async function sync(args: readonly string[]): Promise<void> {
  const [port] = await freePorts(1);
  const { path } = await builtTool("external-dns");
  const { code, stdout, stderr } = await run(
    path,
    // It stays when it is told of events.
    [
      ...args.filter((arg) => arg !== "--events"),
      "--once",
      `--kubeconfig=${plane.kubeconfig}`,
      `--metrics-address=127.0.0.1:${port}`,
    ],
    { env: { EXTERNAL_DNS_RFC2136_TSIG_SECRET: bind.secret, PATH: process.env["PATH"] }, timeout: 60_000 },
  );
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
}

const group = "gateway.networking.k8s.io";

async function gateway(name: keyof typeof ADDRESSES, publisher: string): Promise<void> {
  const object = {
    apiVersion: `${group}/v1`,
    kind: "Gateway",
    metadata: {
      name: `envoy-${name}`,
      namespace: "network",
      labels: { [`publish.homelab-net/${publisher}`]: "true" },
      // For the internet; names of the house have the address all the same.
      annotations: { "external-dns.alpha.kubernetes.io/target": "external.ragas.cc" },
    },
    spec: { gatewayClassName: "envoy", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
    status: { addresses: [{ type: "IPAddress", value: ADDRESSES[name] }] },
  };
  await kubectl(["apply", "--filename=-"], JSON.stringify(object));
  await kubectl(["replace", "--subresource=status", "--filename=-"], JSON.stringify(object));
}

async function route(name: string, parent: keyof typeof ADDRESSES): Promise<void> {
  const parentRef = { group, kind: "Gateway", name: `envoy-${parent}`, namespace: "network" };
  const condition = {
    type: "Accepted",
    status: "True",
    reason: "Accepted",
    message: "",
    lastTransitionTime: "2026-01-01T00:00:00Z",
  };
  const object = {
    apiVersion: `${group}/v1`,
    kind: "HTTPRoute",
    metadata: { name, namespace: "network" },
    spec: { parentRefs: [parentRef], hostnames: [`${name}.${ZONE}`] },
    status: { parents: [{ parentRef, controllerName: "example.com/test", conditions: [condition] }] },
  };
  await kubectl(["apply", "--filename=-"], JSON.stringify(object));
  await kubectl(["replace", "--subresource=status", "--filename=-"], JSON.stringify(object));
}

const names = async (): Promise<readonly string[]> => (await bind.records()).filter((line) => !line.includes(" TXT "));
const owners = async (): Promise<readonly string[]> =>
  (await bind.records()).flatMap((line) => {
    const owner = /^(\S+) TXT .*owner=([^,"]+)/.exec(line);
    return owner === null ? [] : [`${owner[1]} ${owner[2]}`];
  });

test("two publishers keep each other's records, and a route that goes takes its own with it and nothing else", async () => {
  const { args, records } = await emitted();
  await kubectl(["apply", "--namespace=network", "--filename=-"], records);
  const [first, second] = ["first", "second"].map((name) => args.get(`external-dns-${name}`) ?? []);
  const both = async (): Promise<void> => {
    await sync(first ?? []);
    await sync(second ?? []);
  };
  await gateway("internal", "first");
  await gateway("media", "second");
  await route("wiki", "internal");
  await route("photos", "internal");
  await route("films", "media");
  await both();
  const all = [
    `films.${ZONE} A 172.16.1.62`,
    `nas.${ZONE} A 172.16.1.20`,
    `photos.${ZONE} A 172.16.1.61`,
    BY_HAND,
    `wiki.${ZONE} A 172.16.1.61`,
  ];
  expect(await names()).toEqual(all);
  expect(await owners()).toEqual([
    `k8s.a.films.${ZONE} ragas-second`,
    `k8s.a.nas.${ZONE} ragas-first`,
    `k8s.a.photos.${ZONE} ragas-first`,
    `k8s.a.wiki.${ZONE} ragas-first`,
  ]);

  const serial = await bind.serial();
  await both();
  expect(await bind.serial(), "nothing changes where nothing changed").toBe(serial);

  await kubectl(["delete", "--namespace=network", "httproute/wiki"]);
  await both();
  expect(await names()).toEqual(all.filter((line) => !line.startsWith("wiki.")));
  expect(await owners()).not.toContain(`k8s.a.wiki.${ZONE} ragas-first`);
  expect(await owners()).toHaveLength(3);

  // Whoever may remove nothing leaves what is gone, and the other one leaves it too.
  await kubectl(["delete", "--namespace=network", "httproute/films"]);
  await both();
  expect(await names()).toContain(`films.${ZONE} A 172.16.1.62`);

  // A name that somebody made by hand is theirs.
  await route("printer", "internal");
  await both();
  expect(await names()).toContain(BY_HAND);
});
