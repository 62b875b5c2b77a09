import { describe, expect, test } from "vitest";
import { z } from "zod";
import { networkOf } from "../../test/fixtures/network.ts";
import { pins } from "../../test/fixtures/pins.ts";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { checkViews } from "../../test/fixtures/views.ts";
import { pinOf } from "../model/pins.ts";
import type { View } from "../model/unit.ts";
import type { Plan } from "../model/plan.ts";
import { readDocuments } from "../yaml/documents.ts";
import { bootstrapTemplates, bootstrapView } from "./bootstrapPage.ts";
import { bareMetal } from "./bare-metal.ts";
import { talos } from "./talos.ts";
import { schematicOf } from "./talos/schematic.ts";
import { allView, controlPlaneView, docsView, nodeView, schematicView, scriptView } from "./talos/views.ts";

const plans = Object.values(networks).map((given: Given) => planOf(given));
const talosPin = pinOf(pins, "talosctl");
const machinesOf = ({ cluster }: Plan) => catalog.platforms.find(({ id }) => id === cluster.hardware)?.machines;
const schematic = (plan: Plan) => schematicOf(plan, machinesOf(plan));

function emitted(given: Given, path: string): string {
  const plan = planOf(given);
  const file = [...talos.files(plan, [], catalog)].find(([candidate]) => candidate === path)?.[1];
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return file.content;
}

const docsViewOf = (plan: Plan): View => ({
  ...bootstrapView(plan, networkOf(plan).units, catalog),
  ...docsView(plan, { talos: talosPin, schematic: schematic(plan), machines: machinesOf(plan) }),
});

type Document = Readonly<Record<string, unknown>>;
const documents = (given: Given, path: string) => readDocuments(emitted(given, path), path) as readonly Document[];
const kinds = (given: Given, path: string) => documents(given, path).map(({ kind = "Config" }) => kind);

describe("templates read every key of their view, and no other", () => {
  const cases: readonly [template: string, view: (plan: Plan) => View | readonly View[]][] = [
    ["talos/patches/all.yaml", (plan) => allView(plan, talosPin, schematic(plan))],
    ["talos/patches/controlplane.yaml", controlPlaneView],
    ["talos/node.yaml", (plan) => plan.nodes.map((node) => nodeView(node, plan, talosPin, machinesOf(plan)))],
    ["bootstrap/talos.sh", (plan) => scriptView(plan)],
    ["talos/schematic.yaml", (plan) => [schematicView(schematic(plan)), schematicView(schematic(plan), "amd")]],
  ];
  test.each(cases)("%s", (template, view) => {
    expect(checkViews([`platforms/talos/${template}`], plans.flatMap(view))).toEqual({ unread: [], undeclared: [] });
  });
});

test("so do those of the page about the first start", () => {
  expect(checkViews(bootstrapTemplates("platforms/talos/docs"), plans.map(docsViewOf))).toEqual({
    unread: [],
    undeclared: [],
  });
});

describe("a machine", () => {
  test("has its name, address and router on the interface it names", () => {
    expect(documents({}, "talos/nodes/talos-worker-1.yaml")).toEqual([
      { machine: { install: { disk: "/dev/sda" } } },
      { apiVersion: "v1alpha1", kind: "HostnameConfig", hostname: "talos-worker-1", auto: "off" },
      {
        apiVersion: "v1alpha1",
        kind: "LinkConfig",
        name: "ens18",
        up: true,
        addresses: [{ address: "172.16.1.53/24" }],
        routes: [{ gateway: "172.16.1.1" }],
      },
    ]);
  });

  test("has a link on its own card for pods of a VLAN, and no address there", () => {
    const links = documents(networks["pods in a VLAN of the card of the nodes"], "talos/nodes/talos-worker-1.yaml");
    expect(links.slice(2)).toMatchObject([
      { kind: "LinkConfig", name: "ens18" },
      { kind: "VLANConfig", name: "ens18.30", vlanID: 30, parent: "ens18", up: true },
    ]);
    expect(links[3]).not.toHaveProperty("addresses");
  });

  test("finds cards that were made for pods by their MAC addresses, where it has any", () => {
    const links = (name: string) => documents(networks["virtual machines on Proxmox"], `talos/nodes/${name}.yaml`);
    expect(links("talos-cp-1").slice(4)).toMatchObject([
      { kind: "LinkAliasConfig", name: "net1", selector: { match: expect.stringContaining("be:24:11:10:01:32") } },
      { kind: "LinkAliasConfig", name: "net2", selector: { match: expect.stringContaining("be:24:12:10:01:32") } },
      { kind: "LinkConfig", name: "net1", up: true },
      { kind: "LinkConfig", name: "net2", up: true },
      { kind: "VLANConfig", name: "ens20.31", vlanID: 31, parent: "net2", up: true },
      {},
    ]);
    expect(links("talos-worker-1").map((document) => (document as { name?: string }).name)).not.toContain("net2");
  });

  test("is found by MAC address where one is given, in lower case as Talos prints it", () => {
    const path = "clusters/home/talos/nodes/talos-cp-3.yaml";
    expect(documents(networks["three control planes kept free, two workers"], path)).toMatchObject([
      {},
      {},
      { kind: "LinkAliasConfig", name: "net0", selector: { match: 'mac(link.permanent_addr) == "bc:24:11:62:66:6e"' } },
      { kind: "LinkConfig", name: "net0" },
      { kind: "Layer2VIPConfig", name: "172.16.1.49", link: "net0" },
    ]);
  });

  test("carries the address of the API only as a control plane, and only where that is chosen", () => {
    expect(kinds({}, "talos/nodes/talos-cp-1.yaml")).toContain("Layer2VIPConfig");
    expect(kinds({}, "talos/nodes/talos-worker-1.yaml")).not.toContain("Layer2VIPConfig");
    expect(kinds(networks["one node"], "talos/nodes/talos-1.yaml")).not.toContain("Layer2VIPConfig");
  });

  test("has its address on a VLAN over a bond, where both are asked for", () => {
    const given = networks["bonds, VLANs and disks by what they are"];
    expect(documents(given, "talos/nodes/talos-cp-1.yaml")).toMatchObject([
      { machine: { install: { diskSelector: { type: "nvme", size: "<= 1TB" } } } },
      { kind: "HostnameConfig" },
      { kind: "BondConfig", name: "bond0", links: ["eno1", "eno2"], bondMode: "802.3ad", mtu: 9000, up: true },
      {
        kind: "VLANConfig",
        name: "bond0.20",
        parent: "bond0",
        vlanID: 20,
        mtu: 9000,
        addresses: [{ address: "172.16.1.50/24" }],
        routes: [{ gateway: "172.16.1.1" }],
      },
      { kind: "Layer2VIPConfig", link: "bond0.20" },
    ]);
    expect(documents(given, "talos/nodes/talos-cp-1.yaml")[2]).not.toHaveProperty("addresses");
    expect(documents(given, "talos/nodes/talos-cp-2.yaml")[2]).toMatchObject({
      kind: "BondConfig",
      bondMode: "active-backup",
      addresses: [{ address: "172.16.1.51/24" }],
    });
    expect(documents(given, "talos/nodes/talos-cp-3.yaml")[4]).toMatchObject({ kind: "VLANConfig", parent: "net0" });
  });

  test("without an interface is our bug: a rule has refused it before", () => {
    const plan = planOf({ nodes: { "talos-1": { ip: "172.16.1.50", role: "control-plane" } } });
    expect(() => talos.files(plan, [], catalog)).toThrow("talos-1 names no network interface");
  });
});

describe("patches", () => {
  test("leave the pod network and kube-proxy to Cilium, and KubePrism where it looks for it (TAL-01, R-TAL-04)", () => {
    expect(documents({}, "talos/patches/all.yaml")[0]).toMatchObject({
      cluster: { network: { cni: { name: "none" } }, proxy: { disabled: true } },
      machine: { features: { kubePrism: { enabled: true, port: 7445 } } },
    });
  });

  test("let kubelets ask for their certificates only where that is chosen", () => {
    const kubelet = (given: Given) => documents(given, "talos/patches/all.yaml")[0]?.["machine"];
    const rotate = { kubelet: { extraArgs: { "rotate-server-certificates": "true" } } };
    expect(kubelet({ cluster: { rotateServerCertificates: true } })).toMatchObject(rotate);
    expect(kubelet({})).not.toMatchObject(rotate);
  });

  test("name time servers where there are any", () => {
    expect(kinds({}, "talos/patches/all.yaml")).toEqual(["Config", "ResolverConfig", "TimeSyncConfig"]);
    expect(kinds({ ntp: [] }, "talos/patches/all.yaml")).toEqual(["Config", "ResolverConfig"]);
  });

  test("let control planes announce addresses when they carry pods, and not when they are kept free (MLB-05)", () => {
    const label = { "node.kubernetes.io/exclude-from-external-load-balancers": { $patch: "delete" } };
    expect(documents({}, "talos/patches/controlplane.yaml")[0]).toMatchObject({
      machine: { nodeLabels: label },
      cluster: { allowSchedulingOnControlPlanes: true },
    });
    const kept = documents({ cluster: { workloadsOnControlPlanes: false } }, "talos/patches/controlplane.yaml")[0];
    expect(kept).toMatchObject({ cluster: { allowSchedulingOnControlPlanes: false } });
    expect(kept).not.toHaveProperty("machine");
  });

  test("leave out their CoreDNS where one of ours answers", () => {
    const path = "talos/patches/controlplane.yaml";
    expect(documents({}, path)[0]).toMatchObject({ cluster: { coreDNS: { disabled: true } } });
    const plan = planOf();
    const without = { ...plan, chosen: plan.chosen.filter(({ component }) => component.id !== "coredns") };
    const file = [...talos.files(without, [], catalog)].find(([candidate]) => candidate === path)?.[1];
    expect(file?.content).not.toContain("coreDNS");
  });
});

describe("bootstrap/talos.sh", () => {
  test("knows control planes first and starts etcd on the first of them", () => {
    const given: Given = {
      nodes: {
        "a-worker": { ip: "172.16.1.60", role: "worker", interface: "ens18" },
        "a-plane": { ip: "172.16.1.50", role: "control-plane", interface: "ens18" },
      },
    };
    const script = emitted(given, "bootstrap/talos.sh");
    expect(script).toContain("machines=(\n  controlplane:a-plane:172.16.1.50\n  worker:a-worker:172.16.1.60\n)\n");
    expect(script).toContain("endpoints=(\n  172.16.1.50\n)\n");
    expect(script).toContain("\nendpoint=https://172.16.1.49:6443\n");
  });

  test("reads the version of Talos from the patch, so that Renovate moves it in one place", () => {
    expect(emitted({}, "bootstrap/talos.sh")).not.toContain(talosPin.version);
    const expression = /s\|(.*)\|\\1\|p/.exec(emitted({}, "bootstrap/talos.sh"))?.[1] ?? "";
    const pattern = new RegExp(expression.replaceAll("\\(", "(").replaceAll("\\)", ")"), "m");
    expect(pattern.exec(emitted({}, "talos/patches/all.yaml"))?.[1]).toBe(talosPin.version);
  });
});

test("one page says how machines are booted, another how they are made where the repository makes them", () => {
  const pageOf = (given: Given) => emitted(given, "docs/bootstrap.md");
  expect(pageOf({})).toContain("/metal-amd64.iso>");
  expect(pageOf({})).not.toContain("proxmox.md");
  expect(pageOf(networks["virtual machines on Proxmox"])).toContain("(proxmox.md)");
  expect(pageOf(networks["virtual machines on Proxmox"])).not.toContain("ADDRESS-ON-SCREEN");
});

describe("options of a machine", () => {
  const machine = z.strictObject(talos.nodeOptions);

  test("have no disk unless told: it is erased", () => expect(machine.parse({})).toEqual({}));

  test.each([
    ["vlan", 4095],
    ["mtu", 1000],
    ["bond", { interfaces: [] }],
    ["diskSelector", { colour: "red" }],
  ])("%s is not %j, whatever it is", (key, value) => {
    expect(machine.safeParse({ [key]: value }).success).toBe(false);
  });

  test.each([
    ["disk", "sda"],
    ["disk", "/dev/sda; reboot"],
    ["interface", "a-name-that-is-too-long"],
    ["interface", "eth 0"],
    ["mac", "bc:24:11:62:66"],
    ["mac", "bc-24-11-62-66-6e"],
    ["diskSelector", { size: "large" }],
    ["bond", { interfaces: ["eno 1"] }],
  ])("%s is not %j", (key, value) => {
    expect(machine.safeParse({ [key]: value }).error?.issues[0]?.message).toMatch(/^expected /);
  });
});

test("machines somebody starts need no files", () => {
  const plan = plans[0] as (typeof plans)[0] & object;
  expect([...bareMetal.files(plan, [], catalog)]).toEqual([]);
  expect(bareMetal.early(plan)).toEqual([]);
});
