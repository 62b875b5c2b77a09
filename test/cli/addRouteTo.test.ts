import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();

const NAS = ["nas.ragas.cc", "--to", "https://172.16.1.20:5001", "--tls-skip-verify", "--gateway", "internal"] as const;
const FOLDER = "kubernetes/apps/lan/nas/app";

describe("gen add-route --to", () => {
  it.each([
    [NAS, "backend.yaml"],
    [["nas.ragas.cc", "--to", "172.16.1.20:5000"], "service.yaml"],
    [["nas.ragas.cc", "--to", "http://pve1:8006"], "service.yaml"],
    [["nas.ragas.cc", "--to", "https://pve1:8006", "--tls-name", "pve1.example.com"], "backendtlspolicy.yaml"],
  ])("%j leads to a machine; the second time changes nothing, and check has nothing to say", async (args, file) => {
    const folder = made.fresh();
    const first = await gen(folder, "add-route", ...args, "--yes");
    expect([first.code, first.stdout], first.stderr).toEqual([0, ""]);
    expect(textAt(folder, `${FOLDER}/kustomization.yaml`)).toContain(`./${file}`);
    const second = await expectUntouched(folder, () => gen(folder, "add-route", ...args, "--yes"));
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });

  it("writes a new machine into lan.hosts and the table of addresses, comments and line ends kept", async () => {
    const folder = made.fresh();
    const mine = textAt(folder, "homelab.yaml")
      .replace("adguard-home }", "adguard-home } # mine")
      .replaceAll("\n", "\r\n");
    writeFileSync(join(folder, "homelab.yaml"), mine);
    const { stderr } = await gen(folder, "add-route", ...NAS, "--yes");
    expect(stderr).toContain("nas is new in lan.hosts of homelab.yaml");
    expect(textAt(folder, "homelab.yaml").replace("    nas: 172.16.1.20\r\n", "")).toBe(
      `${mine}policies:\r\n  names:\r\n    lan:\r\n      - nas.ragas.cc\r\n`,
    );
    expect(textAt(folder, "docs/network.md")).toContain("| 172.16.1.20 | nas |");
  });

  it("finds the machine under its name the next time", async () => {
    const folder = made.fresh();
    await gen(folder, "add-route", ...NAS, "--yes");
    const before = textAt(folder, "homelab.yaml");
    expect((await gen(folder, "add-route", "photos.ragas.cc", "--to", "172.16.1.20:2342", "--yes")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toBe(`${before}      - photos.ragas.cc\n`);
  });

  it("follows the machine to another address, edits of its files kept", async () => {
    const folder = made.fresh();
    await gen(folder, "add-route", ...NAS, "--yes");
    await gen(folder, "add-route", "photos.ragas.cc", "--to", "nas:2342", "--yes");
    const mine = edit(folder, `${FOLDER}/backend.yaml`, "kind: Backend", "kind: Backend # mine");
    expect((await gen(folder, "set", "lan.hosts.nas=172.16.1.21", "--yes")).code).toBe(0);
    expect(textAt(folder, `${FOLDER}/backend.yaml`)).toBe(mine.replace("172.16.1.20", "172.16.1.21"));
    expect(textAt(folder, "kubernetes/apps/lan/photos/app/service.yaml")).toContain("- 172.16.1.21\n");
    await expectInLine(folder);

    const { code, stderr } = await gen(
      folder,
      "add-route",
      ...NAS.map((word) => word.replace("1.20", "1.21")),
      "--yes",
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
    edit(folder, "homelab.yaml", /^ {4}nas: .*\n/m, "");
    const without = await gen(folder, "apply", "--yes");
    expect(without.stderr).toContain("add-route nas.ragas.cc is left as it is: homelab.yaml has no machine nas");
  });

  it("tells a second wish for the same name apart", async () => {
    const folder = made.fresh();
    await gen(folder, "add-route", ...NAS, "--yes");
    const other = NAS.map((word) => word.replace("5001", "5002"));
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-route", ...other, "--yes"));
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining("nas.ragas.cc was added before, otherwise:\n    to.port"),
    ]);
  });

  it.each([
    [["nas.ragas.cc", "--to", "https://172.16.1.20"], "has to know what to make of the certificate"],
    [["nas.ragas.cc", "--to", "172.16.1.20", "--tls-skip-verify"], "is http, which has no certificate"],
    [["nas.ragas.cc", "--to", "https://172.16.1.20", "--tls-skip-verify", "--tls-name", "a.b"], "exclude each other"],
    [["nas.ragas.cc", "--to", "ftp://172.16.1.20"], "is not [http://|https://]HOST[:PORT]"],
    [["nas.ragas.cc", "--to", "http://172.16.1.20/path"], "is not [http://|https://]HOST[:PORT]"],
    [["nas.ragas.cc", "--to", "http://172.16.1.20:99999"], "is not [http://|https://]HOST[:PORT]"],
    [["nas.ragas.cc", "--to", "http://172.16.1.61"], "is envoy-internal, which runs in this cluster"],
    [["nas.ragas.cc", "--to", "http://pve9"], "no machine is called pve9"],
    [["nas.ragas.cc", "--to", "http://nas.example.com"], "gateways are told addresses"],
    [["nas.ragas.cc", "--to", "http://172.16.1.255"], "error[NET-RESERVED]"],
    [["echo.ragas.cc", "--to", "http://pve1"], "is answered already by echo:8080"],
    [["nas.ragas.cc", "--to", "http://pve1", "--app", "echo"], "lead to two places"],
    [["nas.ragas.cc", "--tls-skip-verify", "--app", "echo"], "is about a machine"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      gen(made.template, "add-route", ...args, "--yes"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
