/** What cannot be told is neither good nor bad, and says why. */
import { describe, expect, it } from "vitest";
import { parseIp } from "../../src/model/address.ts";
import type { Area } from "../../src/probes/probe.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { catalog, idsIn, text, verdictsIn } from "./network.ts";
import { before, changed, impossible, own, running, silent, versions, type Change, type World } from "./world.ts";

const unknownIn = async (world: World, area: Area): Promise<readonly string[]> =>
  (await verdictsIn(world)).flatMap((one) =>
    one.area === area && one.verdict.is === "unknown" ? [`${one.verdict.says}: ${one.verdict.because}`] : [],
  );

describe("what cannot be told", () => {
  const OFF = { ...before.machine, addresses: own("192.168.7.5") } as World["machine"];
  it.each<[string, Area, World, Change, RegExp]>([
    [
      "a program that hangs",
      "tools",
      before,
      { programs: { "helm version": silent("helm hangs") } },
      /^the version of helm: helm hangs$/,
    ],
    [
      "a program without a version",
      "tools",
      before,
      { programs: { "helm version": { stdout: "beta" } } },
      /it does not say one/,
    ],
    [
      "no kubectl",
      "cluster",
      before,
      { programs: { "kubectl config view": impossible("kubectl not found") } },
      /kubectl not found/,
    ],
    [
      "an API without access",
      "cluster",
      before,
      { addresses: { "172.16.1.49": { open: [6443] } } },
      /whose API it is .*docs\/bootstrap\.md/,
    ],
    [
      "a pool beside such an API",
      "addresses",
      before,
      { addresses: { "172.16.1.49": { open: [6443] }, "172.16.1.61": { open: [443] } } },
      /who answers at 172\.16\.1\.61 .*this network's own/,
    ],
    [
      "a pool of a cluster that is down",
      "addresses",
      running,
      { programs: versions("v1.36.4", undefined) },
      /who answers at 172\.16\.1\.61 .*does not answer/,
    ],
    [
      "an address that may not be asked",
      "addresses",
      before,
      { addresses: { "172.16.1.61": impossible("not permitted") } },
      /whether somebody has 172\.16\.1\.61 .*not permitted/,
    ],
    [
      "a LAN this machine is not in",
      "addresses",
      before,
      { machine: OFF, addresses: { "172.16.1.61": { open: [443] } } },
      /172\.16\.1\.63-69 .*not in 172\.16\.1\.0\/24/,
    ],
    [
      "a cluster seen from elsewhere",
      "cluster",
      before,
      { machine: OFF },
      /whether there is a cluster .*not in 172\.16\.1\.0\/24/,
    ],
    [
      "neighbours nobody names",
      "addresses",
      before,
      { addresses: { "172.16.1.61": { neighbour: "unknown" } } },
      /does not say who its neighbours are/,
    ],
    [
      "Services that may not be listed",
      "addresses",
      running,
      { programs: { "kubectl get services": { exitCode: 1 } } },
      /kubectl cannot list the Services/,
    ],
    [
      "nodes that may not be listed",
      "addresses",
      running,
      { programs: { "kubectl get nodes": { exitCode: 1 } } },
      /kubectl cannot list the nodes/,
    ],
    ["names before there is a server", "resolvers", before, {}, /172\.16\.1\.60 does not answer yet/],
    [
      "a resolver that cannot be asked",
      "resolvers",
      before,
      { names: { "SOA ragas.cc @172.16.1.10": impossible("no way") } },
      /172\.16\.1\.10 answers: no way/,
    ],
    [
      "private answers while no name is known",
      "resolvers",
      running,
      { names: { "A echo.ragas.cc @172.16.1.60": "no such name" } },
      /drops private addresses: there is no name yet/,
    ],
    [
      "domains without the internet",
      "domains",
      before,
      { servers: ["172.16.1.10", "172.16.1.11"] },
      /whom the internet asks .*1\.1\.1\.1 does not answer/,
    ],
    [
      "domains behind a router that answers itself",
      "domains",
      before,
      { names: { "NS ragas.cc": ["ns1.dns1.kube-system.ragas.cc"] } },
      /something in the house answers in place of 1\.1\.1\.1/,
    ],
    [
      "a name that comes with the cluster",
      "domains",
      before,
      {},
      /external\.ragas\.cc: its record is made once the cluster runs/,
    ],
    ["DHCP", "machine", before, {}, /DHCP server hands out .*administrator/],
    [
      "a lease on a system that does not say",
      "machine",
      before,
      {
        machine: {
          ...before.machine,
          addresses: [{ ip: parseIp("172.16.1.123") as never, prefix: 24, interfaceName: "en0" }],
          routers: undefined,
        } as never,
      },
      /which router this machine uses/,
    ],
    ["a machine elsewhere", "machine", before, { machine: OFF }, /what this machine was given .*no address in/],
    ["a machine that says nothing", "machine", before, { machine: impossible("no interfaces") }, /no interfaces/],
    [
      "a time server without a name",
      "time",
      before,
      { times: { "time.cloudflare.com": impossible("ENOTFOUND") } },
      /ENOTFOUND/,
    ],
  ])("%s", async (_, area, world, change, message) => {
    const there = changed(world, change);
    expect((await unknownIn(there, area)).join("\n")).toMatch(message);
  });
  it("is no ailment, wherever this machine stands", async () => {
    const elsewhere = changed(before, {
      machine: OFF,
      addresses: Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [`172.16.1.${40 + index}`, { open: [22, 443, 6443], refused: [80] }]),
      ),
    });
    expect(await idsIn(elsewhere)).toEqual([]);
  });
  it("names what was not asked of a large pool", async () => {
    const large = planSpec(
      text.replace("172.16.1.60-172.16.1.69", "10.7.0.0-10.7.1.255"),
      "homelab.yaml",
      catalog,
      [],
    ).plan;
    const verdicts = await verdictsIn(before, large);
    expect(verdicts.map(({ verdict }) => (verdict.is === "unknown" ? verdict.says : ""))).toContain(
      "448 addresses of pool lan",
    );
  });
});
