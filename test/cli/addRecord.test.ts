import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();

const RECORDS = "kubernetes/apps/network/k8s-gateway/app/records.yaml";
const VALUES = "kubernetes/apps/network/k8s-gateway/app/values.yaml";

const nas = (folder: string, ...more: readonly string[]) =>
  gen(folder, "add-record", "nas.ragas.cc", "--to", "172.16.1.20", "--yes", ...more);

describe("gen add-record", () => {
  it("writes it down and renders what follows; the second time changes nothing", async () => {
    const folder = made.fresh();
    const first = await nas(folder);
    expect([first.code, first.stdout], first.stderr).toEqual([0, ""]);
    expect(textAt(folder, RECORDS)).toContain("172.16.1.20 nas.ragas.cc");
    expect(textAt(folder, VALUES)).toContain("/etc/coredns-records/hosts");
    const second = await expectUntouched(folder, () => nas(folder));
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
    await expectInLine(folder);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
  });

  it("adds a second one, to a machine by its name, and leaves the server itself as it is", async () => {
    const folder = made.fresh();
    await nas(folder);
    const values = textAt(folder, VALUES);
    expect((await gen(folder, "add-record", "pve1.ragas.cc", "--to", "pve1", "--yes")).code).toBe(0);
    expect(textAt(folder, RECORDS)).toContain("172.16.1.20 nas.ragas.cc\n    172.16.1.2 pve1.ragas.cc\n");
    expect(textAt(folder, VALUES)).toBe(values);
    await expectInLine(folder);
  });

  it("changes two lines of homelab.yaml, whatever its line ends, and keeps every comment", async () => {
    const folder = made.fresh();
    const mine = `${textAt(folder, "homelab.yaml").replace("dns:\n", "dns: # mine\n").replaceAll("\n", "\r\n")}# the end\r\n`;
    writeFileSync(join(folder, "homelab.yaml"), mine);
    expect((await nas(folder)).code).toBe(0);
    const after = textAt(folder, "homelab.yaml");
    expect(after.replace(/ {2}records:\r\n {4}- name: nas\.ragas\.cc\r\n {6}to: 172\.16\.1\.20\r\n/, "")).toBe(mine);
  });

  it("adds to a list on one line", async () => {
    const folder = made.fresh();
    edit(folder, "homelab.yaml", "dns:\n", "dns:\n  records: [{ name: a.ragas.cc, to: pve1 }] # mine\n");
    await gen(folder, "apply", "--yes");
    expect((await nas(folder)).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toContain(
      "records: [{ name: a.ragas.cc, to: pve1 }, { name: nas.ragas.cc, to: 172.16.1.20 }] # mine\n",
    );
    await expectInLine(folder);
  });

  it("keeps what people wrote into the files that follow", async () => {
    const folder = made.fresh();
    edit(folder, VALUES, "replicaCount: 1", "replicaCount: 2");
    expect((await nas(folder)).code).toBe(0);
    expect(textAt(folder, VALUES)).toContain("replicaCount: 2");
    expect(textAt(folder, VALUES)).toContain("/etc/coredns-records/hosts");
  });

  it("writes nothing where the same lines were changed, and needs the user", async () => {
    const folder = made.fresh();
    edit(folder, VALUES, "service:\n  type", "extraVolumes: []\nservice:\n  type");
    edit(folder, VALUES, "  enabled: false\n", "  enabled: true\n");
    const { code, stderr } = await expectUntouched(folder, () => nas(folder));
    expect([code, stderr]).toEqual([3, expect.stringContaining(VALUES)]);
  });

  it("needs the user for a name that leads elsewhere", async () => {
    const folder = made.fresh();
    await nas(folder);
    const { code, stderr } = await expectUntouched(folder, () =>
      gen(folder, "add-record", "nas.ragas.cc", "--to", "pve1", "--yes"),
    );
    expect([code, stderr]).toEqual([3, expect.stringContaining("is a record already, and leads to 172.16.1.20")]);
  });

  it("and a route keep out of each other's way", async () => {
    const folder = made.fresh();
    await nas(folder);
    const { code, stderr } = await expectUntouched(folder, () =>
      gen(folder, "add-route", "nas.ragas.cc", "--app", "echo", "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining("is a record of homelab.yaml (dns.records.0)")]);
  });

  it("is refused while the network would not work", async () => {
    const folder = made.fresh();
    appendFileSync(join(folder, "homelab.yaml"), "nonsense: true\n");
    expect((await expectUntouched(folder, () => nas(folder))).code).toBe(2);
  });

  it.each([
    [[], "add-record needs a name and where it leads"],
    [["nas.ragas.cc"], "add-record needs a name and where it leads"],
    [["nas.example.com", "--to", "pve1"], "is not under ragas.cc"],
    [["*.ragas.cc", "--to", "pve1"], "is not a host name"],
    [["echo.ragas.cc", "--to", "pve1"], "goes through a gateway already"],
    [["nas.ragas.cc", "--to", "pve9"], "no machine is called pve9"],
    [["nas.ragas.cc", "--to", "nas.example.com"], "a record holds an address"],
    [["nas.ragas.cc", "--to", "172.16.1.20:5000"], "a record has no port"],
    [["nas.ragas.cc", "--to", "fe80::1"], "error[DNS-RECORD-ADDRESS]"],
    [["nas.ragas.cc", "--to", "172.16.1.61"], "is the gateway envoy-internal"],
    [["nas.ragas.cc", "--to", "172.16.1.255"], "error[DNS-RECORD-ADDRESS]"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      gen(made.template, "add-record", ...args, "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
