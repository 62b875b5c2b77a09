/** Who is asked, and where what is asked comes from. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Ip } from "../../src/model/address.ts";
import type { Component } from "../../src/model/component.ts";
import { parseHostname } from "../../src/model/names.ts";
import { addressesBefore } from "../../src/probes/before.ts";
import { probesFor } from "../../src/probes/index.ts";
import { announced } from "../../src/probes/words.ts";
import { catalog, findingsOf, plan, verdictsIn } from "./network.ts";
import { before, changed, impossible, outsideIn, running, type Change } from "./world.ts";

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
          servers: /\.far\.example$/,
          by: "lighthouse",
        })),
    };
    const chosen = [...plan.chosen, { component: lighthouse, options: {}, shared: {} }];
    const findings = findingsOf(
      await verdictsIn(before, { ...plan, chosen }, { ...catalog, components: [...catalog.components, lighthouse] }),
    );
    expect(findings.map(({ message }) => message)).toEqual([
      "the internet asks ada.ns.cloudflare.com, bob.ns.cloudflare.com for ragas.cc, which is needed at Far Away by lighthouse",
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
  it("cannot be told where routers alone know the way, from the LAN either", async () => {
    const claims = plan.addresses.claims.map((claim) =>
      claim.role === "api" ? { ...claim, ip: "10.50.0.1" as Ip, routed: true as const } : claim,
    );
    const probe = addressesBefore({ ...plan, addresses: { ...plan.addresses, claims } }, catalog);
    const verdicts = probe.judge(await outsideIn(before).ask(probe.questions));
    expect(verdicts.filter(({ is }) => is === "unknown")).toMatchObject([
      {
        says: expect.stringContaining("10.50.0.1 (Kubernetes API)") as string,
        because: "10.50.0.1 is in no network of this machine, and a router may answer or be silent for others",
      },
    ]);
  });
  it("cannot be told from elsewhere", async () => {
    const verdicts = await seen({ machine: impossible("no interfaces") });
    expect(new Set(verdicts.map(({ is }) => is))).toEqual(new Set(["unknown"]));
  });
});
