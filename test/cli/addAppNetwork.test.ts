import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();

const IMAGE = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8123", "--namespace", "home"] as const;
const APP = "kubernetes/apps/home/hass";
const ATTACHMENTS = "attach: { name: things, namespaces: [home] }";
const NETWORKS = `networks:
  iot: { cidr: 192.168.30.0/24, vlan: 30, interface: ens19, ${ATTACHMENTS} }
  fixed:
    cidr: 192.168.31.0/24
    interface: ens20
    attach: { ipam: static, namespaces: [home], nodes: [talos-worker-1] }
  vpn: 10.8.0.0/24

cluster:
`;

/** With networks in homelab.yaml, applied. */
async function withNetworks(): Promise<string> {
  const folder = made.fresh();
  edit(folder, "homelab.yaml", "cluster:\n", NETWORKS);
  const applied = await gen(folder, "apply", "--yes");
  expect(applied.code, applied.stderr).toBe(0);
  return folder;
}

describe("gen add-app --network", () => {
  it.each([[[]], [["--manifests"]]])("gives the pod an interface, which check finds in order (%s)", async (more) => {
    const folder = await withNetworks();
    const args = ["add-app", "hass", ...IMAGE, ...more, "--network", "iot", "--yes"];
    const added = await gen(folder, ...args);
    expect(added.code, added.stderr).toBe(0);
    expect(added.stderr).toContain("second interface: things, address by DHCP");
    const file = more.length > 0 ? "deployment.yaml" : "values.yaml";
    expect(textAt(folder, `${APP}/app/${file}`)).toContain("k8s.v1.cni.cncf.io/networks: things\n");
    expect(textAt(folder, `${APP}/ks.yaml`)).toContain("- name: attachments-home\n");
    const again = await expectUntouched(folder, () => gen(folder, ...args));
    expect(again.stderr).toContain("nothing to do");
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
  });

  it("gives it the address, one pod at a time, on the nodes that stand there", async () => {
    const folder = await withNetworks();
    const added = await gen(folder, "add-app", "hass", ...IMAGE, "--network", "fixed=192.168.31.9", "--yes");
    expect(added.code, added.stderr).toBe(0);
    const values = textAt(folder, `${APP}/app/values.yaml`);
    expect(values).toContain(String.raw`"[{\"name\":\"fixed\",\"ips\":[\"192.168.31.9/24\"]}]"`);
    expect(values).toContain("strategy: Recreate");
    expect(values).toMatch(/kubernetes\.io\/hostname\n\s+operator: In\n\s+values:\n\s+- talos-worker-1/);
  });

  it.each([
    [["--network", "iot", "--network", "iot"], "--network iot stands twice"],
    [["--network", "itt"], "did you mean iot?"],
    [["--network", "vpn"], "homelab.yaml says no attach there"],
    [["--network", "iot=192.168.30.9"], "the DHCP server of iot gives the addresses"],
    [["--network", "fixed"], "nobody gives addresses in fixed but you"],
    [["--network", "fixed=192.168.30.9"], "192.168.30.9 is not in the network fixed"],
    [["--network", "fixed=192.168.31.0"], "192.168.31.0 is the address of the network fixed itself"],
    [["--network", "fixed=nine"], "nine is not an IP address"],
  ])("refuses %s", async (more, why) => {
    const folder = await withNetworks();
    const refused = await expectUntouched(folder, () => gen(folder, "add-app", "hass", ...IMAGE, ...more, "--yes"));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(why);
  });

  it("says how a namespace comes to it, and an app that is there already stays as it is", async () => {
    const folder = await withNetworks();
    const media = ["add-app", "lamps", ...IMAGE.map((word) => (word === "home" ? "media" : word)), "--yes"];
    const refused = await gen(folder, ...media, "--network", "iot");
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining("add media to networks.iot.attach.namespaces in homelab.yaml, and run gen apply first"),
    ]);
    expect((await gen(folder, ...media)).code).toBe(0);
    edit(folder, "homelab.yaml", "namespaces: [home] } }", "namespaces: [home, media] } }");
    const applied = await gen(folder, "apply", "--yes");
    expect(applied.code, applied.stderr).toBe(0);
    await expectInLine(folder);
    const list = textAt(folder, "kubernetes/apps/media/kustomization.yaml");
    expect(list).toContain("./lamps/ks.yaml");
    expect(list).toContain("./attachments-media/ks.yaml");
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
  });

  it("is not for charts", async () => {
    const folder = made.fresh();
    const refused = await gen(
      folder,
      "add-app",
      "a",
      "--chart",
      "oci://r.io/a:1.0.0",
      "--namespace",
      "home",
      "--network",
      "iot",
      "--yes",
    );
    expect(refused.stderr).toContain("--network is for images");
  });

  it("is missed where somebody takes the network away", async () => {
    const folder = await withNetworks();
    await gen(folder, "add-app", "hass", ...IMAGE, "--network", "iot", "--yes");
    writeFileSync(join(folder, "homelab.yaml"), textAt(folder, "homelab.yaml").replace(`, ${ATTACHMENTS}`, ""));
    expect((await gen(folder, "apply", "--yes")).code).toBe(0);
    const checked = await gen(folder, "check");
    expect([checked.code, checked.stdout]).toEqual([2, expect.stringContaining("ATTACH-MISSING")]);
  });
});
