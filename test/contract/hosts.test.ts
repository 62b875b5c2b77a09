/** Machines that Ansible looks after: the inventory knows those of homelab.yaml, and exports admit nodes and nobody else. */
import { describe, expect, it } from "vitest";
import { asList, asMap, at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";

const textOf = ({ tree, prefix }: Emitted, path: string): string =>
  [...tree].find(([one]) => one === `${prefix}${path}`)?.[1].content ?? "";

const folder = "ansible/";
const kept = emittedNetworks.filter((network) => textOf(network, `${folder}site.yaml`) !== "");
const inventoryOf = (network: Emitted) =>
  readDocuments(textOf(network, `${folder}inventory.yaml`), "inventory.yaml")[0];
const childrenOf = (network: Emitted) => asMap(at(inventoryOf(network), "all", "children"));
const membersOf = (network: Emitted, group: string): readonly string[] =>
  Object.keys(asMap(at(childrenOf(network), group, "hosts")));

it("there are networks with such machines, and networks without", () => {
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.length).toBeLessThan(emittedNetworks.length / 2);
});

it("nobody has a folder ansible who asked for nothing in it", () => {
  for (const network of emittedNetworks.filter(({ name }) => kept.every((one) => one.name !== name)))
    expect([...network.tree.keys()].filter((path) => path.startsWith(`${network.prefix}${folder}`))).toEqual([]);
});

describe.each(kept)("$name", (network) => {
  const { plan } = network;
  const open = plan.cluster.traits.ownsMachine ? [] : plan.nodes;

  it("has every managed host and every node with a Linux of its own, by its address and user", () => {
    const told = ["lan_hosts", "cluster_nodes"].flatMap((group) =>
      Object.entries(asMap(at(childrenOf(network), group, "hosts"))).map(([name, said]) => [
        name,
        asMap(said)["ansible_host"],
        asMap(said)["ansible_user"],
      ]),
    );
    expect(told).toEqual([
      ...plan.lan.hosts.filter(({ managed }) => managed).map(({ name, ip, sshUser }) => [name, ip, sshUser]),
      ...open.map(({ name, ip, options }) => [name, ip, options["sshUser"]]),
    ]);
  });

  it("plays roles that are there, for groups that have somebody, all of them known machines", () => {
    const upgrade = textOf(network, `${folder}upgrade.yaml`);
    const plays = [
      ...asList(readDocuments(textOf(network, `${folder}site.yaml`), "site.yaml")[0]),
      ...(upgrade === "" ? [] : asList(readDocuments(upgrade, "upgrade.yaml")[0])),
    ].map(asMap);
    const machines = new Set([...membersOf(network, "lan_hosts"), ...membersOf(network, "cluster_nodes")]);
    const roles = plays.slice(1).map((play) => ({
      group: String(play["hosts"]),
      role: String(at(play["roles"], 0, "role")),
    }));
    expect(roles.length).toBeGreaterThan(0);
    for (const { group, role } of roles) {
      expect(group).toBe(`has_${role}`);
      expect(membersOf(network, group).length).toBeGreaterThan(0);
      expect(membersOf(network, group).filter((name) => !machines.has(name))).toEqual([]);
      expect(textOf(network, `${folder}roles/${role}/tasks/main.yaml`)).not.toBe("");
    }
    expect(Object.keys(childrenOf(network)).filter((group) => group.startsWith("has_"))).toEqual(
      roles.map(({ group }) => group),
    );
  });

  it("upgrades nodes that a script below bootstrap upgrades, and in its order: the first control plane, the others, workers", () => {
    const script = ["k3s", "kubeadm"].map((id) => textOf(network, `bootstrap/${id}.sh`)).join("");
    const upgraded = [`has_${plan.cluster.distribution}_upgrade`].flatMap((group) => membersOf(network, group));
    const wanted = plan.cluster.options["upgrades"] === "controller" || script === "" ? [] : plan.nodes;
    expect(upgraded.toSorted()).toEqual(wanted.map(({ name }) => name).toSorted());
    expect(upgraded).toEqual(
      upgraded.length === 0
        ? []
        : [...script.matchAll(/^ {2}(?:server|agent|controlplane|worker):([a-z0-9-]+):/gm)].map(([, name]) => name),
    );
    expect(textOf(network, `${folder}upgrade.yaml`) !== "").toBe(upgraded.length > 0);
  });

  it("exports folders of managed hosts to the addresses of all nodes and to no other", () => {
    for (const host of plan.lan.hosts) {
      const lines = textOf(network, `hosts/${host.name}/exports`)
        .split("\n")
        .filter((line) => line.startsWith("/"))
        .map((line) => line.split(" "));
      expect(lines.map(([path]) => path)).toEqual(host.managed ? host.exports : []);
      const families = new Set(host.ips.map((ip) => ip.includes(":")));
      const nodes = plan.nodes.flatMap(({ ips }) => ips.filter((ip) => families.has(ip.includes(":"))));
      for (const [, options, ...admitted] of lines) {
        expect(options).toMatch(/^-rw,/);
        expect(admitted).toEqual(nodes);
      }
    }
  });

  it("has routes of the families a machine has", () => {
    for (const { name, ips } of plan.lan.hosts.filter(({ managed }) => managed)) {
      if (!membersOf(network, "has_pool_routes").includes(name)) continue;
      const own = at(childrenOf(network), "lan_hosts", "hosts", name, "pool_routes");
      const routes = (own ?? at(childrenOf(network), "has_pool_routes", "vars", "pool_routes")) as {
        readonly via: string;
      }[];
      expect(routes.length).toBeGreaterThan(0);
      for (const { via } of routes) expect(ips.some((ip) => ip.includes(":") === via.includes(":"))).toBe(true);
    }
  });
});

it.each(kept.filter(({ plan }) => plan.cluster.distribution === "kubeadm"))(
  "$name: role and script want the same of the kernel",
  (network) => {
    const told = asMap(readDocuments(textOf(network, `${folder}roles/kubeadm/vars/main.yaml`), "main.yaml")[0]);
    const lines = ["kubeadm_forwarding", "kubeadm_forwarding_ipv6"].flatMap((key) => told[key] as readonly string[]);
    const script = textOf(network, "bootstrap/kubeadm.sh");
    expect(script.match(/net\.[a-z0-9._-]+ = 1/g)).toEqual(lines);
    const tasks = textOf(network, `${folder}roles/kubeadm/tasks/main.yaml`);
    const [, modules = ""] = /kubernetes\.conf \$'(\S+)'/.exec(script) ?? [];
    for (const name of modules.split("\\n")) expect(tasks).toContain(`          ${name}\n`);
    expect(modules.split("\\n")).toHaveLength(2);
  },
);
