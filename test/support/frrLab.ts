/**
 * FRR on several machines of one LAN, each a network namespace (ip-netns(8)): the daemons of Debian's package, without its
 * service. Whoever may not make namespaces is told so, and nothing is taken for tried.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { startDaemon } from "./daemons.ts";
import { output, run } from "./run.ts";
import { temporaryFolder } from "./workspace.ts";

// Where Debian's package and that of FRR have the daemons, which are on no PATH.
const DAEMONS = "/usr/lib/frr";

export interface LabMachine {
  /** What vtysh says there. */
  show(command: string): Promise<string>;
  /** The same for a command that ends in `json`. */
  json(command: string): Promise<unknown>;
}

export interface LabOptions {
  /** With their lengths: `172.16.1.1/24`. */
  readonly addresses: readonly string[];
  readonly configuration: string;
  /** Nothing listens at port 179, as with every speaker in a cluster but BIRD (bgpd(8), --bgp_port). */
  readonly deaf?: boolean;
}

export async function mayMakeNamespaces(): Promise<boolean> {
  const name = `homelab-net-try-${process.pid}`;
  const { code } = await run("ip", ["netns", "add", name]);
  if (code === 0) await run("ip", ["netns", "delete", name]);
  return code === 0;
}

let made = 0;

/** A LAN of its own; its machines go when the test ends. */
export async function startLan() {
  const lan = `homelab-net-${process.pid}-${(made += 1)}`;
  await namespace(lan);
  await inside(lan, ["ip", "link", "add", "lan", "type", "bridge"]);
  await inside(lan, ["ip", "link", "set", "lan", "up"]);
  let machines = 0;
  return {
    async start(options: LabOptions): Promise<LabMachine> {
      machines += 1;
      const name = `${lan}-${machines}`;
      await namespace(name);
      const port = `port${machines}`;
      await inside(lan, ["ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name]);
      await inside(lan, ["ip", "link", "set", port, "master", "lan", "up"]);
      for (const address of options.addresses)
        await inside(name, [
          "ip",
          "address",
          "add",
          address,
          "dev",
          "eth0",
          ...(address.includes(":") ? ["nodad"] : []),
        ]);
      for (const link of ["lo", "eth0"]) await inside(name, ["ip", "link", "set", link, "up"]);
      return startFrr(name, options);
    },
  };
}

const inside = (name: string, command: readonly string[]): Promise<string> =>
  output("ip", ["netns", "exec", name, ...command]);

async function namespace(name: string): Promise<void> {
  await output("ip", ["netns", "add", name]);
  onTestFinished(async () => void (await run("ip", ["netns", "delete", name])));
}

async function startFrr(name: string, { configuration, deaf = false }: LabOptions): Promise<LabMachine> {
  const folder = temporaryFolder("frr-lab");
  const file = join(folder, "frr.conf");
  writeFileSync(file, configuration);
  // As who made the namespaces: the user of the package may not write here. FRR starts for nobody outside of this group.
  const shared = ["--user", "root", "--group", "frrvty", "--config_file", "/dev/null", "--log", "stdout"];
  const sockets = ["--vty_socket", folder, "--socket", join(folder, "zserv")];
  for (const [daemon, own] of [
    ["zebra", []],
    ["bfdd", ["--bfdctl", join(folder, "bfdd.sock")]],
    ["bgpd", deaf ? ["--bgp_port", "0"] : []],
  ] as const) {
    const at = join(folder, daemon);
    mkdirSync(at);
    const args = ["netns", "exec", name, join(DAEMONS, daemon), "--pid_file", join(at, "pid"), "--vty_port", "0"];
    const started = startDaemon("/usr/sbin/ip", [...args, ...shared, ...sockets, ...own], { folder: at });
    onTestFinished(() => started.stop());
    await until(
      async () => (await vtysh(folder, "show version", daemon)).code === 0,
      () => `${daemon}\n${started.log()}`,
    );
  }
  const read = await run("vtysh", ["--vty_socket", folder, "--inputfile", file]);
  if (read.code !== 0) throw new Error(`FRR does not read it: ${read.stdout}${read.stderr}`);
  const show = async (command: string): Promise<string> => (await vtysh(folder, command)).stdout;
  return { show, json: async (command) => JSON.parse(await show(command)) as unknown };
}

const vtysh = (folder: string, command: string, daemon?: string) =>
  run("vtysh", ["--vty_socket", folder, ...(daemon === undefined ? [] : ["--daemon", daemon]), "--command", command]);

/** Within a minute: other tests share the processors. */
export async function until(holds: () => Promise<boolean>, otherwise: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await pause(300);
  }
  throw new Error(otherwise());
}
