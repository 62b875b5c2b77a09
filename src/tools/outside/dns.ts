/** One question to one name server, past the cache and the hosts file of this machine. */
import { Resolver } from "node:dns/promises";
import type { DnsAnswer, DnsQuestion, DnsType, Untold } from "../../probes/question.ts";

const PATIENCE = 1000;
const TRIES = 2;

export async function askDns({ server, name, type }: DnsQuestion): Promise<DnsAnswer | Untold> {
  const resolver = new Resolver({ timeout: PATIENCE, tries: TRIES });
  try {
    resolver.setServers([server]);
    return { status: "found", values: await ASK[type](resolver, name) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const status = STATUS[code];
    if (status !== undefined) return { status, values: [] };
    const silent = code === "ETIMEOUT" || code === "ECONNREFUSED";
    return silent
      ? { untold: `${server} does not answer questions about names`, how: "silent" }
      : { untold: `${server} could not be asked for ${name}: ${code}`, how: "impossible" };
  }
}

const ASK: Readonly<Record<DnsType, (resolver: Resolver, name: string) => Promise<readonly string[]>>> = {
  A: (resolver, name) => resolver.resolve4(name),
  NS: (resolver, name) => resolver.resolveNs(name),
  SOA: async (resolver, name) => [(await resolver.resolveSoa(name)).nsname],
  CAA: async (resolver, name) =>
    (await resolver.resolveCaa(name)).flatMap((record) =>
      CAA_TAGS.flatMap((tag) => (record[tag] === undefined ? [] : [`${tag} ${record[tag]}`])),
    ),
};

/** Beside these a record has its flags, and of Node.js 24 its type as well (measured with 20.20 and 24.21). */
const CAA_TAGS = ["issue", "issuewild", "iodef", "contactemail", "contactphone"] as const;

/** Answers without records (Node.js documentation, dns: Error codes). */
const STATUS: Readonly<Record<string, DnsAnswer["status"]>> = {
  ENOTFOUND: "no such name",
  ENODATA: "no such record",
  EREFUSED: "refused",
  ESERVFAIL: "failed",
  EFORMERR: "failed",
  ENOTIMP: "failed",
  EBADRESP: "failed",
};
