/** Machines with a Linux, as whole networks: a plan by hand is Talos'. */
import { describe, expect, test } from "vitest";
import { emittedCatalog as catalog, emittedNetworks } from "../../../test/fixtures/emitted.ts";
import { networks } from "../../../test/fixtures/givens.ts";
import { planOf } from "../../../test/fixtures/plan.ts";
import { known } from "../../../test/fixtures/values.ts";
import { checkViews } from "../../../test/fixtures/views.ts";
import { talos } from "../talos.ts";
import { cardsView, hasLinks } from "./cards.ts";
import { docsView, scriptView } from "./views.ts";

const onLinux = emittedNetworks
  .filter(({ plan: { cluster } }) => cluster.hardware === "proxmox" && cluster.distribution !== "talos")
  .map((network) => {
    const own = catalog.platforms.find(({ id }) => id === network.plan.cluster.distribution)?.machineImage;
    if (own?.kind !== "cloud-image") throw new Error(`${network.name} starts from no image of a disk`);
    return { ...network, image: own };
  });

const installed = docsView(
  planOf(networks["virtual machines on Proxmox"]),
  known(talos.machineImage, "Talos has an image"),
);

type Machines = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

test.each([
  ["docs/proxmox.md", [installed, ...onLinux.map(({ plan, image }) => docsView(plan, image))]],
  ["cloud-image/vms.sh", onLinux.map(({ plan, image }) => scriptView(plan, image))],
  [
    "cloud-image/cards.yaml",
    onLinux.flatMap(({ plan }) => plan.nodes.map((node) => cardsView(node, plan)).filter(hasLinks)),
  ],
])("%s reads every key of its view, and no other", (template, views) => {
  expect(checkViews([`platforms/proxmox/${template}`], views)).toEqual({ unread: [], undeclared: [] });
});

describe.each(onLinux)("$name", ({ plan: own, tree, prefix, image: started }) => {
  const text = (path: string): string =>
    [...tree].find(([candidate]) => candidate === `${prefix}${path}`)?.[1].content ?? "";
  const data = JSON.parse(text("infrastructure/proxmox/machines.auto.tfvars.json")) as Record<string, unknown>;

  test("every variable has a value, and every key its type, but for the key of whoever makes the machines", () => {
    const variables = text("infrastructure/proxmox/variables.tf");
    const declared = [...variables.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name);
    expect([...Object.keys(data), "ssh_public_key"].sort()).toEqual(declared.sort());
    const block = variables.slice(variables.indexOf('variable "machines"'));
    const keys = new Set([...block.matchAll(/^ {4}(\w+) +=/gm)].map(([, key]) => key));
    const used = Object.values(data["machines"] as Machines).flatMap((machine) => Object.keys(machine));
    expect(used.filter((key) => !keys.has(key))).toEqual([]);
  });

  test("a machine has from its first start what the scripts need: its addresses, and a user that they log in as", () => {
    for (const node of own.nodes) {
      const machine = (data["machines"] as Machines)[node.name];
      expect(machine?.["user"]).toBe(node.options["sshUser"]);
      const addresses = Object.values(machine?.["addresses"] as Record<string, { address: string }>);
      expect(addresses.map(({ address }) => address.replace(/\/.*/, ""))).toEqual(node.ips);
      expect(text("bootstrap/vms.sh")).toContain(`  ${node.name}:${String(node.options["sshUser"])}:${node.ip}\n`);
    }
  });

  test("nodes are told of the card that the machine has", () => {
    expect(own.nodes.map(({ options }) => options["interface"])).toEqual(own.nodes.map(() => "eth0"));
  });

  test("a machine is as large as its distribution asks", () => {
    for (const { made, role } of own.nodes) expect(made?.least).toEqual(started.least[role]);
  });

  test("the image is one of a day, and its sum one of SHA-512", () => {
    expect(started.url).toMatch(/\/trixie\/(\d{8}-\d+)\/debian-13-generic-amd64-\1\.qcow2$/);
    expect(started.sha512).toMatch(/^[0-9a-f]{128}$/);
    expect(data["image"]).toEqual({ system: "debian-13", url: started.url, sha512: started.sha512 });
  });

  test("nothing about a first start touches a machine that runs", () => {
    expect(text("infrastructure/proxmox/machines.tf")).toContain(
      "ignore_changes = [disk[0].import_from, initialization, hostpci]",
    );
  });
});

test("cards of a machine are called as homelab.yaml calls them, and have no address of it", () => {
  const network = onLinux.find(({ plan: { networks: others } }) => others.length > 0);
  const worker = network?.plan.nodes.find(({ name }) => name === "talos-worker-1");
  const without = { dhcp4: false, dhcp6: false, "accept-ra": false, "link-local": [], optional: true };
  expect(network && worker && cardsView(worker, network.plan)).toEqual({
    name: "talos-worker-1",
    cards: { iot0: { match: { macaddress: "be:24:11:10:01:35" }, "set-name": "iot0", ...without } },
    vlans: { "eth0.40": { id: 40, link: "eth0", ...without } },
  });
  const cards = [...(network?.tree.keys() ?? [])].filter((path) => path.includes("proxmox/cards/"));
  expect(cards).toEqual([
    "infrastructure/proxmox/cards/talos-cp-1.yaml",
    "infrastructure/proxmox/cards/talos-worker-1.yaml",
  ]);
});
