/** What this machine was given: addresses, routers, resolvers. Its own programs say it, nobody else is asked. */
import { getServers } from "node:dns";
import { networkInterfaces } from "node:os";
import { parseIp } from "../../model/address.ts";
import type { MachineAnswer, OwnAddress } from "../../probes/question.ts";
import { linesPrinted } from "./program.ts";

export async function askMachine(): Promise<MachineAnswer> {
  const isMac = process.platform === "darwin";
  const [leases, routes, asked] = await Promise.all([
    isMac ? undefined : linesPrinted("ip", ["-o", "addr", "show"]),
    isMac ? linesPrinted("route", ["-n", "get", "default"]) : linesPrinted("ip", ["route", "show", "default"]),
    isMac ? undefined : linesPrinted("resolvectl", ["dns"]),
  ]);
  return {
    addresses: ownAddresses(networkInterfaces(), leases),
    routers: routes && routersIn(routes),
    resolvers: resolversIn(getServers(), asked),
  };
}

export function ownAddresses(
  interfaces: ReturnType<typeof networkInterfaces>,
  leases: readonly string[] | undefined,
): readonly OwnAddress[] {
  return Object.entries(interfaces).flatMap(([interfaceName, addresses = []]) =>
    addresses.flatMap(({ internal, cidr }): readonly OwnAddress[] => {
      const [text = "", prefix = ""] = (cidr ?? "").split("/");
      const ip = parseIp(text);
      if (internal || ip === undefined) return [];
      const leased = leases && isLeased(text, leases);
      return [{ ip, prefix: Number(prefix), interfaceName, ...(leased !== undefined && { leased }) }];
    }),
  );
}

/** `2: eth0    inet 172.16.1.23/24 … scope global dynamic eth0`: dynamic is what ends by itself, a lease (ip-address(8)). */
function isLeased(ip: string, lines: readonly string[]): boolean | undefined {
  const line = lines.find((text) => text.includes(` inet ${ip}/`));
  return line === undefined ? undefined : / dynamic /.test(line);
}

/** `default via 172.16.1.1 dev eth0 proto dhcp` (ip-route(8)), `    gateway: 172.16.1.1` (route(8) of macOS). */
export const routersIn = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => /^default via (\S+)/.exec(line)?.[1] ?? /^\s*gateway: (\S+)/.exec(line)?.[1] ?? []);

/** Where systemd-resolved stands in front, `Link 2 (eth0): 172.16.1.1` of resolvectl(1) names those behind it. */
export function resolversIn(servers: readonly string[], asked: readonly string[] | undefined): readonly string[] {
  const isStub = servers.every((server) => server.startsWith("127.0.0."));
  const behind = (asked ?? [])
    .flatMap((line) => line.split(": ").slice(1).join(": ").split(/\s+/))
    .flatMap((word) => parseIp(word) ?? []);
  return isStub && behind.length > 0 ? [...new Set(behind)] : servers;
}
