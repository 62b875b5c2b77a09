/** Resolvers of home networks on this machine, and questions to them (`node scripts/tools.mjs` installs what they need). */
import { Resolver } from "node:dns/promises";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { freePorts, startDaemon } from "./daemons.ts";
import { builtTool } from "./goTools.ts";
import { temporaryFolder } from "./workspace.ts";

/** Where one listens, on 127.0.0.1. */
export type Port = number;

/** Addresses, sorted; `[]` where the name has none of the kind; or what was said instead. */
export type Answer = readonly string[] | string;

export async function ask(port: Port, name: string, type: "A" | "AAAA"): Promise<Answer> {
  const resolver = new Resolver({ timeout: 5000, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  try {
    return (await (type === "A" ? resolver.resolve4(name) : resolver.resolve6(name))).toSorted();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENODATA" ? [] : String(code);
  }
}

/** CoreDNS with what a text says for each port; ports are written as `PORT`, `PORT2`. */
export async function startCoreDns(corefile: (folder: string, ports: readonly Port[]) => string, count = 1) {
  const { path } = await builtTool("coredns");
  const folder = temporaryFolder("coredns");
  const ports = await freePorts(count);
  const file = join(folder, "Corefile");
  writeFileSync(file, corefile(folder, ports));
  await listening(path, ["-conf", file], folder, ports);
  return ports;
}

/**
 * dnsmasq as a router runs it: nothing it hears of from the internet may be an address of the LAN (dnsmasq(8),
 * stop-dns-rebind).
 */
export async function startDnsmasq(lines: readonly string[], internet: Port): Promise<Port> {
  const folder = temporaryFolder("dnsmasq");
  const [port = 0] = await freePorts(1);
  const file = join(folder, "dnsmasq.conf");
  const own = [
    `port=${port}`,
    "listen-address=127.0.0.1",
    "bind-interfaces",
    "no-resolv",
    "no-hosts",
    "stop-dns-rebind",
    `server=127.0.0.1#${internet}`,
  ];
  writeFileSync(file, `${[...own, ...lines].join("\n")}\n`);
  const args = ["--keep-in-foreground", `--conf-file=${file}`, "--pid-file=", "--user=", "--group="];
  await listening("/usr/sbin/dnsmasq", args, folder, [port]);
  return port;
}

/**
 * Unbound as a router runs it: the same of addresses (unbound.conf(5), private-address), and whatever is signed further
 * up has to be signed, of which an anchor for `cc` stands here in the place of the one of the root.
 */
export async function startUnbound(lines: readonly string[], internet: Port): Promise<Port> {
  const folder = temporaryFolder("unbound");
  const [port = 0] = await freePorts(1);
  const file = join(folder, "unbound.conf");
  const own = `server:
  interface: 127.0.0.1@${port}
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  do-daemonize: no
  use-syslog: no
  do-not-query-localhost: no
  private-address: 172.16.0.0/12
  private-address: fd00::/8
  trust-anchor: "cc. DS 519 8 2 ${"e1".repeat(32)}"
remote-control:
  control-enable: no
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${internet}
`;
  writeFileSync(file, `${own}${lines.join("\n")}\n`);
  await listening("/usr/sbin/unbound", ["-d", "-c", file], folder, [port]);
  return port;
}

async function listening(program: string, args: readonly string[], folder: string, ports: readonly Port[]) {
  const daemon = startDaemon(program, args, { folder });
  onTestFinished(() => daemon.stop());
  for (let tries = 0; tries < 100; tries += 1) {
    const answers = await Promise.all(ports.map((port) => ask(port, "is.there.test", "A")));
    if (answers.every((answer) => answer !== "ECONNREFUSED" && answer !== "ETIMEOUT")) return;
    if (daemon.child.exitCode !== null) break;
    await pause(100);
  }
  throw new Error(`${daemon.name} does not answer\n${daemon.log()}`);
}
