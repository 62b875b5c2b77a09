import { describe, expect, it } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { compose } from "../../src/compose/compose.ts";
import { FindingsError } from "../../src/model/errors.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { withMadeUp } from "../../test/fixtures/madeUp.ts";
import { recordedSession } from "../../test/support/session.ts";
import { collect } from "./collect.ts";

const catalog = assembleCatalog();
const preset = catalog.templates.render("presets/talos-cilium-envoy.yaml", {});

/** As it is written: whose the public records are stands there from the beginning. */
const written = preset.replace("policy: upsert-only }", "policy: upsert-only, owner: ragas-cloudflare }");

const planOf = (text: string) => planSpec(text, "homelab.yaml", catalog, rules).plan;

/** Without the file that says the same in other words, and the record of it. */
const treeOf = (text: string) =>
  [...compose(planOf(text), catalog, { specText: text, version: "VERSION" }).tree].filter(
    ([path]) => path !== "homelab.yaml",
  );

type Answers = Readonly<Record<string, string>>;
const asking = (answers: Answers, flags: Answers = {}) =>
  recordedSession({ cwd: "/home/me", argument: "my-homelab", flags, answers });

/** The document's own answers, as somebody types them. */
const OWN = {
  "Cluster name": "ragas",
  Domain: "ragas.cc",
  "Git repository": "https://github.com/example/homelab.git",
  "Your LAN": "172.16.1.0/24",
  "DHCP hands out": "172.16.1.100-172.16.1.199",
  "Addresses already taken": "router=.1, pve1-4=.2-.5, technitium .10, adguard .11",
  "Resolvers of the machines": "adguard,technitium",
  "Control planes": "3",
  Workers: "1",
  "Proxmox hosts": "pve1,pve2,pve3,pve4",
};

const EACH_PART = {
  ...OWN,
  "Start from": "each-part",
  Hardware: "proxmox",
  "Connections to Services": "dsr-xdp",
  "Way in from the internet": "cloudflare-tunnel",
  Secrets: "sops",
};

const ELSEWHERE = {
  ...OWN,
  Domain: "example.org",
  "Your LAN": "192.168.7.0/24",
  "DHCP hands out": "192.168.7.100-192.168.7.199",
  "Resolvers of the machines": "",
  "Addresses already taken": "pve1-4=.2-.5",
};

describe("a preset chosen at the first question", () => {
  it("is the preset to the byte where its own answers are given", async () => {
    expect((await collect(asking(OWN))).text).toBe(written);
  });
  it("asks for what is the user's own and for no choice", async () => {
    const session = asking(OWN);
    await collect(session);
    const choices = [
      "Hardware",
      "Kubernetes API",
      "Gateways",
      "Connections",
      "Way in",
      "Certificates",
      "Published names",
    ];
    expect(session.asked.filter((message) => choices.some((choice) => message.startsWith(choice)))).toEqual([]);
    expect(session.asked.map((message) => message.split("  ")[0])).toContain("LoadBalancer pool");
  });
  it("keeps the choices and proposes every address anew in another LAN", async () => {
    const { text } = await collect(asking(ELSEWHERE));
    expect(text).not.toMatch(/172\.16\.1\.|ragas\.cc|adguard|the document/);
    const plan = planOf(text);
    expect(plan.gateways.map(({ name, address, public: way }) => [name, address, way])).toEqual([
      ["internal", "192.168.7.61", undefined],
      ["external", "192.168.7.62", "cloudflare-tunnel"],
    ]);
    expect(plan.cluster.api.address).toBe("192.168.7.49");
    expect(plan.cluster.pods.text).toBe("10.42.0.0/16");
    const ids = (one: typeof plan) => one.chosen.map(({ component }) => component.id);
    expect(ids(plan)).toEqual(ids(planOf(preset)));
  });
  it("moves the ranges inside the cluster where the LAN is one of them", async () => {
    const session = asking({
      ...ELSEWHERE,
      "Your LAN": "10.42.0.0/24",
      "DHCP hands out": "",
    });
    const { cluster } = planOf((await collect(session)).text);
    expect([cluster.pods.text, cluster.services.text]).toEqual(["10.244.0.0/16", "10.43.0.0/16"]);
  });
  it("is not asked for where a flag names it, and nothing else is then", async () => {
    const session = asking({}, { preset: "talos-cilium-envoy" });
    expect((await collect(session)).text).toBe(written);
    expect(session.asked).toEqual([]);
  });
});

const FLAGS = {
  name: "ragas",
  domain: "ragas.cc",
  repository: "https://github.com/example/homelab.git",
  hardware: "proxmox",
  lan: "172.16.1.0/24",
  dhcp: "172.16.1.100-172.16.1.199",
  taken: "router=172.16.1.1,pve1=.2,pve2=.3,pve3=.4,pve4=.5,technitium=.10,adguard=.11",
  dns: "adguard,technitium",
  "control-planes": "3",
  workers: "1",
  "proxmox-hosts": "pve1,pve2,pve3,pve4",
  "load-balancing": "dsr-xdp",
  internet: "cloudflare-tunnel",
  secrets: "sops",
};

describe("each part chosen", () => {
  it("ends in the whole network of the preset, by questions alone", async () => {
    const { text } = await collect(asking(EACH_PART));
    expect(treeOf(text)).toEqual(treeOf(preset));
  });
  it("is the same by flags", async () => {
    const byFlags = recordedSession({ cwd: "/home/me", argument: "my-homelab", flags: FLAGS });
    expect((await collect(byFlags)).text).toBe((await collect(asking(EACH_PART))).text);
  });
  it("leaves out what nobody wants", async () => {
    const { text } = await collect(asking({ ...EACH_PART, Certificates: "none", "Published names": "none" }));
    expect(text).not.toMatch(/certificates|publish/);
    const { text: atHome } = await collect(asking({ ...EACH_PART, "Way in from the internet": "none" }));
    expect(atHome).not.toMatch(/external|certificates|publish/);
  });
  it("offers nothing that the domain cannot have, and says why", async () => {
    const unowned = { ...EACH_PART, Domain: "ragas.home.arpa" };
    await expect(collect(asking(unowned))).rejects.toThrow(
      "cloudflare-tunnel is disabled: ragas.home.arpa cannot be reached through the tunnel",
    );
    const certificates = { ...unowned, "Way in from the internet": "none", Certificates: "letsencrypt" };
    await expect(collect(asking(certificates))).rejects.toThrow("letsencrypt is disabled: ragas.home.arpa is not on");
    const records = { ...certificates, Certificates: "none", "Published names": "cloudflare" };
    await expect(collect(asking(records))).rejects.toThrow("cloudflare is disabled: dns.publish.cloudflare has no");
  });
  it("proposes an authority of one's own where no other certifies the domain", async () => {
    const atHome = { ...EACH_PART, Domain: "ragas.home.arpa", "Way in from the internet": "none" };
    const { text } = await collect(asking(atHome));
    expect(text).toMatch(/^certificates: \{ internal-ca: true \}/m);
    expect((await collect(asking({ ...atHome, Certificates: "none" }))).text).not.toContain("certificates");
    const { text: inPublic } = await collect(asking({ ...EACH_PART, "Way in from the internet": "none" }));
    expect(inPublic).not.toContain("certificates");
  });
  it("asks who reads the repository where its address does not tell", async () => {
    const { text } = await collect(asking({ ...EACH_PART, "The repository is": "private" }));
    expect(planOf(text).repository.access).toBe("token");
    const overSsh = asking({ ...EACH_PART, "Git repository": "ssh://git@github.com/example/homelab.git" });
    expect(planOf((await collect(overSsh)).text).repository.access).toBe("deploy-key");
    expect(overSsh.asked.filter((message) => message.startsWith("The repository is"))).toEqual([]);
  });
  it.each([
    ["internet", "cloudflare-tunel", "did you mean cloudflare-tunnel?"],
    ["internet", "upnp", "one of none, cloudflare-tunnel, port-forward"],
    ["certificates", "letsencypt", "did you mean letsencrypt?"],
    ["load-balancing", "fast", "one of snat, dsr, dsr-xdp"],
    ["visibility", "secret", "one of public, private"],
  ])("refuses --%s %s and names what there is", async (flag, value, message) => {
    const refused = collect(recordedSession({ cwd: "/home/me", argument: "my-homelab", flags: { [flag]: value } }));
    await expect(refused).rejects.toBeInstanceOf(FindingsError);
    await expect(refused).rejects.toMatchObject({
      findings: [{ message: expect.stringContaining(message) as string }],
    });
  });
  it("takes nothing out of a preset by a flag, and says where it stands", async () => {
    const changed = (flags: Answers) =>
      collect(
        recordedSession({ cwd: "/home/me", argument: "home", flags: { preset: "talos-cilium-envoy", ...flags } }),
      );
    const none = { internet: "none", certificates: "none", publish: "none", "load-balancing": "snat" };
    const paths = ["ingress.gateways", "certificates", "dns.publish", "cni.loadBalancing"];
    const refused = await changed(none).catch((error: unknown) => error);
    const messages = (refused as FindingsError).findings.map(({ message }) => message);
    expect(messages.map((message) => paths.find((path) => message.includes(path))).sort()).toEqual([...paths].sort());
    expect((await changed({ visibility: "private" })).text).toBe(
      written.replace("branch: main }", "branch: main, private: true }"),
    );
  });
  it("asks once for a slot with several offers, and takes any of them", async () => {
    const made = withMadeUp(catalog);
    const lava = made.components.find(({ id }) => id === "lava-lamp");
    if (lava === undefined) throw new Error("the made-up catalog has no lamp");
    const neon = { ...lava, id: "neon-lamp", provider: "neon" };
    const lit = {
      ...made,
      components: [
        ...made.components.map((component) => (component === lava ? { ...component, offer: {} } : component)),
        { ...neon, offer: { proposed: () => "it is a dark house" } },
      ],
    };
    const answered = (answer: Answers) =>
      collect(
        recordedSession({ cwd: "/home/me", argument: "home", answers: { ...EACH_PART, ...answer }, catalog: lit }),
      );
    expect((await answered({})).text).toMatch(/lamps:\s+neon: /);
    const { text } = await answered({ Lamps: "lava,neon" });
    expect(text).toMatch(/lava: .*\n? *neon: /);
    expect((await answered({ Lamps: "none" })).text).not.toContain("lamps");
  });
});

describe("what is in the LAN", () => {
  const hostsOf = async (taken: string, lan = "172.16.1.0/24") => {
    const flags = { ...OWN, "Your LAN": lan, "Addresses already taken": taken, "Resolvers of the machines": "" };
    const { lan: planned } = planOf(
      (await collect(asking({ ...EACH_PART, ...flags, Hardware: "bare-metal", Network: "ens18", Disk: "/dev/sda" })))
        .text,
    );
    return planned.hosts.map(({ name, ip }) => `${name} ${ip}`);
  };
  it.each([
    ["none", []],
    ["nas=172.16.1.20,printer=172.16.1.30", ["nas 172.16.1.20", "printer 172.16.1.30"]],
    ["nas=.20 printer=.30", ["nas 172.16.1.20", "printer 172.16.1.30"]],
    ["nas .20, pve1-3 .2-.4", ["nas 172.16.1.20", "pve1 172.16.1.2", "pve2 172.16.1.3", "pve3 172.16.1.4"]],
  ])("reads %s", async (taken, hosts) => {
    expect(await hostsOf(taken)).toEqual(hosts);
  });
  it.each(["nas=.256", "nas", "pve1-3=.2-.3", "nas=.20=.21"])("refuses %s at the question", async (taken) => {
    await expect(hostsOf(taken)).rejects.toThrow("is refused");
  });
  it("takes no number for an address where the LAN has several of them", async () => {
    await expect(hostsOf("nas=.20", "172.16.0.0/16")).rejects.toThrow("is refused");
  });
  it("asks what resolvers run, proposes it by their names, and takes something else", async () => {
    const software = async (answers: Answers) => {
      const { lan } = planOf((await collect(asking({ ...OWN, ...answers }))).text);
      return lan.hosts.filter(({ name }) => ["adguard", "technitium"].includes(name)).map((host) => host.software);
    };
    expect(await software({})).toEqual([["technitium"], ["adguard-home"]]);
    expect(await software({ "They run": "adguard=pihole" })).toEqual([[], ["pihole"]]);
    expect(await software({ "They run": "none" })).toEqual([[], []]);
    await expect(software({ "They run": "nas=pihole" })).rejects.toThrow("nas is no name among the resolvers");
    await expect(software({ "They run": "adguard=windows" })).rejects.toThrow("adguard runs one of adguard-home");
  });
});
