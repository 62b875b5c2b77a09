/** Each ailment over the network of the preset, in a world that has it and in one that nearly has. */
import { describe, expect, it } from "vitest";
import { audits } from "../../src/audit/index.ts";
import { ailments } from "../../src/probes/index.ts";
import { rules } from "../../src/rules/index.ts";
import { renderFindings } from "../../src/ui/findings.ts";
import { cases } from "./cases.ts";
import { findingsOf, idsIn, verdictsIn } from "./network.ts";
import { before, changed, running, type World } from "./world.ts";

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

describe.each(cases)("$id: $what", ({ id, in: world, broken, nearMiss, network }) => {
  it("is the one ailment of the world that has it", async () => {
    expect(await idsIn(changed(world, broken), network)).toEqual([id]);
  });
  it("is none of the near miss", async () => {
    expect(await idsIn(changed(world, nearMiss), network)).toEqual([]);
  });
});

it("has a finding for every address that somebody has, and one line for those nobody has", async () => {
  const somebody = { refused: [22], neighbour: { mac: "a4:83:e7:00:00:01" } } as const;
  const ips = ["172.16.1.64", "172.16.1.66", "172.16.1.67"];
  const verdicts = await verdictsIn(
    changed(before, { addresses: Object.fromEntries(ips.map((ip) => [ip, somebody])) }),
  );
  expect(findingsOf(verdicts).map(({ message }) => /[\d.]{9,}/.exec(message)?.[0])).toEqual(ips);
  expect(verdicts.map(({ verdict }) => (verdict.is === "fine" ? verdict.says : ""))).toContain(
    "172.16.1.63, 172.16.1.65, 172.16.1.68-69 (pool lan) is free",
  );
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
      cases.map(async ({ in: world, broken, network }) =>
        renderFindings(findingsOf(await verdictsIn(changed(world, broken), network))),
      ),
    );
    await expect(`${texts.join("\n\n")}\n`).toMatchFileSnapshot("./messages.txt");
    expect(texts.join("\n")).not.toMatch(/hunter2/);
  });
});
