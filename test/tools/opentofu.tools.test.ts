/** Needs HOMELAB_NET_TOOLS: what describes the machines, read by OpenTofu and checked against the schema of its provider. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { proxmox } from "../../src/platforms/proxmox.ts";
import { talos } from "../../src/platforms/talos.ts";
import { compileTemplates } from "../../src/render/compile/compileTemplates.ts";
import { hostile } from "../../src/yaml/hostile.fixture.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { networks } from "../fixtures/givens.ts";
import { planOf } from "../fixtures/plan.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { tofuIn, type Tofu } from "../support/opentofu.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const SLOW = 300_000;
const FOLDER = "infrastructure/proxmox";

/** The emitted files OpenTofu sees, in a folder of their own. */
function emitted(network: keyof typeof networks = "virtual machines on Proxmox"): string {
  const plan = planOf(networks[network]);
  const root = temporaryFolder("proxmox");
  const trees = [talos, proxmox].flatMap((platform) => [...platform.files(plan, [], catalog)]);
  writeFiles(root, Object.fromEntries(trees.map(([path, { content }]) => [path, content])));
  return join(root, FOLDER);
}

function change(folder: string, file: string, find: string, replace: string): void {
  const text = readFileSync(join(folder, file), "utf8");
  if (!text.includes(find)) throw new Error(`${file} has no ${find}`);
  writeFileSync(
    join(folder, file),
    text.replace(find, () => replace),
  );
}

describe("the machines", () => {
  let folder: string;
  let tofu: Tofu;
  beforeAll(async () => {
    folder = emitted();
    tofu = await tofuIn(folder);
    const { code, stderr } = await tofu(["init", "-input=false"]);
    if (code !== 0) throw new Error(stderr);
  }, SLOW);

  test("are written as OpenTofu writes them", async () => {
    expect(await tofu(["fmt", "-check", "-diff"])).toMatchObject({ code: 0, stdout: "" });
  });

  test("are valid for the provider", { timeout: SLOW }, async () => {
    const { code, stdout } = await tofu(["validate"]);
    expect(stdout).toContain("The configuration is valid");
    expect(code).toBe(0);
  });

  test("are planned as the network says", { timeout: SLOW }, async () => {
    const planned = await tofu(["plan", "-input=false", "-refresh=false", "-out=it"]);
    expect(planned.stderr).toBe("");
    expect(planned.stdout).toContain("Plan: 7 to add, 0 to change, 0 to destroy.");
    const resources = resourcesOf((await tofu(["show", "-json", "it"])).stdout);
    expect(resources.get('proxmox_virtual_environment_vm.machine["talos-cp-3"]')).toMatchObject({
      node_name: "pve2",
      scsi_hardware: "virtio-scsi-pci",
      network_device: [
        { mac_address: "BC:24:11:62:66:6E", mtu: 9000, queues: 8, bridge: "vmbr0" },
        { mac_address: "BE:24:11:10:01:34", vlan_id: 30, bridge: "vmbr0", firewall: false },
      ],
      memory: [{ dedicated: 16_384, floating: 0 }],
      disk: [{ size: 1024, interface: "scsi0" }],
      initialization: [{ ip_config: [{ ipv4: [{ address: "172.16.1.52/24", gateway: "172.16.1.1" }] }] }],
    });
    expect(resources.get('proxmox_virtual_environment_vm.machine["talos-cp-1"]')).toMatchObject({
      machine: "q35",
      hostpci: [{ device: "hostpci0", mapping: "gpu", pcie: true }],
    });
    expect(resources.get('proxmox_download_file.image["pve2/nas"]')).toMatchObject({
      node_name: "pve2",
      datastore_id: "nas",
      url: expect.stringMatching(/\/image\/[0-9a-f]{64}\/v1\.13\.\d+\/nocloud-amd64\.iso$/) as string,
    });
  });
});

test("machines that start signed have keys in a TPM, and the signed image", { timeout: SLOW }, async () => {
  const tofu = await tofuIn(emitted("signed and sealed VMs"));
  expect(await tofu(["init", "-input=false"])).toMatchObject({ code: 0 });
  expect(await tofu(["validate"])).toMatchObject({ code: 0 });
  expect((await tofu(["plan", "-input=false", "-refresh=false", "-out=it"])).stderr).toBe("");
  const resources = resourcesOf((await tofu(["show", "-json", "it"])).stdout);
  expect(resources.get('proxmox_virtual_environment_vm.machine["talos-1"]')).toMatchObject({
    efi_disk: [{ pre_enrolled_keys: false }],
    tpm_state: [{ datastore_id: "local-lvm", version: "v2.0" }],
  });
  expect(resources.get('proxmox_download_file.image["pve1/local"]')?.["url"]).toMatch(
    /\/nocloud-amd64-secureboot\.iso$/,
  );
});

const KEYS = { ".ssh/id_ed25519.pub": "# of this workstation\n\nssh-ed25519 AAAA me@here\n ssh-rsa AAAB you@there \n" };

const onLinux = emittedNetworks.filter(
  ({ plan: { cluster } }) => cluster.hardware === "proxmox" && cluster.distribution !== "talos",
);

test("there are machines with a Linux for both distributions", () => {
  expect(onLinux.map(({ plan }) => plan.cluster.distribution).sort()).toEqual(["k3s", "kubeadm"]);
});

describe.each(onLinux)("$name", ({ plan, tree, prefix }) => {
  let folder: string;
  let tofu: Tofu;
  beforeAll(async () => {
    const root = temporaryFolder("proxmox");
    writeFiles(root, Object.fromEntries([...tree].map(([path, { content }]) => [path.slice(prefix.length), content])));
    folder = join(root, FOLDER);
    tofu = await tofuIn(folder, KEYS);
    const { code, stderr } = await tofu(["init", "-input=false"]);
    if (code !== 0) throw new Error(stderr);
  }, SLOW);

  test("is written as OpenTofu writes it, and valid for the provider", { timeout: SLOW }, async () => {
    expect(await tofu(["fmt", "-check", "-diff"])).toMatchObject({ code: 0, stdout: "" });
    expect(await tofu(["validate"])).toMatchObject({ code: 0 });
  });

  test("is planned as the network says, with the keys of whoever plans", { timeout: SLOW }, async () => {
    const planned = await tofu(["plan", "-input=false", "-refresh=false", "-out=it"]);
    expect(planned.stderr).toBe("");
    const resources = resourcesOf((await tofu(["show", "-json", "it"])).stdout);
    for (const node of plan.nodes) {
      const machine = resources.get(`proxmox_virtual_environment_vm.machine["${node.name}"]`);
      const [ipv4, ipv6] = node.ips;
      expect(machine).toMatchObject({
        node_name: node.made?.host,
        boot_order: ["scsi0"],
        disk: [{ size: 64, interface: "scsi0" }],
        initialization: [
          {
            interface: "scsi1",
            user_account: [
              { username: node.options["sshUser"], keys: ["ssh-ed25519 AAAA me@here", "ssh-rsa AAAB you@there"] },
            ],
            ip_config: [
              {
                ipv4: [{ address: `${ipv4}/24`, gateway: "172.16.1.1" }],
                ipv6: ipv6 === undefined ? [] : [{ address: `${ipv6}/64`, gateway: "fe80::1" }],
              },
            ],
            dns: [{ servers: plan.lan.dns }],
          },
        ],
      });
      expect(machine?.["network_device"]).toHaveLength(1 + (node.made?.cards.length ?? 0));
    }
    const images = [...resources].filter(([address]) => address.startsWith("proxmox_download_file."));
    expect(images).toHaveLength(new Set(plan.nodes.map(({ made }) => made?.host)).size);
    for (const [, image] of images)
      expect(image).toMatchObject({
        content_type: "import",
        checksum_algorithm: "sha512",
        file_name: "ragas-debian-13.qcow2",
      });
  });

  test("is not planned without a key, and the message says what to do", { timeout: SLOW }, async () => {
    const keyless = await tofuIn(folder);
    const missing = await keyless(["plan", "-input=false", "-refresh=false"]);
    expect(missing.code).not.toBe(0);
    expect(missing.stderr.replace(/[│\s]+/g, " ")).toContain(
      "There is no file ~/.ssh/id_ed25519.pub, and without a key nobody can log in to the machines. Make one with ssh-keygen",
    );
    const empty = await tofuIn(folder, { ".ssh/id_ed25519.pub": "# none\n" });
    const { code, stderr } = await empty(["plan", "-input=false", "-refresh=false"]);
    expect(code).not.toBe(0);
    expect(stderr.replace(/[│\s]+/g, " ")).toContain("has no key in it");
  });
});

const resourcesOf = (shown: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> =>
  new Map(
    (JSON.parse(shown) as Planned).planned_values.root_module.resources.map(({ address, values }) => [address, values]),
  );

interface Planned {
  readonly planned_values: {
    readonly root_module: {
      readonly resources: readonly { readonly address: string; readonly values: Readonly<Record<string, unknown>> }[];
    };
  };
}

describe("OpenTofu refuses", () => {
  test.each([
    ["a key the provider has not", "machines.tf", "scsi_hardware = ", "scsi_hardwares = ", ["validate"]],
    ["a variable nobody declares", "machines.tf", "var.network.router", "var.network.routers", ["validate"]],
    ["a machine without memory", "machines.auto.tfvars.json", '"memory"', '"memories"', ["plan", "-refresh=false"]],
    ["another version of the provider", "versions.tf", '.111.1"', '.111.0"', ["validate"]],
    ["lines out of place", "machines.tf", "  name        =", "  name =", ["fmt", "-check"]],
  ])("%s", { timeout: SLOW }, async (_, file, find, replace, command) => {
    const folder = emitted();
    change(folder, file, find, replace);
    const tofu = await tofuIn(folder);
    await tofu(["init", "-input=false"]);
    expect((await tofu([...command])).code).not.toBe(0);
  });
});

test("OpenTofu reads back every text that is escaped for it", { timeout: SLOW }, async () => {
  const templates = compileTemplates({
    "a.tf.hbs":
      'output "texts" {\n  value = {{block texts}}\n}\n{{#each texts}}\noutput {{str "text" @index}} {\n  value = {{this}}\n}\n{{/each}}\n',
  });
  const templatish = fc.stringMatching(/^[$%{}"\\a]{0,12}$/);
  const texts = fc.sample(fc.oneof(hostile, templatish), { numRuns: 500, seed: 1 });
  const folder = temporaryFolder("texts");
  writeFiles(folder, { "a.tf": templates.render("a.tf", { texts }) });
  const tofu = await tofuIn(folder);
  const { code, stderr } = await tofu(["apply", "-auto-approve"]);
  expect([code, stderr]).toEqual([0, ""]);
  const outputs = JSON.parse((await tofu(["output", "-json"])).stdout) as Record<string, { readonly value: unknown }>;
  // OpenTofu keeps texts in Unicode's composed form (zclconf/go-cty, cty.StringVal).
  const kept = texts.map((text) => text.replace(/\p{Cs}/gu, "\ufffd").normalize("NFC"));
  expect(outputs["texts"]?.value).toEqual(kept);
  expect(kept.map((_, index) => outputs[`text${index}`]?.value)).toEqual(kept);
});
