/** Who is told of names: on the internet, and in the house where no server in the cluster answers for them. */
import { describe, expect, it } from "vitest";
import { recordedSession } from "../../test/support/session.ts";
import { ExpectedError, type FindingsError } from "../../src/model/errors.ts";
import { read } from "../../src/yaml/read.ts";
import { collect } from "./collect.ts";
import { valueAt, type Draft } from "./draft.ts";

const NETWORK = {
  name: "ragas",
  domain: "ragas.cc",
  repository: "https://github.com/example/homelab.git",
  distribution: "talos",
  hardware: "bare-metal",
  lan: "172.16.1.0/24",
  dhcp: "172.16.1.100-172.16.1.199",
  taken: "adguard=.11",
  dns: "adguard",
  "resolver-software": "adguard=adguard-home",
  "control-planes": "3",
  "node-addresses": "172.16.1.50-172.16.1.52",
  interface: "eth0",
  disk: "/dev/sda",
};

type Flags = Readonly<Record<string, string>>;

async function collected(flags: Flags): Promise<Draft> {
  const session = recordedSession({ cwd: "/home/me", argument: "home", flags: { ...NETWORK, ...flags } });
  return read((await collect(session)).text, "homelab.yaml", { aliases: "refuse" }).value as Draft;
}

const publishedBy = async (flags: Flags): Promise<unknown> => valueAt(await collected(flags), "dns.publish");

describe("names on the internet", () => {
  it("are proven where they are published, without another question", async () => {
    const draft = await collected({ internet: "port-forward", publish: "route53" });
    expect(valueAt(draft, "dns.publish.route53.gateways")).toEqual(["external"]);
    expect(valueAt(draft, "certificates.letsencrypt.solver")).toBe("route53");
  });
  it("are at no host of public DNS that nobody named", async () => {
    const draft = await collected({ internet: "port-forward" });
    expect([valueAt(draft, "dns.publish"), valueAt(draft, "certificates")]).toEqual([undefined, undefined]);
  });
});

describe("names of the house", () => {
  it("are written into the server that was named", async () => {
    const flags = { "split-dns": "none", "house-dns": "unifi", "house-dns-at": "https://172.16.1.1" };
    expect(await publishedBy(flags)).toEqual({ unifi: { owner: "ragas-unifi", url: "https://172.16.1.1" } });
  });
  it("are written into a name server by its address", async () => {
    const flags = { "split-dns": "none", "house-dns": "rfc2136", "house-dns-at": "172.16.1.10" };
    expect(await publishedBy(flags)).toMatchObject({ rfc2136: { server: "172.16.1.10" } });
  });
  it("are proposed to be written into what runs on a resolver", async () => {
    const flags = { "split-dns": "none", "house-dns-at": "http://172.16.1.11:3000" };
    expect(await publishedBy(flags)).toMatchObject({ "adguard-home": { url: "http://172.16.1.11:3000" } });
  });
  it("stand beside those on the internet", async () => {
    const flags = { "split-dns": "none", "house-dns-at": "http://172.16.1.11", internet: "cloudflare-tunnel" };
    expect(Object.keys((await publishedBy(flags)) as object).sort()).toEqual(["adguard-home", "cloudflare"]);
  });
  it("are nobody's where nobody is wanted, and nobody else's where the cluster answers", async () => {
    expect(await publishedBy({ "split-dns": "none", "house-dns": "none" })).toBeUndefined();
    expect(await publishedBy({})).toBeUndefined();
  });
  it.each([
    [{ "split-dns": "none", "house-dns": "unify", "house-dns-at": "https://172.16.1.1" }, "did you mean unifi?"],
    [{ "house-dns": "unifi" }, "a server in the cluster answers for the same names: --split-dns none"],
    [{ "split-dns": "none", "house-dns": "none", "house-dns-at": "https://172.16.1.1" }, "--house-dns"],
    [{ "split-dns": "none", "house-dns": "unifi", "house-dns-at": "172.16.1.1" }, "http"],
    [{ "split-dns": "none", "house-dns": "unifi" }, "--house-dns-at URL|IP"],
  ])("are refused for %j", async (flags, message) => {
    const refusal: unknown = await publishedBy(flags).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(ExpectedError);
    const { findings = [], hint = "" } = refusal as Partial<Pick<FindingsError, "findings" | "hint">>;
    expect([...findings.map((finding) => finding.message), hint].join("\n")).toContain(message);
  });
});
