/** `gen add-network` and `gen remove-network`. */
import { describe, expect, it } from "vitest";
import { generators } from "../../generators/index.ts";
import { runGenerator } from "../../src/plop/adapter.ts";
import { read } from "../../src/yaml/read.ts";
import { at } from "../../src/model/unknown.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { filesOf, ok, yes } from "../support/changes.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { recordedSession } from "../support/session.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();
const k3s = repositories("--preset", "k3s-kubevip-traefik");

const IOT = ["add-network", "iot", "--cidr", "192.168.30.0/24", "--vlan", "30", "--interface", "ens19"];
const ATTACHED = [...IOT, "--attach", "home,media"];
const MULTUS = "kubernetes/apps/kube-system/multus/app/daemonset.yaml";

describe("gen add-network", () => {
  it("writes it in its short form, and remove-network takes it out again", async () => {
    const folder = made.fresh();
    const add = () => yes(folder, "add-network", "vpn", "--cidr", "10.8.0.0/24");
    expect((await add()).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toContain("networks:\n  vpn: 10.8.0.0/24\n");
    expect(textAt(folder, "docs/network.md")).toContain("10.8.0.0/24");
    const again = await expectUntouched(folder, add);
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("vpn is there already")]);
    await expectInLine(folder);
    await ok(folder, "remove-network", "vpn");
    expect(filesOf(folder)).toEqual(filesOf(made.template));
  });

  it("turns Multus on with the first that pods stand in, and everything it needs", async () => {
    const folder = made.fresh();
    const told = await ok(folder, ...ATTACHED);
    expect(textAt(folder, "homelab.yaml")).toContain("    attach:\n      - home\n      - media\n");
    expect(textAt(folder, MULTUS)).toContain("multus");
    expect(textAt(folder, "kubernetes/apps/kube-system/cilium/app/values.yaml")).toContain("exclusive: false");
    expect(textAt(folder, "talos/nodes/talos-cp-1.yaml")).toContain("ens19");
    expect(textAt(folder, "infrastructure/proxmox/machines.auto.tfvars.json")).toContain('"cards"');
    const steps = told.split("\n").filter((line) => /^ {2}\d\. /.test(line));
    for (const [index, part] of [
      "git diff",
      "let the switch ports of the nodes carry iot (192.168.30.0/24, VLAN 30)",
      "`just vms` gives the machines the card",
      "`bootstrap/talos.sh config apply` tells the machines of ens19",
      "`gen add-app … --namespace home --network iot` puts an app there",
    ].entries())
      expect(steps[index]).toContain(part);
    expect(told).toContain("by Multus, which is new here");
    await expectInLine(folder);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
    const second = await ok(
      folder,
      "add-network",
      "tv",
      "--cidr",
      "192.168.31.0/24",
      "--interface",
      "ens20",
      "--attach",
      "media",
    );
    expect(second).not.toContain("which is new here");
  });

  it("takes the long form of attach where more is said than namespaces", async () => {
    const folder = k3s.fresh();
    const told = await ok(folder, ...ATTACHED, "--attach-ipam", "static", "--attach-nodes", "k3s-4", "--tagged");
    const spec = read(textAt(folder, "homelab.yaml"), "homelab.yaml", { aliases: "refuse" }).value;
    expect(at(spec, "networks")).toEqual({
      iot: {
        cidr: "192.168.30.0/24",
        vlan: 30,
        interface: "ens19",
        tagged: true,
        attach: { namespaces: ["home", "media"], ipam: "static", nodes: ["k3s-4"] },
      },
    });
    expect(told).toContain("--network iot=ADDRESS");
    expect(told).toContain("--attach home,media --attach-ipam static --attach-nodes k3s-4 --yes");
    expect(told).toContain("see to it that ens19 is up on the nodes");
    await expectInLine(folder);
  });

  it("asks where nothing was said", async () => {
    const folder = made.fresh();
    const run = (name: string, answers: readonly (string | boolean)[]) =>
      runGenerator(name, generators(catalog), recordedSession({ cwd: folder, catalog, answers }));
    expect((await run("add-network", ["iot", "192.168.30.0/24", "30", "home", "ens19", true])).applied).toBeDefined();
    expect(textAt(folder, MULTUS)).toContain("multus");
    expect((await run("remove-network", ["iot", true])).applied).toBeDefined();
    expect((await run("add-network", ["vpn", "10.8.0.0/24", "", "", true])).applied).toBeDefined();
    expect(textAt(folder, "homelab.yaml")).toContain("networks:\n  vpn: 10.8.0.0/24\n");
  });

  it("needs the user for a name that is another network", async () => {
    const folder = made.fresh();
    await ok(folder, "add-network", "vpn", "--cidr", "10.8.0.0/24");
    const { code, stderr } = await expectUntouched(folder, () =>
      yes(folder, "add-network", "vpn", "--cidr", "10.9.0.0/24"),
    );
    expect([code, stderr]).toEqual([3, expect.stringContaining("networks.vpn is there already")]);
  });

  it.each([
    [[], "add-network needs a name and its addresses"],
    [["vpn"], "add-network needs a name and its addresses"],
    [["The VPN", "--cidr", "10.8.0.0/24"], "is not a name"],
    [["vpn", "--cidr", "10.8.0.5/24"], "10.8.0.0/24"],
    [["vpn", "--cidr", "10.8.0.0/24", "--vlan", "9999"], "vlan"],
    [["vpn", "--cidr", "172.16.1.0/25"], "error[NET-"],
    [["iot", "--cidr", "192.168.30.0/24", "--attach", "home"], "error[ATTACH-CARD]"],
    [
      ["iot", "--cidr", "192.168.30.0/24", "--interface", "ens19", "--attach", "home", "--attach-nodes", "pve1"],
      "error[ATTACH-",
    ],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () => yes(made.template, "add-network", ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("gen remove-network", () => {
  it("gives back what the first attachment changed, and says what nodes have to lose", async () => {
    const folder = made.fresh();
    await ok(folder, ...ATTACHED);
    const told = await ok(folder, "remove-network", "iot");
    expect(told).toContain("Multus goes too");
    expect(told).toContain("rm -f /host/etc/cni/net.d/00-multus.conf");
    expect(filesOf(folder)).toEqual(filesOf(made.template));
  });

  it("names the pods that still stand there", async () => {
    const folder = made.fresh();
    await ok(folder, ...ATTACHED);
    const app = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8123", "--namespace", "home", "--network", "iot"];
    await ok(folder, "add-app", "hass", ...app);
    const { code, stderr } = await expectUntouched(folder, () => yes(folder, "remove-network", "iot"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("pods still stand in iot:\n")]);
    expect(stderr).toContain("the app hass: kubernetes/apps/home/hass/app/values.yaml:");
    edit(folder, "kubernetes/apps/home/hass/app/values.yaml", /.*k8s.v1.cni.cncf.io\/networks.*\n/, "");
    edit(folder, "kubernetes/apps/home/hass/ks.yaml", /.*attachments-home.*\n/, "");
    await ok(folder, "remove-network", "iot");
  });

  it("leaves a namespace where other apps stand in it", async () => {
    const folder = made.fresh();
    const app = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"];
    await ok(folder, "add-app", "jellyfin", ...app);
    const before = filesOf(folder);
    await ok(folder, ...ATTACHED);
    await ok(folder, "remove-network", "iot");
    for (const path of ["kustomization.yaml", "media/kustomization.yaml", "media/namespace.yaml"])
      expect(filesOf(folder)[`kubernetes/apps/${path}`], path).toEqual(before[`kubernetes/apps/${path}`]);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
    await expectInLine(folder);
  });

  it("keeps comments and the others", async () => {
    const folder = made.fresh();
    const networks =
      "networks:\n  vpn: 10.8.0.0/24 # abroad\n  iot: 192.168.30.0/24 # lamps\n  # guests\n  guests: 192.168.40.0/24\n";
    edit(folder, "homelab.yaml", "\ncluster:\n", `\n${networks}\ncluster:\n`);
    await ok(folder, "apply");
    const before = textAt(folder, "homelab.yaml");
    await ok(folder, "remove-network", "iot");
    expect(textAt(folder, "homelab.yaml")).toBe(before.replace("  iot: 192.168.30.0/24 # lamps\n", ""));
    await expectInLine(folder);
  });

  it.each([
    [[], "networks of homelab.yaml has none"],
    [["iot"], "homelab.yaml has no network iot"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () => yes(made.template, "remove-network", ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
