/** What the audits say where kube-vip gives the addresses: its pools are a ConfigMap, and it follows the pods. */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { edited } from "../rules/edits.ts";
import { audited } from "./repository.ts";

const network = emittedNetworks.find(({ name }) => name === "IPv4 and IPv6, announced by kube-vip, two pools");
const ECHO = "kubernetes/apps/default/echo/app";
const POOLS = "kubernetes/apps/kube-system/kube-vip-cloud-provider/app/kubevip.yaml";

interface Change {
  readonly path: string;
  readonly find: string;
  readonly replace: string;
}

function findings(change: Change | undefined, more?: string): readonly string[] {
  if (network === undefined) throw new Error("no network has kube-vip");
  const files = new Map([...network.tree].map(([path, { content }]) => [path as string, content]));
  const listed = { path: `${ECHO}/kustomization.yaml`, find: "resources:\n", replace: "resources:\n  - ./more.yaml\n" };
  for (const { path, find, replace } of [...(change ? [change] : []), ...(more === undefined ? [] : [listed])])
    files.set(path, edited(files.get(path) ?? "", [{ find, replace }]));
  if (more !== undefined) files.set(`${ECHO}/more.yaml`, more);
  return audited(files, network.plan)
    .filter(({ severity }: Finding) => severity !== "note")
    .map(({ id }) => id);
}

const service = (annotations: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: more, namespace: default, annotations: ${annotations} }\nspec: { type: LoadBalancer, ports: [{ port: 80 }]${spec} }\n`;

const asking = (key: string, ip: string): string => service(`{ ${key}: ${ip} }`, "");

const pools = (replace: string): Change => ({ path: POOLS, find: "172.16.1.60-172.16.1.69,", replace });

describe("where kube-vip gives the addresses", () => {
  it.each([
    [
      "a pool of MetalLB",
      "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: more, namespace: default }\nspec: { addresses: [172.16.1.95-172.16.1.96] }\n",
      "ADDRESS-BALANCER",
    ],
    ["the words of MetalLB", asking("metallb.io/loadBalancerIPs", "172.16.1.65"), "ADDRESS-KEY"],
    ["the field of Kubernetes", service("{}", ", loadBalancerIP: 172.16.1.65"), "ADDRESS-OLD-KEY"],
    ["an address of no pool", asking("kube-vip.io/loadbalancerIPs", "172.16.1.70"), "ADDRESS-POOL"],
    ["the address of a gateway", asking("kube-vip.io/loadbalancerIPs", "172.16.1.61"), "ADDRESS-OWNER"],
  ])("%s is found", (_, more, id) => {
    expect(findings(undefined, more)).toEqual([id]);
  });

  it.each([
    ["its own words", asking("kube-vip.io/loadbalancerIPs", "172.16.1.65")],
    ["an address of its second pool", asking("kube-vip.io/loadbalancerIPs", "172.16.1.87")],
    ["a Service of the nodes of its pods", service("{}", ", externalTrafficPolicy: Local")],
    [
      "a ConfigMap of an app",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more, namespace: default }\ndata: { range-global: 172.16.1.100-172.16.1.110 }\n",
    ],
  ])("%s is fine", (_, more) => {
    expect(findings(undefined, more)).toEqual([]);
  });

  it("a pool in what DHCP hands out is found, and one beside it is fine", () => {
    expect(findings(pools("172.16.1.60-172.16.1.69,172.16.1.95-172.16.1.100,"))).toEqual(["ADDRESS-DHCP"]);
    expect(findings(pools("172.16.1.60-172.16.1.69,172.16.1.95-172.16.1.99,"))).toEqual([]);
  });
});

describe("where Cilium gives the addresses", () => {
  it("the pools of kube-vip are found", () => {
    const other = emittedNetworks.find(({ name }) => name === "the reference");
    if (other === undefined) throw new Error("the reference is emitted");
    const files = new Map([...other.tree].map(([path, { content }]) => [path as string, content]));
    const list = files.get(`${ECHO}/kustomization.yaml`) ?? "";
    files.set(`${ECHO}/kustomization.yaml`, list.replace("resources:\n", "resources:\n  - ./more.yaml\n"));
    const configMap = (name: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: kube-system }\ndata: { cidr-global: 172.16.1.66/31 }\n`;
    const ids = (name: string): readonly string[] =>
      audited(new Map(files).set(`${ECHO}/more.yaml`, configMap(name)), other.plan)
        .filter(({ severity }) => severity !== "note")
        .map(({ id }) => id);
    expect(ids("kubevip")).toContain("ADDRESS-BALANCER");
    expect(ids("kube-vip")).not.toContain("ADDRESS-BALANCER");
  });
});
