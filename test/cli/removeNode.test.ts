/** `gen remove-node`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesOf, ok, WORKER, yes } from "../support/changes.ts";
import { edit, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();
const k3s = repositories("--preset", "k3s-kubevip-traefik");
const pi = repositories("--preset", "pi-calico-bgp");

describe("gen remove-node", () => {
  it.each([
    ["talos", made, WORKER],
    ["k3s", k3s, ["add-node", "k3s-5", "--ip", "192.168.1.15", "--role", "worker"]],
    ["kubeadm", pi, ["add-node", "mallister", "--ip", "10.4.0.31", "--role", "worker", "--model", "pi5"]],
  ] as const)("gives back what add-node changed, byte by byte: %s", async (_, source, adding) => {
    const folder = source.fresh();
    await ok(folder, ...adding);
    expect(filesOf(folder)).not.toEqual(filesOf(source.template));
    await ok(folder, "remove-node", adding[1]);
    expect(filesOf(folder)).toEqual(filesOf(source.template));
  });

  it("says before it is asked how the machine leaves, and that nothing here does it", async () => {
    const dry = await gen(made.template, "remove-node", "talos-worker-1", "--dry-run");
    expect(dry.code, dry.stderr).toBe(0);
    expect(dry.stderr).toContain("gen changes files of this repository, and no machine that runs");
    expect(dry.stderr).toContain(
      "`kubectl drain talos-worker-1 --ignore-daemonsets --delete-emptydir-data && talosctl reset --endpoints 172.16.1.50 --nodes 172.16.1.53 && kubectl delete node talos-worker-1`",
    );
  });

  it("ends with the steps in an order that loses nothing", async () => {
    const folder = made.fresh();
    const told = await ok(folder, "remove-node", "talos-cp-2", "talos-cp-3");
    const steps = told.split("\n").filter((line) => /^ {2}\d\. /.test(line));
    for (const [index, part] of [
      "move or copy",
      "kubectl drain talos-cp-2",
      "kubectl drain talos-cp-3",
      "git diff",
      "`just vms` deletes",
    ].entries())
      expect(steps[index]).toContain(part);
    expect(textAt(folder, "bootstrap/talos.sh")).not.toContain("talos-cp-2");
  });

  it("takes a server of K3s out of etcd before it stops", async () => {
    const { stderr } = await gen(k3s.template, "remove-node", "k3s-2", "k3s-3", "--dry-run");
    const line = stderr.split("\n").find((one) => one.includes("kubectl drain k3s-2")) ?? "";
    expect(line.indexOf("etcd.k3s.cattle.io/remove=true")).toBeGreaterThan(0);
    expect(line.indexOf("removed-node-name")).toBeGreaterThan(line.indexOf("etcd.k3s.cattle.io/remove=true"));
    expect(line.indexOf("k3s-uninstall.sh")).toBeGreaterThan(line.indexOf("removed-node-name"));
    const worker = await gen(k3s.template, "remove-node", "k3s-4", "--dry-run");
    expect(worker.stderr).toContain("k3s-agent-uninstall.sh");
    expect(worker.stderr).not.toContain("etcd.k3s");
  });

  it("names each place that names it", async () => {
    const folder = made.fresh();
    await ok(folder, "add-record", "box.ragas.cc", "--to", "talos-worker-1");
    await ok(folder, "add-record", "other.ragas.cc", "--to", "172.16.1.53");
    await ok(folder, "add-route", "web.ragas.cc", "--to", "http://talos-worker-1:8080");
    edit(
      folder,
      "homelab.yaml",
      "\ncluster:\n",
      "\nnetworks:\n  iot: { cidr: 192.168.30.0/24, interface: ens19, attach: { namespaces: [media], nodes: [talos-worker-1] } }\n\ncluster:\n",
    );
    const { code, stderr } = await expectUntouched(folder, () => yes(folder, "remove-node", "talos-worker-1"));
    expect(code).toBe(2);
    for (const line of [
      "talos-worker-1 is still in use:",
      "homelab.yaml, dns.records.0.to: talos-worker-1",
      "homelab.yaml, dns.records.1.to: 172.16.1.53",
      "homelab.yaml, networks.iot.attach.nodes.0: talos-worker-1",
      "the route web.ragas.cc leads to it: kubernetes/apps/lan/web",
    ])
      expect(stderr).toContain(line);
  });

  it.each([
    ["a node selector", "spec: { nodeSelector: { kubernetes.io/hostname: talos-worker-1 } }\n"],
    ["a pod", "spec: { nodeName: talos-worker-1 }\n"],
    [
      "a volume",
      "spec: { terms: [{ key: kubernetes.io/hostname, operator: In, values: [talos-cp-1, talos-worker-1] }] }\n",
    ],
  ])("finds %s among the files of people", async (_, text) => {
    const folder = made.fresh();
    const path = "kubernetes/apps/media/jellyfin/app/pinned.yaml";
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    const { code, stderr } = await expectUntouched(folder, () => yes(folder, "remove-node", "talos-worker-1"));
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${path} asks for talos-worker-1`)]);
    writeFileSync(join(folder, path), text.replaceAll("talos-worker-1", "talos-worker-10"));
    await ok(folder, "remove-node", "talos-worker-1");
  });

  it("keeps the one by whose address the API is known", async () => {
    const folder = k3s.fresh();
    await ok(folder, "set", "cluster.api=none");
    const { code, stderr } = await expectUntouched(folder, () => yes(folder, "remove-node", "k3s-1", "k3s-2"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("homelab.yaml, cluster.api.node: k3s-1")]);
  });

  it("lets rules judge the cluster without it", async () => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      yes(made.template, "remove-node", "talos-cp-1"),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining("error[ETCD-EVEN]  the cluster has 2 control planes")]);
  });

  it.each([
    [[], "remove-node needs a name"],
    [["talos-worker-l"], "did you mean talos-worker-1?"],
    [["adguard"], "homelab.yaml has no node adguard"],
    [["talos-cp-1", "talos-cp-2", "talos-cp-3"], "talos-cp-1 is the last control plane"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () => yes(made.template, "remove-node", ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
