import { describe, expect, test } from "vitest";
import { z } from "zod";
import { pins } from "../../test/fixtures/pins.ts";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { known } from "../../test/fixtures/values.ts";
import { checkViews } from "../../test/fixtures/views.ts";
import { parseIp, type Ip } from "../model/address.ts";
import { pinOf } from "../model/pins.ts";
import { distributionsOf } from "../model/platform.ts";
import { talos } from "./talos.ts";
import { proxmox } from "./proxmox.ts";
import { machinesOf } from "./proxmox/machines.ts";
import { macOf } from "./proxmox/mac.ts";
import { sizeText } from "../fields/size.ts";
import { versionsView } from "./proxmox/views.ts";

const given: Given = networks["virtual machines on Proxmox"];
const plan = planOf(given);
const image = known(talos.machineImage, "Talos has an image");
const provider = pinOf(pins, "proxmox-provider");

const emitted = (path: string): string => {
  const file = [...proxmox.files(plan, [], catalog)].find(([candidate]) => candidate === path)?.[1];
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return file.content;
};

type Machines = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const machines = (of = plan) => machinesOf(of, image)["machines"] as Machines;

test("versions.tf reads every key of its view, and no other", () => {
  expect(checkViews(["platforms/proxmox/versions.tf"], [versionsView(provider)])).toEqual({
    unread: [],
    undeclared: [],
  });
});

describe("a machine", () => {
  test("is made with the defaults of Proxmox where the spec says nothing", () => {
    expect(machines()["talos-worker-1"]).toEqual({
      host: "pve1",
      role: "worker",
      address: "172.16.1.53",
      mac: "bc:24:11:10:01:35",
      cores: 4,
      memory: 8192,
      disk: 64,
      storage: "local-lvm",
      images: "local",
      bridge: "vmbr1",
      queues: 8,
      cards: [{ bridge: "vmbr1", vlan: 30, mac: "be:24:11:10:01:35" }],
    });
  });

  test("has a card for each network that pods stand in, tagged by the host or by nobody", () => {
    expect(machines()["talos-cp-1"]).toMatchObject({
      cards: [
        { bridge: "vmbr0", vlan: 30, mac: "be:24:11:10:01:32" },
        { bridge: "vmbr0", mac: "be:24:12:10:01:32" },
      ],
    });
  });

  test("is made as the spec says where it says more", () => {
    expect(machines()["talos-cp-2"]).toMatchObject({ id: 8002, vlan: 20 });
    expect(machines()["talos-cp-3"]).toMatchObject({
      mac: "bc:24:11:62:66:6e",
      mtu: 9000,
      images: "nas",
      memory: 16384,
      disk: 1024,
      queues: 8,
    });
  });

  test("has queues for XDP only where packets are handled in the driver, and never more than a card can have", () => {
    const cores = {
      nodes: { a: { ip: "172.16.1.50", role: "worker", proxmox: { host: "pve1", cores: 40 } } },
    } as const;
    const withMode = (acceleration: string) =>
      machines(planOf({ ...given, ...cores, options: { cilium: { loadBalancing: { mode: "dsr", acceleration } } } }));
    expect(withMode("native")["a"]).toMatchObject({ queues: 64 });
    expect(withMode("best-effort")["a"]).toMatchObject({ queues: 64 });
    expect(withMode("disabled")["a"]).not.toHaveProperty("queues");
  });
});

test("the API is asked at the first host, by its address", () => {
  expect(machinesOf(plan, image)["endpoint"]).toBe("https://172.16.1.2:8006/");
});

test("values are data, and the files around them are the same in every network", () => {
  expect(JSON.parse(emitted("infrastructure/proxmox/machines.auto.tfvars.json"))).toEqual(machinesOf(plan, image));
  const files = [...proxmox.files(plan, [], catalog)].filter(([path]) => path.endsWith(".tf"));
  expect(files.map(([path]) => path)).toHaveLength(4);
  for (const [path, { content }] of files) {
    for (const name of [plan.name, ...plan.nodes.map((node) => node.name)])
      expect(content, path).not.toMatch(new RegExp(`\\b${name}\\b`));
    expect(content, path).not.toMatch(/api_token|password/);
  }
});

test("every variable has a value, and every key of a machine its type", () => {
  const variables = emitted("infrastructure/proxmox/variables.tf");
  const declared = [...variables.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name);
  expect(Object.keys(machinesOf(plan, image)).sort()).toEqual(declared.sort());
  const block = variables.slice(variables.indexOf('variable "machines"'));
  const keys = [...block.matchAll(/^ {4}(\w+) +=/gm)].map(([, key]) => key);
  const all = machines();
  const sealed = machinesOf(planOf(networks["signed and sealed VMs"]), image)["machines"] as typeof all;
  const used = new Set([all, sealed].flatMap(Object.values<object>).flatMap((machine) => Object.keys(machine)));
  expect([...used].sort()).toEqual(keys.sort());
});

test("the image is the installer's, read where Renovate moves its version", () => {
  const [, pattern = ""] = /"(factory[^"]+)"/.exec(emitted("infrastructure/proxmox/image.tf")) ?? [];
  const expression = new RegExp(pattern.replaceAll("\\\\", "\\").replaceAll("?P<", "?<"));
  const talos = catalog.platforms.find(({ id }) => id === "talos");
  const patches = [...(talos?.files(plan, [], catalog) ?? [])].find(([path]) => path === "talos/patches/all.yaml")?.[1];
  expect(expression.exec(patches?.content ?? "")?.groups).toEqual({
    signed: "",
    schematic: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    version: pinOf(pins, "talosctl").version,
  });
  expect(patches?.content).toContain("factory.talos.dev/nocloud-installer/");
});

test("distributions that have an image are those it makes machines for", () => {
  expect(distributionsOf(proxmox, catalog.platforms)).toEqual(["talos", "k3s", "kubeadm"]);
  expect(distributionsOf({}, catalog.platforms)).toBeUndefined();
});

test("the provider is pinned to one version", () => {
  const versions = emitted("infrastructure/proxmox/versions.tf");
  expect(versions).toContain(`      source  = "bpg/proxmox"\n      version = "${provider.version}"\n`);
});

test.each([
  ["10.0.1.2", "bc:24:11:00:01:02"],
  ["192.168.255.10", "bc:24:11:a8:ff:0a"],
])("%s has the MAC address %s", (ip, mac) => {
  expect(macOf(parseIp(ip) as Ip)).toBe(mac);
});

describe("options", () => {
  const options = z.strictObject(proxmox.nodeOptions);

  test.each([
    ["512MiB", 512],
    ["8GiB", 8192],
    ["2 TiB", 2_097_152],
  ])("%s of memory are %d MiB", (memory, mebibytes) => {
    expect(options.parse({ proxmox: { host: "pve1", memory } })).toMatchObject({ proxmox: { memory: mebibytes } });
    expect(sizeText(mebibytes)).toBe(memory.replace(" ", ""));
  });

  test.each([
    ["memory", "8G"],
    ["memory", "0GiB"],
    ["bridge", "br 0"],
    ["storage", "a/b"],
    ["host", "PVE 1"],
  ])("%s is not %j", (key, value) => {
    expect(options.safeParse({ proxmox: { host: "pve1", [key]: value } }).success).toBe(false);
  });
});
