/** Needs HOMELAB_NET_TOOLS: the files of hosts in front of the API, judged by the programs that read them. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const files = emittedNetworks.flatMap(({ name, tree }) =>
  [...tree].flatMap(([path, { content }]) => (path.includes("hosts/") ? [{ name, path, content }] : [])),
);
const ending = (suffix: string) => files.filter(({ path }) => path.endsWith(suffix));
const proxies = ending("/haproxy.cfg");
const movers = ending("/keepalived.conf");

async function judged(program: "haproxy" | "keepalived", content: string) {
  const folder = temporaryFolder(program);
  writeFiles(folder, { configuration: content });
  const flag = { haproxy: "-c", keepalived: "-t" }[program];
  // Debian keeps both where users do not look.
  const env = { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` };
  const { code, stdout, stderr } = await run(program, [flag, "-f", join(folder, "configuration")], { env });
  return { code, said: `${stdout}${stderr}` };
}

describe("HAProxy", () => {
  it("has configurations to judge", () => expect(proxies.length).toBeGreaterThan(2));
  it.each(proxies)("takes $path ($name) without a warning", async ({ content }) => {
    const { code, said } = await judged("haproxy", content);
    expect(said).not.toMatch(/WARNING|ALERT/);
    expect(code).toBe(0);
  });

  const [{ content = "" } = {}] = proxies;
  it.each([
    ["a word it does not know", "  balance roundrobin", "  balance roundabout"],
    ["a port that is none", /bind (\S+):\d+$/m, "bind $1:70000"],
    ["a backend that is missing", "default_backend kubernetes-api", "default_backend kubernetes"],
    ["a server without an address", /^( {2}server \S+) .*$/m, "$1"],
    ["a server twice", /^( {2}server \S+ \S+\n)/m, "$1$1"],
  ])("refuses %s", async (_, find, replace) => {
    const wrong = content.replace(find, replace);
    expect(wrong).not.toBe(content);
    expect((await judged("haproxy", wrong)).code).not.toBe(0);
  });
});

describe("keepalived", () => {
  it("has configurations to judge", () => expect(movers.length).toBeGreaterThan(1));
  it.each(movers)("takes $path ($name)", async ({ content }) => {
    expect(await judged("keepalived", content)).toEqual({ code: 0, said: "" });
  });

  const [{ content = "" } = {}] = movers;
  it.each([
    ["a number no router has", /virtual_router_id \d+/, "virtual_router_id 256"],
    ["a script nobody wrote", "    haproxy\n", "    hapraxy\n"],
    ["an address that is none", /^ {4}(\S+) dev/m, "    172.16.1.300/32 dev"],
  ])("refuses %s", async (_, find, replace) => {
    const wrong = content.replace(find, replace);
    expect(wrong).not.toBe(content);
    expect((await judged("keepalived", wrong)).code).not.toBe(0);
  });
});
