import { describe, expect, it, test } from "vitest";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { LARGE_SPEC, SMALL_SPEC } from "../../test/fixtures/specs.ts";
import { both } from "../model/families.ts";
import { loadSpec } from "./load.ts";
import { setInSpec } from "./setInSpec.ts";
import { parseSetting } from "./setting.ts";
import type { Spec } from "./spec.ts";

const catalog = madeUpCatalog();

function specOf(text: string): Spec {
  const { spec, findings } = loadSpec(text, "homelab.yaml", catalog);
  if (spec === undefined) throw new Error(findings.map(({ message }) => message).join(", "));
  return spec;
}

const small = (from: string, to: string): Spec => specOf(SMALL_SPEC.replace(from, () => to));

const LAN = "cidr: 192.168.1.0/24";

/** Of a host that nothing more is said of. */
const unsaid = { managed: false, exports: [], nodeExporter: false };

test("hosts have one form, in the order of the file", () => {
  expect(specOf(LARGE_SPEC).lan.hosts).toEqual([
    { name: "router", ip: "172.16.1.1", ips: ["172.16.1.1"], software: [], ...unsaid },
    { name: "pve1", ip: "172.16.1.2", ips: ["172.16.1.2"], software: [], ...unsaid },
    { name: "adguard", ip: "172.16.1.11", ips: ["172.16.1.11"], software: ["adguard-home"], ...unsaid },
    { name: "nas", ip: "172.16.1.12", ips: ["172.16.1.12"], software: ["nfs-server", "samba"], ...unsaid },
  ]);
});

test("other networks have one form", () =>
  expect(specOf(LARGE_SPEC).networks.map(({ name, cidrs, vlan }) => `${name} ${both(cidrs)} ${vlan}`)).toEqual([
    "vpn 10.8.0.0/24 undefined",
    "iot 192.168.30.0/24 30",
  ]));

describe("a value for each IP family", () => {
  it("is read where one value is", () => {
    expect(both(small(LAN, "cidr: [192.168.1.0/24, fd00:1::/64]").lan.cidr)).toBe("192.168.1.0/24 and fd00:1::/64");
    expect(small("ip: 192.168.1.50", "ip: [192.168.1.50, fd00:1::50]").nodes[0]?.ips).toEqual([
      "192.168.1.50",
      "fd00:1::50",
    ]);
  });
  it("is a list of one as well", () => expect(both(small(LAN, "cidr: [fd00:1::/64]").lan.cidr)).toBe("fd00:1::/64"));
  it("stands in short forms too", () => {
    const { lan } = small(LAN, `${LAN}\n  hosts: { nas: [192.168.1.20, "fd00:1:0::20"] }`);
    expect(lan.hosts).toEqual([
      { name: "nas", ip: "192.168.1.20", ips: ["192.168.1.20", "fd00:1::20"], software: [], ...unsaid },
    ]);
  });
  it("calls a machine by its address of the first family, in whatever order it is written", () => {
    const { nodes } = small("ip: 192.168.1.50", "ip: [fd00:1::50, 192.168.1.50]");
    expect(nodes[0]).toMatchObject({ ip: "192.168.1.50", ips: ["fd00:1::50", "192.168.1.50"] });
  });
  it("is shown where it was written, past a key nobody wrote", () => {
    const text = SMALL_SPEC.replace(LAN, `${LAN}\n  hosts: { nas: [192.168.1.20, fd00::x] }`);
    const [finding] = loadSpec(text, "homelab.yaml", catalog).findings;
    expect(finding).toMatchObject({ paths: ["lan.hosts.nas.1"], places: [{ length: "fd00::x".length }] });
  });
  it("keeps its long form when more is said", () => {
    const text = SMALL_SPEC.replace(LAN, `${LAN}\n  hosts:\n    nas: [192.168.1.20, fd00:1::20]`);
    const longer = setInSpec(text, "homelab.yaml", "lan.hosts.nas.software", "nfs", catalog);
    expect(specOf(longer).lan.hosts).toMatchObject([{ ips: ["192.168.1.20", "fd00:1::20"], software: ["nfs"] }]);
  });
  it("can be set on the command line", () => {
    const setting = parseSetting("lan.cidr", "[192.168.1.0/24, fd00:1::/64]", catalog);
    expect(setting).toMatchObject({ value: ["192.168.1.0/24", "fd00:1::/64"] });
    expect(parseSetting("lan.cidr", "[192.168.1.0/24, 192.168.2.0/24]", catalog)).toMatchObject({
      finding: { message: "one of each IP family stands here, and these are two of IPv4" },
    });
  });
});
