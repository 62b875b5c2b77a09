/** An independent reading: the address table recomputed from the emitted files alone agrees with the plan. */
import { describe, expect, it } from "vitest";
import { firstIp, lastIp } from "../../src/model/address.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { RepoPath } from "../../src/model/names.ts";
import type { Tree } from "../../src/model/tree.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { addressReadings } from "./addresses.ts";

/** The table as the plan has it: devices outside the cluster are its neighbours, and no file but homelab.yaml gives them anything. */
function planned({ addresses, lan, cluster, nodes, pools, stacks, chosen }: Plan): ReadonlySet<string> {
  const owned = addresses.claims
    .filter(({ role }) => role === "node" || role === "gateway" || role === "service")
    .map(({ role, owner, ip }) => [`${role} ${owner}`, ip] as const);
  const isChosen = (id: string): boolean => chosen.some(({ component }) => component.id === id);
  const all: readonly (readonly [string, string])[] = [
    ...owned,
    // kube-vip is not told of pools for Services that ask.
    ...pools
      .filter(({ onRequest }) => !onRequest || !isChosen("kube-vip"))
      .map(
        ({ name, range }) =>
          [`pool ${isChosen("kube-vip") ? "kubevip" : name}`, `${firstIp(range)}-${lastIp(range)}`] as const,
      ),
    ...cluster.api.addresses.map((ip) => ["API", ip] as const),
    // Machines tell their own address from those of Services by its length, and name no network.
    ...(isChosen("kube-vip") || !cluster.traits.ownsMachine ? [] : [["LAN", lan.cidr.text] as const]),
    // On a Linux of their own, machines have these from whoever installed it: that may be this repository.
    ...(cluster.traits.ownsMachine || nodes.some(({ made }) => made !== undefined) ? ofMachines(lan.dns, stacks) : []),
    ...stacks.flatMap((stack) => [
      ["pods", stack.pods?.value.text ?? ""] as const,
      ["Services", stack.services?.value.text ?? ""] as const,
    ]),
  ];
  return new Set(all.map(([of, value]) => `${of} is ${value}`));
}

const ofMachines = (dns: Plan["lan"]["dns"], stacks: Plan["stacks"]): readonly (readonly [string, string])[] => [
  ["resolvers", JSON.stringify(dns)],
  ...stacks.flatMap((stack) => [
    ["router", stack.router?.value ?? ""] as const,
    [`prefix of the LAN, IPv${stack.family}`, String(stack.lan?.value.prefix)] as const,
  ]),
];

/** One line for each thing the files and the plan do not say alike. */
function disagreements(tree: Tree, plan: Plan): readonly string[] {
  const table = planned(plan);
  const readings = addressReadings(tree).filter(({ of }) => of !== "resolver of pods");
  const read = new Set(readings.map(({ of, value }) => `${of} is ${value}`));
  return [
    ...readings
      .filter(({ of, value }) => !table.has(`${of} is ${value}`))
      .map(({ of, value, file }) => `${file}: ${of} is ${value}, which is not planned`),
    ...[...table].filter((line) => !read.has(line)).map((line) => `no file has that ${line}`),
  ];
}

const ipNumber = (ip: string): bigint =>
  ip.includes(":")
    ? BigInt(`0x${groups(ip).join("")}`)
    : ip.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);

/** The eight groups of an IPv6 address, zeros written out. */
function groups(ip: string): readonly string[] {
  const [head = [], tail = []] = ip.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].map((group) => group.padStart(4, "0"));
}

const span = (range: string): readonly [bigint, bigint] => {
  const [from = "", to = from] = range.split("-");
  return [ipNumber(from), ipNumber(to)];
};

/** Addresses of nodes that Services have as well. */
const carried = ({ addresses }: Plan): readonly string[] =>
  addresses.claims.filter(({ onNode }) => onNode !== undefined).map(({ ip }) => ip);

describe.each(emittedNetworks)("$name", ({ plan, tree }) => {
  it("has the addresses of the plan in its files, each of them and no other", () => {
    expect(disagreements(tree, plan)).toEqual([]);
  });

  it("has one owner for each address", () => {
    const owners = new Map<string, Set<string>>();
    const shared: readonly string[] = [...plan.shared, ...carried(plan)];
    for (const { of, value } of addressReadings(tree))
      if (/^(node|gateway|service) /.test(of)) owners.set(value, new Set([...(owners.get(value) ?? []), of]));
    expect([...owners].filter(([ip, names]) => names.size > 1 && !shared.includes(ip))).toEqual([]);
  });

  it("takes every address of a Service or gateway from a pool that is there", () => {
    const readings = addressReadings(tree);
    const onNodes = carried(plan).length > 0;
    const pools = readings
      .filter(({ of }) => of.startsWith(onNodes ? "node " : "pool "))
      .map(({ value }) => span(value));
    const pinned = readings.filter(({ of }) => /^(gateway|service) /.test(of));
    expect(pinned.length).toBeGreaterThan(1);
    const outside = pinned.filter(
      ({ value }) => !pools.some(([from, to]) => from <= ipNumber(value) && ipNumber(value) <= to),
    );
    expect(outside).toEqual([]);
  });

  it("gives pods their resolver in the network of the Services, at its tenth address", () => {
    const resolvers = addressReadings(tree).filter(({ of }) => of === "resolver of pods");
    // One that was there before stays, and is known to kubelets already; so does that of the distribution where none is ours.
    const stays = !plan.chosen.some(({ component }) => component.id === "coredns");
    const networks = (stays ? [] : plan.stacks).map(({ services }) => services?.value.text.split("/")[0] ?? "");
    expect([...new Set(resolvers.map(({ value }) => ipNumber(value)))]).toEqual(
      networks.map((network) => ipNumber(network) + 10n),
    );
  });
});

/** An address changed in one file and nowhere else, as a template with a mistake would. */
const slips: readonly (readonly [file: string, from: string, to: string])[] = [
  ["talos/nodes/talos-cp-2.yaml", "address: 172.16.1.51/24", "address: 172.16.1.54/24"],
  ["talos/nodes/talos-cp-2.yaml", "address: 172.16.1.51/24", "address: 172.16.1.51/16"],
  ["talos/nodes/talos-cp-2.yaml", "gateway: 172.16.1.1", "gateway: 172.16.1.2"],
  ["talos/nodes/talos-cp-2.yaml", "name: 172.16.1.49", "name: 172.16.1.48"],
  ["talos/nodes/talos-cp-2.yaml", "hostname: talos-cp-2", "hostname: talos-cp-1"],
  ["talos/patches/all.yaml", "10.42.0.0/16", "10.44.0.0/16"],
  ["talos/patches/all.yaml", "10.43.0.0/16", "10.44.0.0/16"],
  ["talos/patches/all.yaml", "- 172.16.1.0/24", "- 172.16.2.0/24"],
  ["talos/patches/all.yaml", "address: 172.16.1.10", "address: 172.16.1.12"],
  ["talos/patches/controlplane.yaml", "- 172.16.1.49", "- 172.16.1.50"],
  ["talos/patches/controlplane.yaml", "- 172.16.1.0/24", "- 172.16.2.0/24"],
  ["bootstrap/talos.sh", "endpoint=https://172.16.1.49", "endpoint=https://172.16.1.50"],
  ["bootstrap/talos.sh", "worker:talos-worker-1:172.16.1.53", "worker:talos-worker-1:172.16.1.54"],
  ["bootstrap/apps.sh", "expected=https://172.16.1.49", "expected=https://172.16.1.50"],
  ["infrastructure/proxmox/machines.auto.tfvars.json", '"address": "172.16.1.52"', '"address": "172.16.1.51"'],
  ["infrastructure/proxmox/machines.auto.tfvars.json", '"router": "172.16.1.1"', '"router": "172.16.1.2"'],
  ["kubernetes/apps/kube-system/cilium/app/values.yaml", "10.42.0.0/16", "10.0.0.0/8"],
  ["kubernetes/apps/kube-system/cilium/config/pools.yaml", "stop: 172.16.1.69", "stop: 172.16.1.70"],
  ["kubernetes/apps/kube-system/coredns/app/values.yaml", ". 172.16.1.60", ". 172.16.1.61"],
  ["kubernetes/apps/network/k8s-gateway/app/values.yaml", "ips: 172.16.1.60", "ips: 172.16.1.63"],
  ["kubernetes/apps/network/envoy-gateway/config/gateways.yaml", "ips: 172.16.1.62", "ips: 172.16.1.61"],
  ["kubernetes/apps/network/envoy-gateway/config/policies.yaml", "10.42.0.0/16", "10.0.0.0/8"],
];

describe("a file that disagrees is found", () => {
  const preset = emittedNetworks.find(({ name }) => name === "the preset talos-cilium-envoy");
  if (preset === undefined) throw new Error("the preset is among the networks");

  it.each(slips)("%s: %s → %s", (path, from, to) => {
    const file = preset.tree.get(path as RepoPath);
    if (file?.content.includes(from) !== true) throw new Error(`${path} has no ${from}`);
    const slipped = new Map(preset.tree).set(path as RepoPath, { ...file, content: file.content.replace(from, to) });
    expect(disagreements(slipped, preset.plan).join("\n")).toContain(path);
  });

  it.each([
    ["infrastructure/proxmox/machines.auto.tfvars.json", '"172.16.1.52/24"', '"172.16.1.51/24"'],
    ["infrastructure/proxmox/machines.auto.tfvars.json", '"fd00:1::52/64"', '"fd00:1::52/56"'],
    ["infrastructure/proxmox/machines.auto.tfvars.json", '"172.16.1.1"', '"172.16.1.2"'],
    ["bootstrap/vms.sh", "debian:172.16.1.51", "debian:172.16.1.54"],
  ])("where the machines have a Linux: %s: %s → %s", (path, from, to) => {
    const network = emittedNetworks.find(({ name }) => name.startsWith("K3s on Proxmox"));
    const file = network?.tree.get(path as RepoPath);
    if (network === undefined || file?.content.includes(from) !== true) throw new Error(`${path} has no ${from}`);
    const slipped = new Map(network.tree).set(path as RepoPath, { ...file, content: file.content.replace(from, to) });
    expect(disagreements(slipped, network.plan).join("\n")).toContain(path);
  });

  it.each([
    ["| `talos-cp-2` | `172.16.1.51` |", "| `talos-cp-2` | `172.16.1.54` |"],
    ["- Services `10.43.0.0/16`", "- Services `10.44.0.0/16`"],
    ["- pods `10.42.0.0/16`", "- pods `10.44.0.0/16`"],
  ])("also on the page of a cluster that ran before: %s → %s", (from, to) => {
    const before = emittedNetworks.find(({ plan }) => plan.cluster.distribution === "existing");
    if (before === undefined) throw new Error("a cluster that ran before is among the networks");
    const path = "docs/bootstrap.md" as RepoPath;
    const file = before.tree.get(path);
    if (file?.content.includes(from) !== true) throw new Error(`${path} has no ${from}`);
    const slipped = new Map(before.tree).set(path, { ...file, content: file.content.replace(from, to) });
    expect(disagreements(slipped, before.plan).join("\n")).toContain(path);
  });

  it("and so is one that is missing", () => {
    const without = new Map(
      [...preset.tree].filter(([path]) => !/\/(k8s-gateway|coredns)\/app\/values\.yaml$/.test(path)),
    );
    expect(disagreements(without, preset.plan)).toEqual(["no file has that service k8s-gateway is 172.16.1.60"]);
  });
});
