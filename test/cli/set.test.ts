import { describe, expect, it } from "vitest";
import { startCli } from "../support/cli.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const POOLS = "kubernetes/apps/kube-system/cilium/config/pools.yaml";
const VALUES = "kubernetes/apps/kube-system/cilium/app/values.yaml";

const made = repositories();
const published = repositories("--preset", "talos-cilium-envoy");

describe("gen set cluster.kubernetes", () => {
  it("says that no cluster goes back, and nothing of the next minor version", async () => {
    const folder = made.fresh();
    const back = await gen(folder, "set", "cluster.kubernetes=1.35", "--yes");
    expect(back.stderr).toMatch(/warning\[VERSIONS-STEP\] {2}Kubernetes goes from v1\.36\.\d+ to 1\.35/);
    expect(textAt(folder, "bootstrap/talos.sh")).toContain("kubernetes_version=v1.35.");
    const on = await gen(folder, "set", "cluster.kubernetes=1.36", "--yes");
    expect(on.stderr).not.toContain("VERSIONS-STEP");
  });
});

describe("gen set", () => {
  it("sets several keys, comments kept, and every file that follows", async () => {
    const folder = made.fresh();
    const settings = [
      "loadBalancer.pools.lan=172.16.1.60-172.16.1.68",
      "cni.loadBalancing.mode=snat",
      "lan.dns=[adguard]",
    ];
    const { code, stdout, stderr } = await gen(folder, "set", ...settings, "--yes");
    expect([code, stdout], stderr).toEqual([0, ""]);
    expect(stderr).toContain(
      "gen set loadBalancer.pools.lan=172.16.1.60-172.16.1.68 cni.loadBalancing.mode=snat 'lan.dns=[adguard]' --yes",
    );
    expect(textAt(folder, "homelab.yaml")).toBe(
      textAt(made.template, "homelab.yaml")
        .replace("172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.68")
        .replace("mode: dsr", "mode: snat")
        .replace("[adguard, technitium]", "[adguard]"),
    );
    expect(textAt(folder, POOLS)).toContain("172.16.1.68");
    expect(textAt(folder, VALUES)).toContain("mode: snat");
    await expectInLine(folder);
    const again = await expectUntouched(folder, () => gen(folder, "set", ...settings, "--yes"));
    expect([again.code, again.stderr.includes("nothing to do")]).toEqual([0, true]);
  });

  it("writes down what a new entry leaves open in the same change", async () => {
    const folder = made.fresh();
    const { code, stdout } = await gen(folder, "set", "ingress.gateways.external={}", "--yes", "--json");
    expect(code, stdout).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      command: "set",
      written: true,
      set: [{ path: "ingress.gateways.external" }, { path: "ingress.gateways.external.address", value: "172.16.1.62" }],
    });
    expect(textAt(folder, "homelab.yaml")).toContain("address: 172.16.1.62");
    await expectInLine(folder);
  });

  it("writes down what follows from the network as it was, and a new name of it moves nothing", async () => {
    const folder = published.fresh();
    const [values, owner] = [
      "kubernetes/apps/network/external-dns-cloudflare/app/values.yaml",
      "owner: ragas-cloudflare",
    ];
    const made = textAt(folder, "homelab.yaml");
    edit(folder, "homelab.yaml", `, ${owner}`, "");
    const { code, stderr } = await gen(folder, "set", "name=other", "--yes");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("dns.publish.cloudflare.owner: ragas-cloudflare");
    expect(textAt(folder, "homelab.yaml")).toBe(made.replace("name: ragas\n", "name: other\n"));
    expect(textAt(folder, values)).toContain("txtOwnerId: ragas-cloudflare");
    await expectInLine(folder);
  });

  it("takes keys out before it sets others, comments kept, and every file follows", async () => {
    const folder = made.fresh();
    const given = edit(
      folder,
      "homelab.yaml",
      "    pve1:",
      "    printer: 172.16.1.30 # upstairs\n    # below\n    pve1:",
    );
    expect((await gen(folder, "apply", "--yes")).code).toBe(0);
    const values = textAt(folder, VALUES);
    edit(folder, VALUES, "\n", "\n# mine: the first line\n");
    const args = [
      "set",
      "cni.loadBalancing.mode=snat",
      "--unset",
      "lan.hosts.printer",
      "--unset",
      "cni.loadBalancing.mode",
    ];
    const { code, stderr } = await gen(folder, ...args, "--yes");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("lan.hosts.printer taken out");
    expect(stderr).toContain(
      "gen set cni.loadBalancing.mode=snat --unset lan.hosts.printer --unset cni.loadBalancing.mode --yes",
    );
    const text = textAt(folder, "homelab.yaml");
    expect(text).not.toContain("printer");
    expect(text).toContain("    # below\n");
    expect(text).toContain("mode: snat");
    expect(given.split("\n").filter((line) => !text.includes(line))).toEqual([
      "    printer: 172.16.1.30 # upstairs",
      expect.stringContaining("mode: dsr"),
    ]);
    expect(textAt(folder, "docs/network.md")).not.toContain("printer");
    expect(textAt(folder, VALUES)).toContain("# mine: the first line\n");
    expect(textAt(folder, VALUES)).not.toBe(values);
    await expectInLine(folder);
  });

  it("has nothing to do where a key is not written, and tells programs what went", async () => {
    const folder = made.fresh();
    const there = await gen(folder, "set", "--unset", "cni.loadBalancing.mode", "--yes", "--json");
    expect(JSON.parse(there.stdout)).toMatchObject({ set: [{ path: "cni.loadBalancing.mode", removed: true }] });
    const { code, stderr } = await expectUntouched(folder, () =>
      gen(folder, "set", "--unset", "cni.loadBalancing.mode", "--yes"),
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
  });

  it("takes out a key that no homelab.yaml can have", async () => {
    const folder = made.fresh();
    const before = textAt(folder, "homelab.yaml");
    edit(folder, "homelab.yaml", "name: ragas\n", "name: ragas\nnmae: ragas\n");
    expect((await gen(folder, "apply", "--yes")).code).toBe(2);
    expect((await gen(folder, "set", "--unset", "nmae", "--yes")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toBe(before);
  });

  it("mends a spec that could not be applied", async () => {
    const folder = made.fresh();
    edit(folder, "homelab.yaml", "172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.120");
    expect((await gen(folder, "apply", "--yes")).code).toBe(2);
    expect((await gen(folder, "set", "loadBalancer.pools.lan=172.16.1.60-172.16.1.68", "--yes")).code).toBe(0);
    expect(textAt(folder, POOLS)).toContain("172.16.1.68");
  });

  it("names every mistake at once", async () => {
    const folder = made.fresh();
    const { code, stderr } = await expectUntouched(folder, () =>
      gen(folder, "set", "cni.ruting=native", "cni.routing=other", "cni.routing", "--yes"),
    );
    expect(code).toBe(2);
    for (const part of ["did you mean `cni.routing`?", "cni.routing", "is no PATH=VALUE"])
      expect(stderr).toContain(part);
    expect(stderr).toContain("3 errors");
  });

  it.each([
    [["loadBalancer.pools.lan=172.16.1.60-172.16.1.120"], "error[LB-POOL-DHCP]"],
    [[], "set needs a key and its value"],
    [["--unset", "lan.cidr"], "lan.cidr"],
    [["--unset", "cluster.nodes"], "cluster.nodes"],
    [["--unset", "lan.cdir"], "did you mean `lan.cidr`?"],
    [["--unset", "lan.hosts.adguard"], "adguard"],
  ])("%j is refused", async (settings, message) => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      gen(made.template, "set", ...settings, "--yes"),
    );
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("asks in a terminal, and a no leaves everything as it is", async () => {
    const folder = made.fresh();
    await expectUntouched(folder, async () => {
      const terminal = startCli("gen", ["set", "cni.loadBalancing.mode=snat"], { cwd: folder });
      await terminal.waitFor("Apply");
      terminal.type("n");
      terminal.key("enter");
      expect((await terminal.exit).code).toBe(0);
    });
  });

  it("needs the user when homelab.yaml changes between question and answer", async () => {
    const folder = made.fresh();
    edit(folder, "homelab.yaml", "mode: dsr", "mode: snat");
    const terminal = startCli("gen", ["apply"], { cwd: folder });
    await terminal.waitFor("Apply");
    edit(folder, "homelab.yaml", "mode: snat", "mode: hybrid");
    terminal.key("enter");
    expect((await terminal.exit).code).toBe(3);
    expect(textAt(folder, VALUES)).toBe(textAt(made.template, VALUES));
  });
});

describe("gen diff", () => {
  it("shows what apply would do as data, and does nothing", async () => {
    const folder = made.fresh();
    edit(folder, "homelab.yaml", "172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.68");
    const { code, stdout, stderr } = await expectUntouched(folder, () => gen(folder, "diff", "--diff"));
    expect([code, stderr]).toEqual([3, ""]);
    expect(stdout).toContain(POOLS);
    expect(stdout).toContain("+      stop: 172.16.1.68");
  });

  it("says the same as JSON", async () => {
    const folder = made.fresh();
    edit(folder, "homelab.yaml", "172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.68");
    const { code, stdout } = await expectUntouched(folder, () => gen(folder, "diff", "--json"));
    expect(code).toBe(3);
    const said = JSON.parse(stdout) as { readonly changes: readonly object[] };
    expect(said).toMatchObject({ ok: false, exitCode: 3, command: "diff", written: false });
    expect(said.changes).toContainEqual({ action: "update", path: POOLS });
  });

  it("writes nothing, whatever is given", async () => {
    const { code, stderr } = await gen(made.fresh(), "diff", "--yes");
    expect(code).toBe(2);
    expect(stderr).toContain("unknown option --yes");
  });
});
