/** Each ailment, and what cannot be told, over the network of the preset and a world that is made up. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import type { Catalog, Component } from "../../src/model/component.ts";
import type { Finding } from "../../src/model/finding.ts";
import { parseHostname } from "../../src/model/names.ts";
import { parseIp } from "../../src/model/address.ts";
import type { Plan } from "../../src/model/plan.ts";
import { ailments, probesFor } from "../../src/probes/index.ts";
import { addressesBefore } from "../../src/probes/before.ts";
import type { Area, Verdict } from "../../src/probes/probe.ts";
import { announced } from "../../src/probes/words.ts";
import { audits } from "../../src/audit/index.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { renderFindings } from "../../src/ui/findings.ts";
import { cases } from "./cases.ts";
import {
  before,
  changed,
  impossible,
  outsideIn,
  own,
  running,
  silent,
  versions,
  type Change,
  type World,
} from "./world.ts";

const catalog = assembleCatalog();
const text = catalog.templates.render("presets/talos-cilium-envoy.yaml", {});
const { plan } = planSpec(text, "homelab.yaml", catalog, rules);

async function verdictsIn(world: World, network: Plan = plan, of: Catalog = catalog, installed = "") {
  const probes = probesFor(network, of, installed);
  const answers = await outsideIn(world).ask(probes.flatMap(({ questions }) => questions));
  return probes.flatMap(({ area, judge }) => judge(answers).map((verdict) => ({ area, verdict })));
}

const findingsOf = (all: readonly { readonly verdict: Verdict }[]): readonly Finding[] =>
  all.flatMap(({ verdict }) => (verdict.is === "wrong" ? [verdict.finding] : []));
const idsIn = async (world: World): Promise<readonly string[]> => [
  ...new Set(findingsOf(await verdictsIn(world)).map(({ id }) => id)),
];
const unknownIn = async (world: World, area: Area): Promise<readonly string[]> =>
  (await verdictsIn(world)).flatMap((one) =>
    one.area === area && one.verdict.is === "unknown" ? [`${one.verdict.says}: ${one.verdict.because}`] : [],
  );

describe("a network that is well", () => {
  it.each([
    ["before there is a cluster", before],
    ["with its cluster running", running],
  ])("has no ailment %s", async (_, world) => {
    expect(findingsOf(await verdictsIn(world))).toEqual([]);
  });
  it("says which of the two it is", async () => {
    const said = async (world: World) =>
      (await verdictsIn(world)).flatMap(({ verdict }) => (verdict.is === "fine" ? [verdict.says] : []));
    expect(await said(before)).toEqual(
      expect.arrayContaining([
        "no cluster yet: kubectl has no access to https://172.16.1.49:6443, and nothing answers there",
        "172.16.1.49 (Kubernetes API) is free",
        "172.16.1.63-69 (pool lan) is free",
      ]),
    );
    expect(await said(running)).toEqual(
      expect.arrayContaining([
        "kubectl leads to https://172.16.1.49:6443",
        "the API answers: Kubernetes v1.36.4",
        "172.16.1.61 answers for network/envoy-internal",
        "172.16.1.53 (talos-worker-1) is a node and ready",
        "resolver 172.16.1.11 answers echo.ragas.cc with 172.16.1.61",
      ]),
    );
  });
});

describe.each(cases)("$id: $what", ({ id, in: world, broken, nearMiss }) => {
  it("is the one ailment of the world that has it", async () => {
    expect(await idsIn(changed(world, broken))).toEqual([id]);
  });
  it("is none of the near miss", async () => {
    expect(await idsIn(changed(world, nearMiss))).toEqual([]);
  });
});

describe("what cannot be told", () => {
  const OFF = { ...before.machine, addresses: own("192.168.7.5") } as World["machine"];
  it.each<[string, Area, World, Change, RegExp]>([
    [
      "a program that hangs",
      "tools",
      before,
      { programs: { "helm version": silent("helm hangs") } },
      /^the version of helm: helm hangs$/,
    ],
    [
      "a program without a version",
      "tools",
      before,
      { programs: { "helm version": { stdout: "beta" } } },
      /it does not say one/,
    ],
    [
      "no kubectl",
      "cluster",
      before,
      { programs: { "kubectl config view": impossible("kubectl not found") } },
      /kubectl not found/,
    ],
    [
      "an API without access",
      "cluster",
      before,
      { addresses: { "172.16.1.49": { open: [6443] } } },
      /whose API it is .*docs\/bootstrap\.md/,
    ],
    [
      "a pool beside such an API",
      "addresses",
      before,
      { addresses: { "172.16.1.49": { open: [6443] }, "172.16.1.61": { open: [443] } } },
      /who answers at 172\.16\.1\.61 .*this network's own/,
    ],
    [
      "a pool of a cluster that is down",
      "addresses",
      running,
      { programs: versions("v1.36.4", undefined) },
      /who answers at 172\.16\.1\.61 .*does not answer/,
    ],
    [
      "an address that may not be asked",
      "addresses",
      before,
      { addresses: { "172.16.1.61": impossible("not permitted") } },
      /whether somebody has 172\.16\.1\.61 .*not permitted/,
    ],
    [
      "a LAN this machine is not in",
      "addresses",
      before,
      { machine: OFF, addresses: { "172.16.1.61": { open: [443] } } },
      /172\.16\.1\.63-69 .*not in 172\.16\.1\.0\/24/,
    ],
    [
      "a cluster seen from elsewhere",
      "cluster",
      before,
      { machine: OFF },
      /whether there is a cluster .*not in 172\.16\.1\.0\/24/,
    ],
    [
      "neighbours nobody names",
      "addresses",
      before,
      { addresses: { "172.16.1.61": { neighbour: "unknown" } } },
      /does not say who its neighbours are/,
    ],
    [
      "Services that may not be listed",
      "addresses",
      running,
      { programs: { "kubectl get services": { exitCode: 1 } } },
      /kubectl cannot list the Services/,
    ],
    [
      "nodes that may not be listed",
      "addresses",
      running,
      { programs: { "kubectl get nodes": { exitCode: 1 } } },
      /kubectl cannot list the nodes/,
    ],
    ["names before there is a server", "resolvers", before, {}, /172\.16\.1\.60 does not answer yet/],
    [
      "a resolver that cannot be asked",
      "resolvers",
      before,
      { names: { "SOA ragas.cc @172.16.1.10": impossible("no way") } },
      /172\.16\.1\.10 answers: no way/,
    ],
    [
      "private answers while no name is known",
      "resolvers",
      running,
      { names: { "A echo.ragas.cc @172.16.1.60": "no such name" } },
      /drops private addresses: there is no name yet/,
    ],
    [
      "domains without the internet",
      "domains",
      before,
      { servers: ["172.16.1.10", "172.16.1.11"] },
      /whom the internet asks .*1\.1\.1\.1 does not answer/,
    ],
    [
      "a name that comes with the cluster",
      "domains",
      before,
      {},
      /external\.ragas\.cc: its record is made once the cluster runs/,
    ],
    ["DHCP", "machine", before, {}, /DHCP server hands out .*administrator/],
    [
      "a lease on a system that does not say",
      "machine",
      before,
      {
        machine: {
          ...before.machine,
          addresses: [{ ip: parseIp("172.16.1.123") as never, prefix: 24, interfaceName: "en0" }],
          routers: undefined,
        } as never,
      },
      /which router this machine uses/,
    ],
    ["a machine elsewhere", "machine", before, { machine: OFF }, /what this machine was given .*no address in/],
    ["a machine that says nothing", "machine", before, { machine: impossible("no interfaces") }, /no interfaces/],
    [
      "a time server without a name",
      "time",
      before,
      { times: { "time.cloudflare.com": impossible("ENOTFOUND") } },
      /ENOTFOUND/,
    ],
  ])("%s", async (_, area, world, change, message) => {
    const there = changed(world, change);
    expect((await unknownIn(there, area)).join("\n")).toMatch(message);
  });
  it("is no ailment, wherever this machine stands", async () => {
    const elsewhere = changed(before, {
      machine: OFF,
      addresses: Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [`172.16.1.${40 + index}`, { open: [22, 443, 6443], refused: [80] }]),
      ),
    });
    expect(await idsIn(elsewhere)).toEqual([]);
  });
  it("names what was not asked of a large pool", async () => {
    const large = planSpec(
      text.replace("172.16.1.60-172.16.1.69", "10.7.0.0-10.7.1.255"),
      "homelab.yaml",
      catalog,
      [],
    ).plan;
    const verdicts = await verdictsIn(before, large);
    expect(verdicts.map(({ verdict }) => (verdict.is === "unknown" ? verdict.says : ""))).toContain(
      "448 addresses of pool lan",
    );
  });
});

describe("what is asked of whom", () => {
  it("reads as a list, before anything is asked", async () => {
    const lines = announced(probesFor(plan, catalog, "")).map(({ area, asks }) => `${area}: ${asks}`);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("./asked.txt");
  });
  it("asks the cluster only where kubectl leads to it", async () => {
    const elsewhere = changed(running, { programs: { "kubectl config view": { stdout: "https://10.9.8.7:6443" } } });
    const { ask } = outsideIn(elsewhere);
    const questions = probesFor(plan, catalog, "").flatMap((probe) => probe.questions);
    const answers = await ask(questions);
    const kubectl = questions.filter(
      (question) => question.kind === "program" && question.args.includes("--request-timeout=5s"),
    );
    expect(kubectl.length).toBeGreaterThan(0);
    for (const question of kubectl) expect(answers.to(question)).toMatchObject({ how: "unasked" });
  });
  it("takes the versions that stand in the repository", async () => {
    const installed = '[tools]\n"helm" = "5.1.0"\nkubectl = "1.36.4"\n';
    expect(findingsOf(await verdictsIn(before, plan, catalog, installed)).map(({ message }) => message)).toEqual([
      "helm is v4.2.4, older than 5.1.0, which this repository is made for",
    ]);
  });
  it("asks for a zone above a domain as well", () => {
    const below = { ...plan, domains: [parseHostname("home.ragas.cc") as never] };
    const asks = announced(probesFor(below, catalog, "")).map((one) => one.asks);
    expect(asks).toEqual(
      expect.arrayContaining(["DNS: NS of home.ragas.cc at 1.1.1.1", "DNS: NS of ragas.cc at 1.1.1.1"]),
    );
    expect(asks.join()).not.toContain("NS of cc ");
  });
  it("takes what a component expects, whichever it is", async () => {
    const lighthouse: Component = {
      id: "lighthouse",
      title: "Lighthouse",
      summary: "made up",
      options: z.strictObject({}),
      units: () => [],
      expects: ({ domains }) =>
        domains.map((domain) => ({
          kind: "delegated",
          domain,
          host: "Far Away",
          servers: ".far.example",
          by: "lighthouse",
        })),
    };
    const chosen = [...plan.chosen, { component: lighthouse, options: {}, shared: {} }];
    const findings = findingsOf(
      await verdictsIn(before, { ...plan, chosen }, { ...catalog, components: [...catalog.components, lighthouse] }),
    );
    expect(findings.map(({ message }) => message)).toEqual([
      "the internet asks ada.ns.cloudflare.com, bob.ns.cloudflare.com for ragas.cc, and lighthouse needs it at Far Away",
    ]);
  });
});

describe("addresses before anything is written", () => {
  const seen = async (change: Change) => {
    const probe = addressesBefore(plan, catalog);
    return probe.judge(await outsideIn(changed(before, change)).ask(probe.questions));
  };
  const findings = async (change: Change) => findingsOf((await seen(change)).map((verdict) => ({ verdict })));

  it("are free", async () => {
    expect((await seen({})).map(({ is }) => is)).toEqual(Array.from({ length: 15 }, () => "fine"));
  });
  it.each([
    ["172.16.1.49", "cluster.api.address"],
    ["172.16.1.61", "ingress.gateways.internal.address"],
    ["172.16.1.68", "loadBalancer.pools.lan"],
    ["172.16.1.52", "cluster.nodes.talos-cp-3.ip"],
  ])("%s answers: a warning at %s", async (ip, path) => {
    const found = await findings({ addresses: { [ip]: { refused: [22] } } });
    expect(found.map(({ id, severity, paths }) => [id, severity, paths])).toEqual([
      ["DOCTOR-ADDRESS-ANSWERS", "warning", [path]],
    ]);
  });
  it("are not asked for by the cluster that runs there already", async () => {
    expect(await findings({ addresses: { "172.16.1.52": { open: [50_000] } } })).toEqual([]);
  });
  it("cannot be told from elsewhere", async () => {
    const verdicts = await seen({ machine: impossible("no interfaces") });
    expect(new Set(verdicts.map(({ is }) => is))).toEqual(new Set(["unknown"]));
  });
});

describe("the ailments", () => {
  it("have a world each that has them", () => {
    const covered = new Set([...cases.map(({ id }) => id), "DOCTOR-ADDRESS-ANSWERS"]);
    expect(ailments.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
  it("have no id twice, nor that of a rule or audit", () => {
    const all = [...rules, ...audits, ...ailments].map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });
  it("read as prose, and show nothing of a secret", async () => {
    const texts = await Promise.all(
      cases.map(async ({ in: world, broken }) => renderFindings(findingsOf(await verdictsIn(changed(world, broken))))),
    );
    await expect(`${texts.join("\n\n")}\n`).toMatchFileSnapshot("./messages.txt");
    expect(texts.join("\n")).not.toMatch(/hunter2/);
  });
});
