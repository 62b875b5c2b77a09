import { describe, expect, it } from "vitest";
import { LARGE_SPEC, SMALL_SPEC } from "../../test/fixtures/specs.ts";
import { good } from "../../test/support/goodSpec.ts";

describe("a spec that says everything", () => {
  const spec = good(LARGE_SPEC);

  it("has parsed values", () => {
    expect(spec.lan.cidr).toMatchObject([{ family: 4, prefix: 24, text: "172.16.1.0/24" }]);
    expect(spec.lan.cidr[0]).not.toHaveProperty("hostBits");
    expect(spec.lan.dhcp?.text).toBe("172.16.1.100-172.16.1.199");
    expect(spec.domains).toEqual(["ragas.cc", "ragas.example"]);
    expect(spec.repository.path).toBe("clusters/home");
  });

  it("gives nodes what nodeDefaults says, key by key, and then what the platforms say", () => {
    expect(spec.nodes).toEqual([
      {
        name: "cp-1",
        ip: "172.16.1.50",
        ips: ["172.16.1.50"],
        role: "control-plane",
        options: {
          interface: "ens18",
          disk: "/dev/sda",
          proxmox: { host: "pve1", bridge: "vmbr1", cores: 8, memory: "8GiB" },
        },
      },
      {
        name: "worker-1",
        ip: "172.16.1.51",
        ips: ["172.16.1.51"],
        role: "worker",
        options: {
          interface: "ens19",
          disk: "/dev/sda",
          proxmox: { host: "pve1", bridge: "vmbr1", cores: 2, memory: "8GiB" },
        },
      },
    ]);
  });

  it("takes the text of a scalar where the key wants text", () => {
    expect(spec.cluster.kubernetes).toBe("1.30");
  });

  it("has every slot with its component, shared keys apart from the component's own", () => {
    const entry = (slot: string) => spec.entries.find((candidate) => candidate.slot === slot);
    expect(entry("load-balancer")).toMatchObject({
      provider: "metallb",
      path: "loadBalancer",
      options: { mode: "l2", ignore: [] },
    });
    expect(Object.keys(spec.settings.get("load-balancer")?.["pools"] as object)).toEqual(["lan", "public"]);
    expect(entry("api")?.options).toMatchObject({ address: "172.16.1.49", port: 6443 });
    expect(entry("split-dns")).toMatchObject({
      provider: "none",
      component: { id: "no-split-dns" },
      options: {},
    });
    expect(spec.entries.map(({ slot }) => slot)).toEqual([
      "gitops",
      "api",
      "cni",
      "load-balancer",
      "ingress",
      "split-dns",
      "publish",
      "publish",
      "issuers",
      "issuers",
    ]);
  });

  it("remembers silenced rules", () => {
    expect(spec.silence).toEqual(new Map([["LB-POOL-DHCP", "the router reserves them"]]));
  });
});

describe("numbers where text is wanted", () => {
  it.each([
    ["name: 1e3", "1e3"],
    ["name: 007", "007"],
    ["name: 0x10", "0x10"],
    ["name: true", "true"],
    ['name: "12"', "12"],
    ["name: 12 # a comment", "12"],
  ])("%s is called %s", (line, name) => {
    expect(good(SMALL_SPEC.replace("name: home", line)).name).toBe(name);
  });
});
