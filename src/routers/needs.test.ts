import { describe, expect, test } from "vitest";
import { emitted } from "../../test/fixtures/emitted.ts";
import { detouredBy, plainlyBy, routedBy } from "../../test/fixtures/routerVariations.ts";
import { houseRouters } from "../model/houseRouters.ts";
import type { Plan } from "../model/plan.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { edit, edited, type Edit } from "../../test/rules/edits.ts";
import { detoursOf } from "./detours.ts";
import { dhcpOf } from "./dhcp.ts";
import { passingsOf } from "./flows.ts";

const planOf = (spec: string): Plan => emitted(spec).plan;
const ofLan = (plan: Plan) => {
  const [router] = houseRouters(plan);
  if (router === undefined) throw new Error("no router");
  return router;
};

const plain = planOf(plainlyBy("unifi"));
const told = planOf(routedBy("unifi"));
const beside = planOf(detouredBy("unifi"));

describe("routers of the house", () => {
  test("are the one of the LAN, by its name in lan.hosts or by bgp, and those beside it that are told", () => {
    expect(houseRouters(plain).map(({ name, ofLan: is, peer }) => [name, is, peer === undefined])).toEqual([
      ["gate", true, true],
    ]);
    expect(houseRouters(told).map(({ name, ofLan: is, peer }) => [name, is, peer === undefined])).toEqual([
      ["edge", true, false],
    ]);
    expect(houseRouters(beside).map(({ name, ofLan: is, peer }) => [name, is, peer === undefined])).toEqual([
      ["gate", true, true],
      ["edge", false, false],
    ]);
  });

  test("have a name where nobody gave one, that no other machine has", () => {
    const unnamed = edited(reference, [edit("    router: 172.16.1.1\n", "")]);
    expect(ofLan(planOf(unnamed)).name).toBe("router");
    const other = detouredBy("frr")
      .replace(/^ {4}gate: .*\n {4}edge: .*\n/m, "")
      .replace(
        "peers: { edge: { asn: 64512 } }",
        "peers: { router: { asn: 64512, address: [172.16.1.9, fd00:1::9] } }",
      );
    expect(ofLan(planOf(other)).name).toBe("lan-router");
  });
});

describe("static routes", () => {
  test("lead to the router of the LAN that is told, and none is needed where that is the one of the LAN", () => {
    expect(detoursOf(ofLan(beside), beside).map(({ network, via }) => `${network} ${via}`)).toEqual([
      "10.50.0.0/24 172.16.1.9",
      "fd00:10:0:5000::/112 fd00:1::9",
      "10.50.1.16/28 172.16.1.9",
      "10.50.1.32/29 172.16.1.9",
      "10.50.1.40/32 172.16.1.9",
    ]);
    expect(detoursOf(ofLan(told), told)).toEqual([]);
    expect(detoursOf(ofLan(plain), plain)).toEqual([]);
  });

  test("lead to nobody outside the LAN: a next hop is a neighbour", () => {
    const far = planOf(detouredBy("unifi").replace("[172.16.1.9, fd00:1::9]", "[10.77.0.1, fd00:77::1]"));
    expect(detoursOf(ofLan(far), far)).toEqual([]);
  });
});

describe("DHCP", () => {
  const dhcp = dhcpOf(ofLan(plain), plain);

  test("leaves alone what no machine asks for", () => {
    expect(dhcp?.kept).toEqual([
      { what: "this router", text: "172.16.1.1" },
      { what: "Kubernetes API", text: "172.16.1.49" },
      { what: "the pool lan", text: "172.16.1.60-172.16.1.69" },
    ]);
  });

  test("has each machine but the router once, the ones that are made with their MAC addresses", () => {
    const rows = dhcp?.reservations.map(({ name, ip, mac, inside }) => [name, ip, mac, inside]) ?? [];
    expect(rows).toContainEqual(["pve1", "172.16.1.120", null, true]);
    expect(rows).toContainEqual(["talos-cp-1", "172.16.1.50", "bc:24:11:10:01:32", false]);
    expect(rows.map(([, ip]) => ip)).not.toContain("172.16.1.1");
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  test("is the same for the MAC address that a card of Proxmox is made with", () => {
    const written = edited(reference, [edit("{ ip: 172.16.1.50,", "{ ip: 172.16.1.50, mac: bc:24:11:00:00:07,")]);
    const plan = planOf(written);
    const row = dhcpOf(ofLan(plan), plan)?.reservations.find(({ name }) => name === "talos-cp-1");
    expect(row?.mac).toBe("bc:24:11:00:00:07");
    const machines = emitted(written).tree.get("infrastructure/proxmox/machines.auto.tfvars.json" as never);
    expect(machines?.content).toContain("bc:24:11:00:00:07");
  });

  test("has the ends of what is handed out where that is written as a network", () => {
    const plan = planOf(edited(reference, [edit("172.16.1.100-172.16.1.199", "172.16.1.128/26")]));
    expect(dhcpOf(ofLan(plan), plan)?.range).toMatchObject({ first: "172.16.1.128", last: "172.16.1.191" });
  });

  test("is nobody's but the router of the LAN", () => {
    const [, edge] = houseRouters(beside);
    expect(edge && dhcpOf(edge, beside)).toBeUndefined();
  });
});

describe("what passes", () => {
  const lines = (plan: Plan): readonly string[] =>
    passingsOf(ofLan(plan), plan).map(
      ({ from, to, protocol, ports, own, needed }) =>
        `${needed ? "" : "(no) "}${from.name} > ${own ? "the router" : to.name} ${protocol ?? "any"} ${ports.join(",")}`,
    );

  test("is nothing in one network", () => expect(lines(plain)).toEqual([]));

  test("is what nodes and resolvers need, and what people may want", () => {
    const all = lines(told);
    for (const line of [
      "nodes that announce > the router tcp 179",
      "nodes that announce > the router udp 3784",
      "the LAN > the pool lan any ",
      "nodes > shelf tcp 2049",
      "nodes > second udp 53",
      "second > the DNS server of the cluster tcp 53",
      "(no) desk > envoy-internal tcp 80,443",
      "(no) desk > the Kubernetes API tcp 6443",
      "(no) store > adguard udp 53",
    ])
      expect(all).toContain(line);
    // Whoever stands in a network asks there without a router.
    expect(all).not.toContain("(no) store > second udp 53");
  });

  test("are numbers of machines in another network, where somebody asks for them", () => {
    const asking = (text: string) =>
      edited(routedBy("unifi"), [
        edit("software: nfs }", "software: nfs, managed: true, nodeExporter: true }"),
        edit("\ndns:\n", `\n${text}\ndns:\n`),
      ]);
    expect(lines(planOf(asking("observability: { prometheus: true }")))).toContain("nodes > shelf tcp 9100");
    expect(lines(planOf(asking("")))).not.toContain("nodes > shelf tcp 9100");
  });

  test("is what a managed host of another network logs, once it is to send that", () => {
    const hosts = edit("    pve1: ", "    shelf: { ip: 10.9.0.20, managed: true }\n    pve1: ");
    const logs = (options: string): readonly Edit[] => [
      hosts,
      edit("\ndns:\n", `\nobservability: { logs: ${options} }\n\ndns:\n`),
    ];
    expect(lines(planOf(edited(reference, logs("{ class: fast, address: 172.16.1.68 }"))))).toEqual([
      "shelf > Loki tcp 514",
    ]);
    expect(lines(planOf(edited(reference, logs("{ class: fast }"))))).toEqual([]);
  });

  test("of a session over several hops is BFD at its other port", () => {
    const far = planOf(routedBy("unifi").replace("bfd: true,", "bfd: true, multihop: 2,"));
    expect(lines(far)).toContain("nodes that announce > the router udp 4784");
  });

  test("has addresses of this network alone", () => {
    const plan = told;
    const known = new Set<string>([
      ...plan.addresses.claims.map(({ ip }) => ip),
      ...plan.stacks.flatMap(({ lan }) => lan?.value.text ?? []),
      ...plan.networks.flatMap(({ cidrs }) => cidrs.map(({ text }) => text)),
    ]);
    const texts = passingsOf(ofLan(plan), plan).flatMap(({ from, to }) => [...from.texts, ...to.texts]);
    const ofPools = ["10.50.0.0/24", "10.50.1.16/28", "10.50.1.32/29", "10.50.1.40/32", "fd00:10:0:5000::/112"];
    expect(texts.filter((text) => !known.has(text) && !ofPools.includes(text))).toEqual([]);
  });
});
