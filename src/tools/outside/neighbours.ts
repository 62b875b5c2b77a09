/** The neighbours this machine knows (ARP, NDP), as its own programs print them: reading them needs no rights. */
import { parseIp } from "../../model/address.ts";
import { linesPrinted } from "./program.ts";

/** Address → hardware address. */
export type Neighbours = ReadonlyMap<string, string>;

/** Undefined where the system does not say. */
export async function neighbourTable(): Promise<Neighbours | undefined> {
  const lines =
    process.platform === "darwin" ? await linesPrinted("arp", ["-an"]) : await linesPrinted("ip", ["neigh", "show"]);
  return lines && neighboursIn(lines);
}

/**
 * `172.16.1.1 dev eth0 lladdr bc:24:11:ac:10:01 REACHABLE` (ip-neighbour(8)), `? (172.16.1.1) at bc:24:11:ac:10:1 on en0`
 * (arp(8) of macOS). Those who did not answer have no hardware address: FAILED, INCOMPLETE, `(incomplete)`.
 */
export function neighboursIn(lines: readonly string[]): Neighbours {
  return new Map(
    lines.flatMap((line) => {
      const match =
        /^(\S+) dev \S+ lladdr ([0-9a-f:]+) (?!FAILED|INCOMPLETE)/.exec(line) ??
        /^\S+ \(([^)]+)\) at ([0-9a-f:]+) on /.exec(line);
      const ip = match?.[1] === undefined ? undefined : parseIp(match[1]);
      return ip === undefined || match?.[2] === undefined ? [] : [[ip, match[2]] as const];
    }),
  );
}
