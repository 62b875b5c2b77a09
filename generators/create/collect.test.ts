import { isChosen } from "../../src/model/chosen.ts";
import { describe, expect, it } from "vitest";
import { FindingsError, UserError } from "../../src/model/errors.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { withMadeUp } from "../../test/fixtures/madeUp.ts";
import { ANSWERS_FOR_MACHINES } from "../../test/fixtures/createFlags.ts";
import { recordedSession } from "../../test/support/session.ts";
import { collect } from "./collect.ts";

/** Takes what is offered, however many questions are left. */
const DEFAULTS = Array.from({ length: 30 }, () => "");

const byFlags = (flags: Readonly<Record<string, string | true>> = {}) =>
  collect(recordedSession({ cwd: "/home/me", argument: "my-homelab", flags: { ...ANSWERS_FOR_MACHINES, ...flags } }));

describe("collecting answers", () => {
  it("ends in the same text from a terminal as by flags", async () => {
    const session = recordedSession({
      cwd: "/home/me",
      answers: [
        "each-part",
        "my-homelab",
        "",
        "ragas.cc",
        ANSWERS_FOR_MACHINES.repository,
        "",
        "",
        "",
        ANSWERS_FOR_MACHINES.lan,
        "",
        ANSWERS_FOR_MACHINES.dhcp,
        ANSWERS_FOR_MACHINES.taken,
        "",
        "3",
        "1",
        "",
        "ens18",
        "/dev/sda",
        ...DEFAULTS,
      ],
    });
    expect((await collect(session)).text).toBe((await byFlags()).text);
  });
  it("writes accepted proposals down, outside DHCP and what is taken", async () => {
    const { text } = await byFlags();
    expect(text).toContain("talos-cp-1: { ip: 172.16.1.50, role: control-plane }");
    expect(text).toContain("address: 172.16.1.49");
    expect(text).toContain("lan: 172.16.1.60-172.16.1.69");
  });
  it.each(["cilium", "metallb"])("asks for routers where %s tells them the way", async (provider) => {
    const flags = { "load-balancer": provider, announce: "bgp" };
    const { text } = await byFlags(flags);
    expect(text).toContain("bgp:\n  asn: 64513\n  peers:\n    router: { asn: 64512, address: 172.16.1.1 }\n");
    expect(text).toContain("lan: 10.50.0.0/24");
    expect(text).toContain("mode: bgp");
    const own = { ...flags, "bgp-router": "172.16.1.20", "bgp-router-asn": "64600", "bgp-asn": "64601" };
    expect((await byFlags(own)).text).toContain("bgp:\n  asn: 64601\n  peers:\n    nas: { asn: 64600 }\n");
  });
  it("has no numbers for routers where nobody tells them the way", async () => {
    const error = await byFlags({ "bgp-asn": "64601" }).catch((thrown: unknown) => thrown);
    expect((error as FindingsError).findings[0]?.message).toContain("it goes with --bgp-router");
  });
  it("names everything that is missing at once, with the line that supplies it", async () => {
    const error = await collect(recordedSession({ cwd: "/home/me", flags: { domain: "ragas.cc" } })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    const { message, hint = "" } = error as UserError;
    expect(message).toBe("6 answers are missing, and there is no terminal to ask on");
    expect(hint).toContain(
      "npx create-homelab-net@0.0.0-test DIR --domain ragas.cc --repository URL --lan CIDR --control-planes N --interface NAME",
    );
  });
  it("takes nothing the machine knows unless somebody is asked", async () => {
    const facts = {
      lan: () => ({ cidr: "10.9.8.0/24", interfaceName: "eth0" }),
      remote: () => Promise.resolve("https://github.com/me/mine.git"),
    };
    const { lan: _lan, repository: _repository, ...rest } = ANSWERS_FOR_MACHINES;
    const session = recordedSession({ cwd: "/home/me", argument: "my-homelab", flags: { ...rest, yes: true }, facts });
    await expect(collect(session)).rejects.toThrow("2 answers are missing");
  });
  it("offers what the machine knows in a question", async () => {
    const facts = {
      lan: () => ({ cidr: "10.9.8.0/24", interfaceName: "eth0" }),
      remote: () => Promise.resolve("https://github.com/me/mine.git"),
    };
    const { lan: _lan, repository: _repository, dhcp: _dhcp, taken: _taken, ...rest } = ANSWERS_FOR_MACHINES;
    const session = recordedSession({
      cwd: "/home/me",
      argument: "my-homelab",
      flags: rest,
      facts,
      answers: ["each-part", ...DEFAULTS],
    });
    const { text } = await collect(session);
    expect(text).toContain("cidr: 10.9.8.0/24");
    expect(text).toContain("https://github.com/me/mine.git");
    expect(session.asked.find((message) => message.startsWith("Your LAN"))).toContain("found on eth0");
  });
  it("names every wrong flag at once", async () => {
    const error = await byFlags({ lan: "172.16.1.5/24", "control-planes": "2" }).catch((thrown: unknown) => thrown);
    expect((error as FindingsError).findings.map(({ paths }) => paths)).toEqual([["--lan"], ["--control-planes"]]);
  });
  it("takes the type of a setting from the schema", async () => {
    expect((await byFlags({ set: "cni.hubble=false" })).text).toMatch(/hubble: false/);
    await expect(byFlags({ set: "cni.hubbel=false" })).rejects.toBeInstanceOf(FindingsError);
  });
  it("lets a flag beat the environment", async () => {
    const session = recordedSession({
      cwd: "/home/me",
      argument: "my-homelab",
      flags: ANSWERS_FOR_MACHINES,
      environment: new Map([
        ["domain", ["other.cc"]],
        ["name", ["from-env"]],
      ]),
    });
    const { text } = await collect(session);
    expect(text).toContain("domains: [ragas.cc]");
    expect(text).toContain("name: from-env");
  });
  it("offers what a rule forbids as disabled, with the rule's own words", async () => {
    const catalog = withMadeUp(assembleCatalog());
    const colourless: Rule = {
      id: "RAINBOW-1",
      severity: "error",
      title: "no rainbow under ragas.cc",
      because: "It does not go with the rest.",
      source: "a test",
      *check(plan) {
        if (!isChosen(plan, "rainbow-dns")) return;
        yield { message: "Rainbow DNS does not know ragas.cc", paths: ["dns.split", "domains.0"], fix: "another" };
      },
    };
    const { domain, repository, lan, interface: link, disk } = ANSWERS_FOR_MACHINES;
    const flags = { domain, repository, lan, interface: link, disk, "control-planes": "1", api: "none" };
    const asking = (answer: string) =>
      collect({
        ...recordedSession({
          cwd: "/home/me",
          argument: "my-homelab",
          flags,
          catalog,
          answers: ["each-part", "", "", "", "", "", "", "", "", "", "", "", "", "", "", answer, ...DEFAULTS],
        }),
        rules: [colourless],
      });
    await expect(asking("rainbow-dns")).rejects.toThrow("rainbow-dns is disabled: Rainbow DNS does not know ragas.cc");
    expect((await asking("k8s-gateway")).text).toContain("k8s-gateway");
  });
  it("keeps the words and comments of a file and sets only what a flag says", async () => {
    const plain = recordedSession({ cwd: "/home/me", argument: "my-homelab", flags: { preset: "talos-cilium-envoy" } });
    const changed = recordedSession({
      cwd: "/home/me",
      argument: "my-homelab",
      flags: { preset: "talos-cilium-envoy", name: "mine" },
    });
    const [before, after] = [(await collect(plain)).text, (await collect(changed)).text];
    expect(after).toBe(before.replace("name: ragas", "name: mine").replace("owner: ragas-", "owner: mine-"));
  });
});
