/** What the audits say where MetalLB, Calico or ServiceLB of K3s gives the addresses: each load balancer has words, pools and ways of its own. */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { edited } from "../rules/edits.ts";
import { audited } from "./repository.ts";

const named = (words: string) => emittedNetworks.find(({ name }) => name.includes(words));
const METALLB = named("announced by MetalLB");
const CALICO = named("routers told by Calico");
const SERVICE_LB = named("addresses of a node by ServiceLB");
const ECHO = "kubernetes/apps/default/echo/app";

function findings(
  changes: Readonly<Record<string, readonly [find: string, replace: string]>>,
  more?: string,
  network = METALLB,
) {
  if (network === undefined) throw new Error("no network has this load balancer");
  const files = new Map([...network.tree].map(([path, { content }]) => [path as string, content]));
  const listed = { [`${ECHO}/kustomization.yaml`]: ["resources:\n", "resources:\n  - ./more.yaml\n"] as const };
  for (const [path, [find, replace]] of Object.entries({ ...changes, ...(more !== undefined && listed) }))
    files.set(path, edited(files.get(path) ?? "", [{ find, replace }]));
  if (more !== undefined) files.set(`${ECHO}/more.yaml`, more);
  return audited(files, network.plan).filter(({ severity }: Finding) => severity !== "note");
}

const object = (apiVersion: string, kind: string, spec: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: more, namespace: default }\nspec: ${spec}\n`;

const service = (annotations: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: more, namespace: default, annotations: ${annotations} }\nspec: { type: LoadBalancer, ports: [{ port: 80 }]${spec} }\n`;

const asking = (key: string, ip: string): string => service(`{ ${key}: ${ip} }`, "");

describe("where MetalLB gives the addresses", () => {
  it.each([
    [
      "a pool of Cilium",
      object("cilium.io/v2", "CiliumLoadBalancerIPPool", "{ blocks: [{ start: 172.16.1.66 }] }"),
      "ADDRESS-BALANCER",
    ],
    [
      "a pool in what DHCP hands out",
      object("metallb.io/v1beta1", "IPAddressPool", "{ addresses: [172.16.1.95 - 172.16.1.100] }"),
      "ADDRESS-DHCP",
    ],
    ["the words of Cilium", asking("lbipam.cilium.io/ips", "172.16.1.65"), "ADDRESS-KEY"],
    ["words of before", asking("metallb.universe.tf/loadBalancerIPs", "172.16.1.65"), "ADDRESS-OLD-KEY"],
    ["the field of Kubernetes", service("{}", ", loadBalancerIP: 172.16.1.65"), "ADDRESS-OLD-KEY"],
    ["an address of no pool", asking("metallb.io/loadBalancerIPs", "172.16.1.70"), "ADDRESS-POOL"],
    ["the address of a gateway", asking("metallb.io/loadBalancerIPs", "172.16.1.61"), "ADDRESS-OWNER"],
  ])("%s is found", (_, more, id) => {
    expect(findings({}, more).map((finding) => finding.id)).toEqual([id]);
  });

  it.each([
    ["a pool of its own", object("metallb.io/v1beta1", "IPAddressPool", "{ addresses: [172.16.1.95 - 172.16.1.99] }")],
    ["its own words", asking("metallb.io/loadBalancerIPs", "172.16.1.65")],
    ["an address of its second pool", asking("metallb.io/loadBalancerIPs", "172.16.1.87")],
    // It announces such a Service from a node with a pod (MetalLB, Usage, Traffic policies).
    ["a Service of the nodes of its pods", service("{}", ", externalTrafficPolicy: Local")],
  ])("%s is fine", (_, more) => {
    expect(findings({}, more)).toEqual([]);
  });

  it("a release whose definitions Kubernetes refuses is found", () => {
    const path = "kubernetes/apps/metallb-system/metallb/app/helmrelease.yaml";
    expect(findings({ [path]: ["version: 0.16.1", "version: 0.15.3"] }).map(({ id }) => id)).toEqual([
      "VERSIONS-APART",
    ]);
    expect(findings({ [path]: ["version: 0.16.1", "version: 0.17.0"] })).toEqual([]);
  });
});

const poolOf = (spec: string): string => object("projectcalico.org/v3", "IPPool", spec);

describe("where Calico gives the addresses", () => {
  it.each([
    [
      "a pool of MetalLB",
      object("metallb.io/v1beta1", "IPAddressPool", "{ addresses: [10.60.0.0/24] }"),
      "ADDRESS-BALANCER",
    ],
    ["a pool in what DHCP hands out", poolOf("{ cidr: 172.16.1.112/28, allowedUses: [LoadBalancer] }"), "ADDRESS-DHCP"],
    ["the words of MetalLB", asking("metallb.io/loadBalancerIPs", "10.50.0.65"), "ADDRESS-KEY"],
    ["an address of no pool", asking("projectcalico.org/loadBalancerIPs", `'["10.60.0.1"]'`), "ADDRESS-POOL"],
    ["the address of a gateway", asking("projectcalico.org/loadBalancerIPs", `'["10.50.0.61"]'`), "ADDRESS-OWNER"],
  ])("%s is found", (_, more, id) => {
    expect(findings({}, more, CALICO).map((finding) => finding.id)).toEqual([id]);
  });

  it.each([
    ["a pool of its own", poolOf("{ cidr: 10.60.0.0/24, allowedUses: [LoadBalancer] }")],
    ["a pool for pods", poolOf("{ cidr: 172.16.1.112/28, allowedUses: [Workload] }")],
    ["its own words", asking("projectcalico.org/loadBalancerIPs", `'["10.50.0.65"]'`)],
    ["a Service of the nodes of its pods", service("{}", ", externalTrafficPolicy: Local")],
  ])("%s is fine", (_, more) => {
    expect(findings({}, more, CALICO)).toEqual([]);
  });

  it("whoever asks in other words is told those of Calico", () => {
    const [finding] = findings({}, asking("metallb.io/loadBalancerIPs", "10.50.0.65"), CALICO);
    expect(finding?.fix).toBe('the annotation projectcalico.org/loadBalancerIPs: ["10.50.0.65"]');
  });
});

describe("where ServiceLB of K3s gives the addresses of nodes", () => {
  it.each([
    [
      "a pool of MetalLB",
      object("metallb.io/v1beta1", "IPAddressPool", "{ addresses: [172.16.1.60-172.16.1.69] }"),
      "ADDRESS-BALANCER",
    ],
    ["the words of MetalLB", asking("metallb.io/loadBalancerIPs", "172.16.1.52"), "ADDRESS-KEY"],
  ])("%s is found", (_, more, id) => {
    expect(findings({}, more, SERVICE_LB).map((finding) => finding.id)).toContain(id);
  });
  it("a Service without a word for an address is fine", () => {
    expect(findings({}, service("{}", ""), SERVICE_LB)).toEqual([]);
  });
  it("whoever asks for the address of a node that carries Services is told its label", () => {
    const found = findings({}, asking("metallb.io/loadBalancerIPs", "172.16.1.53"), SERVICE_LB);
    expect(found.find(({ id }) => id === "ADDRESS-KEY")?.fix).toBe(
      "the label svccontroller.k3s.cattle.io/lbpool: talos-worker-1",
    );
  });
});
