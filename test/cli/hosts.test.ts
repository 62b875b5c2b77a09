/** `gen add-host`, `gen remove-host` and `gen remove-record`. */
import { describe, expect, it } from "vitest";
import { runGenerator } from "../../src/plop/adapter.ts";
import { generators } from "../../generators/index.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { recordedSession } from "../support/session.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();
const overBgp = repositories("--preset", "pi-calico-bgp");

const RECORDS = "kubernetes/apps/network/k8s-gateway/app/records.yaml";

const yes = (folder: string, ...args: readonly string[]) => gen(folder, ...args, "--yes");

describe("gen add-host", () => {
  it("writes it down and renders what follows; the second time changes nothing", async () => {
    const folder = made.fresh();
    const add = () => yes(folder, "add-host", "nas", "--ip", "172.16.1.20");
    const first = await add();
    expect([first.code, first.stdout], first.stderr).toEqual([0, ""]);
    expect(textAt(folder, "homelab.yaml").replace("    nas: 172.16.1.20\n", "")).toBe(
      textAt(made.template, "homelab.yaml"),
    );
    expect(textAt(folder, "docs/network.md")).toContain("nas");
    const second = await expectUntouched(folder, add);
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("nas is there already")]);
    await expectInLine(folder);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
  });

  it("knows what runs there, and addresses of both families", async () => {
    const folder = made.fresh();
    const args = ["pihole", "--ip", "172.16.1.12,fd00:1::12", "--software", "pihole,ntp"];
    const { code, stderr } = await yes(folder, "add-host", ...args);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("tell pihole about ragas.cc: docs/dns.md");
    expect(textAt(folder, "docs/dns.md")).toContain("### pihole, 172.16.1.12: Pi-hole 6");
    expect((await expectUntouched(folder, () => yes(folder, "add-host", ...args))).code).toBe(0);
    // What was not said is not compared.
    expect((await yes(folder, "add-host", "pihole", "--ip", "172.16.1.12,fd00:1::12")).code).toBe(0);
    await expectInLine(folder);
  });

  it("needs the user for a name that stands for another address", async () => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      yes(made.template, "add-host", "adguard", "--ip", "172.16.1.12"),
    );
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining("adguard is in lan.hosts already: 172.16.1.11, adguard-home"),
    ]);
  });

  it.each([
    [[], "add-host needs a name and an address"],
    [["nas"], "add-host needs a name and an address"],
    [["The NAS", "--ip", "172.16.1.20"], "is not a name"],
    [["nas", "--ip", "nas.ragas.cc"], "nas.ragas.cc"],
    [["nas", "--ip", "172.16.1.20", "--software", ","], "--software is empty"],
    [["nas", "--ip", "172.16.1.20,172.16.1.21"], "one of each IP family"],
    [["nas", "--ip", "172.16.1.50"], "error[NET-OWNER]"],
    [["nas", "--ip", "172.16.1.61"], "error[NET-OWNER]"],
    [["nas", "--ip", "172.16.1.65"], "error[LB-POOL"],
    [["talos-cp-1", "--ip", "172.16.1.20"], "error[NET-NAME]"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () => yes(made.template, "add-host", ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("asks where nothing was said", async () => {
    const folder = made.fresh();
    const run = (name: string, answers: readonly (string | boolean)[]) =>
      runGenerator(name, generators(catalog), recordedSession({ cwd: folder, catalog, answers }));
    expect((await run("add-host", ["nas", "172.16.1.20", true])).applied).toBeDefined();
    expect(textAt(folder, "homelab.yaml")).toContain("    nas: 172.16.1.20\n");
    expect((await run("add-record", ["nas.ragas.cc", "nas", true])).applied).toBeDefined();
    expect((await run("remove-record", ["nas.ragas.cc", true])).applied).toBeDefined();
    expect((await run("remove-host", ["nas", true])).applied).toBeDefined();
    expect(textAt(folder, "homelab.yaml")).not.toContain("nas");
  });
});

describe("gen remove-host", () => {
  it("takes it out, and keeps every comment", async () => {
    const folder = made.fresh();
    const before = edit(
      folder,
      "homelab.yaml",
      "    pve1:",
      "    printer: 172.16.1.30 # upstairs\n    # below\n    pve1:",
    );
    await yes(folder, "apply");
    const { code, stderr } = await yes(folder, "remove-host", "printer");
    expect(code, stderr).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toBe(before.replace("    printer: 172.16.1.30 # upstairs\n", ""));
    expect(textAt(folder, "docs/network.md")).not.toContain("printer");
    await expectInLine(folder);
  });

  it("names all that leads to it", async () => {
    const folder = made.fresh();
    await yes(folder, "add-record", "dns.ragas.cc", "--to", "technitium");
    await yes(folder, "add-route", "tech.ragas.cc", "--to", "http://technitium:5380");
    const { code, stderr } = await expectUntouched(folder, () => yes(folder, "remove-host", "technitium"));
    expect(code).toBe(2);
    for (const line of [
      "technitium is still in use:",
      "the nodes ask it for names: homelab.yaml, lan.dns.1",
      "the record dns.ragas.cc leads to it: homelab.yaml, dns.records.0",
      "the route tech.ragas.cc leads to it: kubernetes/apps/lan/tech",
    ])
      expect(stderr).toContain(line);
  });

  it("lets rules judge the network without it, at the places they are at", async () => {
    const { code, stderr } = await expectUntouched(made.template, () => yes(made.template, "remove-host", "pve1"));
    expect(code).toBe(2);
    expect(stderr).toContain("error[PVE-HOST]  pve1 is to run talos-cp-1");
    const line = textAt(made.template, "homelab.yaml")
      .split("\n")
      .findIndex((text) => text.includes("host: pve1"));
    expect(stderr).toContain(`homelab.yaml:${line + 1}:`);
  });

  it.each([
    ["opnsense", "nodes speak BGP with it: homelab.yaml, bgp.peers.opnsense"],
    ["allyrion", "error[HAP-HOST]"],
  ])("%s is needed by the cluster", async (host, message) => {
    const { code, stderr } = await expectUntouched(overBgp.template, () => yes(overBgp.template, "remove-host", host));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it.each([
    [[], "remove-host needs a name"],
    [["adgard"], "did you mean adguard?"],
    [["talos-cp-1"], "homelab.yaml has no host talos-cp-1"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () => yes(made.template, "remove-host", ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("gen remove-record", () => {
  it("takes one out of several, and the file with the last", async () => {
    const folder = made.fresh();
    const before = textAt(folder, "homelab.yaml");
    await yes(folder, "add-record", "nas.ragas.cc", "--to", "172.16.1.20");
    const one = textAt(folder, "homelab.yaml");
    await yes(folder, "add-record", "pve1.ragas.cc", "--to", "pve1");
    expect((await yes(folder, "remove-record", "pve1.ragas.cc")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toBe(one);
    expect(textAt(folder, RECORDS)).not.toContain("pve1");
    const { code, stderr } = await yes(folder, "remove-record", "nas.ragas.cc");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("nas.ragas.cc, which leads to 172.16.1.20, is answered no longer");
    expect(textAt(folder, "homelab.yaml")).toBe(before);
    expect(() => textAt(folder, RECORDS)).toThrow();
    await expectInLine(folder);
  });

  it("keeps comments of the others, and the file that people changed", async () => {
    const folder = made.fresh();
    const list =
      "dns:\n  records:\n    - { name: a.ragas.cc, to: pve1 } # first\n    # of the house\n    - { name: b.ragas.cc, to: pve2 }\n";
    edit(folder, "homelab.yaml", "dns:\n", list);
    await yes(folder, "apply");
    expect((await yes(folder, "remove-record", "b.ragas.cc")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toContain("    - { name: a.ragas.cc, to: pve1 } # first\n");
    expect(textAt(folder, "homelab.yaml")).not.toContain("b.ragas.cc");
  });

  it.each([
    [[], "homelab.yaml has no record"],
    [["nas.ragas.cc"], "homelab.yaml has no record nas.ragas.cc"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () => yes(made.template, "remove-record", ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
