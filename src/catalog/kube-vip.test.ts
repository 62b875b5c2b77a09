import { describe, expect, test } from "vitest";
import { emitted, emittedNetworks } from "../../test/fixtures/emitted.ts";
import { KUBE_VIP_BGP } from "../../test/fixtures/overBgp.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { edit, edited, ON_BARE_METAL, ON_K3S, type Edit } from "../../test/rules/edits.ts";
import { parseIp, type Ip } from "../model/address.ts";
import { speakersOf } from "../model/bgp.ts";
import { asMap, at } from "../model/unknown.ts";
import { readDocuments } from "../yaml/documents.ts";
import { trafficPolicy } from "./trafficPolicy.ts";

const ip = (text: string): Ip => parseIp(text) as Ip;

const BY_KUBE_VIP = edit("provider: cilium\n  mode: l2", "provider: kube-vip");

function read(edits: readonly Edit[], path: string): unknown {
  const file = [...emitted(edited(reference, edits)).tree].find(([name]) => name.endsWith(path))?.[1];
  return file && readDocuments(file.content, path)[0];
}

const environment = (...edits: readonly Edit[]): Readonly<Record<string, unknown>> =>
  asMap(at(read([...ON_BARE_METAL, ...edits], "/kube-vip/app/values.yaml"), "env"));

const pools = (text: string): Edit => edit("pools: { lan: 172.16.1.60-172.16.1.69 }", `pools: ${text}`);

describe("the link that addresses are put on", () => {
  test("is the one that all nodes name", () => {
    expect(environment(BY_KUBE_VIP)).toMatchObject({ vip_interface: "ens18" });
  });
  test.each([
    ["a node has another", edit("50, role: control-plane", "50, role: control-plane, interface: eno1")],
    ["a VLAN carries the address", edit("interface: ens18", "interface: ens18, vlan: 20")],
    ["several cards are one link", edit("interface: ens18", "bond: { interfaces: [eno1, eno2] }")],
  ])("is looked for where %s", (_, change) => {
    const { vip_interface, vip_servicesinterface } = asMap(environment(BY_KUBE_VIP, change));
    expect([vip_interface, vip_servicesinterface]).toEqual([undefined, "auto"]);
  });
});

describe("the pools", () => {
  const ranges = (text: string): unknown => at(read([BY_KUBE_VIP, pools(text)], "/kubevip.yaml"), "data");
  test("are ranges, one address too, and those for Services that ask are left out", () => {
    expect(
      ranges(
        "{ lan: 172.16.1.60-172.16.1.69, net: 172.16.1.80/30, one: 172.16.1.90, things: { addresses: 172.16.1.92/30, auto: false } }",
      ),
    ).toEqual({ "range-global": "172.16.1.60-172.16.1.69,172.16.1.80-172.16.1.83,172.16.1.90-172.16.1.90" });
  });
  test("may all be for Services that ask", () => {
    expect(ranges("{ lan: { addresses: 172.16.1.60-172.16.1.69, auto: false } }")).toBeUndefined();
  });
});

describe("gateways take requests", () => {
  const planOf = (name: string) => {
    const found = emittedNetworks.find((network) => network.name === name);
    if (found === undefined) throw new Error(`no network ${name}`);
    return found.plan;
  };
  const [own, shared] = [ip("172.16.1.60"), ip("172.16.1.61")];
  test("on nodes with one of their pods, which the address follows", () => {
    const plan = planOf("on K3s, kube-vip for the API and for Services");
    expect(trafficPolicy(plan, [own])).toBe("Local");
  });
  test("on all nodes where they have the address together with others", () => {
    const plan = planOf("announced by kube-vip, links of all kinds, certificates of kubelets from the cluster");
    expect([[own], [own, shared]].map((ips) => trafficPolicy(plan, ips))).toEqual(["Local", "Cluster"]);
  });
  test("on all nodes where the address stays where it is", () => {
    expect(trafficPolicy(planOf("the reference"), [own])).toBe("Cluster");
  });
});

describe("routers", () => {
  const values = (...edits: readonly Edit[]): unknown => read([...KUBE_VIP_BGP, ...edits], "/kube-vip/app/values.yaml");
  test("are one session for each of their addresses, with passwords that stand in no file", () => {
    expect(asMap(at(values(), "env"))).toMatchObject({
      bgp_as: "64513",
      bgp_peers:
        "172.16.1.1:64512:$(BGP_EDGE_password):false:179::true;300;300;3,[fd00:1::1]:64512:$(BGP_EDGE_password):false:179::true;300;300;3,10.9.0.1:64514:$(BGP_FAR_AWAY_password):true:179",
      bgp_hold_time: "9",
      bgp_keepalive_interval: "3",
    });
    expect(at(values(), "envFrom")).toEqual([
      { prefix: "BGP_EDGE_", secretRef: { name: "bgp-edge" } },
      { prefix: "BGP_FAR_AWAY_", secretRef: { name: "bgp-far-away" } },
    ]);
  });
  test("may have no password", () => {
    const open = KUBE_VIP_BGP.map(({ find, replace }) => edit(find, replace.replaceAll("password: true, ", "")));
    const found = read(open, "/kube-vip/app/values.yaml");
    expect(at(found, "envFrom")).toBeUndefined();
    expect(String(at(found, "env", "bgp_peers"))).toMatch(/^172\.16\.1\.1:64512::false:179::/);
  });
  test("talk to every node, and there is one set of times for all of them", () => {
    const [speaker] = speakersOf(emitted(edited(reference, KUBE_VIP_BGP)).plan);
    expect(speaker?.nodes).toHaveLength(4);
    expect(speaker?.lacks).toEqual({});
  });
});

describe("the API", () => {
  const api = (text: string): readonly Edit[] => [...ON_K3S, edit("api: none", `api: ${text}`)];
  const pods = (...edits: readonly Edit[]): string =>
    [...emitted(edited(reference, edits)).tree].find(([name]) => name === "k3s/manifests/kube-vip.yaml")?.[1].content ??
    "";
  test("is carried by kube-vip where nothing is said and control planes take manifests", () => {
    const unsaid = edited(reference, ON_K3S).replace("  api: none\n", "  api: { address: 172.16.1.49 }\n");
    expect(emitted(unsaid).plan.cluster.api.address).toBe("172.16.1.49");
  });
  test("has the times of kube-vip itself unless others are given", () => {
    expect(pods(...api("{ provider: kube-vip, address: 172.16.1.49 }"))).toMatch(
      /vip_leaseduration\n +value: "15"[^]+vip_renewdeadline\n +value: "10"[^]+vip_retryperiod\n +value: "2"/,
    );
  });
  test("is on the link that leads to the router where control planes name none, or several", () => {
    expect(pods(...api("{ provider: kube-vip, address: 172.16.1.49 }"))).not.toContain("vip_interface");
  });
});
