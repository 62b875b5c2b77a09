/** BIND with a zone that is changed with a key (Debian's packages bind9 and bind9-dnsutils; `npm run test:cluster` installs them). */
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePorts, startDaemon } from "./daemons.ts";
import { run } from "./run.ts";
import { temporaryFolder } from "./workspace.ts";

export interface NameServer {
  readonly port: number;
  /** Of the key `homelab`, in base64. */
  readonly secret: string;
  /** Lines of the zone without those of the zone itself, `app.ragas.cc A 172.16.1.61`, sorted. */
  records(): Promise<readonly string[]>;
  /** Counts changes. */
  serial(): Promise<string>;
  stop(): Promise<void>;
}

const KEY = "homelab";

export async function startNameServer(zone: string, records: readonly string[]): Promise<NameServer> {
  const folder = temporaryFolder("named");
  const [port = 0] = await freePorts(1);
  const secret = randomBytes(32).toString("base64");
  writeFileSync(
    join(folder, "zone"),
    [
      `$TTL 60`,
      `$ORIGIN ${zone}.`,
      "@ SOA ns hostmaster 1 3600 600 86400 60",
      "@ NS ns",
      "ns A 127.0.0.1",
      ...records,
      "",
    ].join("\n"),
  );
  writeFileSync(
    join(folder, "named.conf"),
    `options { directory "${folder}"; pid-file none; session-keyfile none; listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; }; recursion no; dnssec-validation no; managed-keys-directory "${folder}"; };
controls { };
key ${KEY} { algorithm hmac-sha256; secret "${secret}"; };
zone "${zone}" { type primary; file "zone"; allow-transfer { key ${KEY}; }; update-policy { grant ${KEY} zonesub ANY; }; };
`,
  );
  const named = startDaemon("/usr/sbin/named", ["-g", "-c", join(folder, "named.conf")], { folder });
  const dig = async (...question: readonly string[]): Promise<readonly string[]> => {
    const at = ["@127.0.0.1", "-p", String(port), "+time=2", "+tries=1"];
    const { stdout } = await run("dig", [
      ...at,
      "-y",
      `hmac-sha256:${KEY}:${secret}`,
      "+noall",
      "+answer",
      ...question,
    ]);
    return stdout.split("\n").filter((line) => line !== "" && !line.startsWith(";"));
  };
  const soa = async (): Promise<string> => (await dig(zone, "SOA"))[0]?.split(/\s+/)[6] ?? "";
  for (let tries = 0; (await soa()) === ""; tries += 1) {
    if (tries > 100) {
      await named.stop();
      throw new Error(`named does not answer\n${named.log()}`);
    }
    await pause(100);
  }
  return {
    port,
    secret,
    serial: soa,
    records: async () =>
      (await dig(zone, "AXFR"))
        .map((line) => line.split(/\s+/))
        .filter(([, , , type = ""]) => ["A", "AAAA", "CNAME", "TXT"].includes(type))
        .map(([name = "", , , type = "", ...value]) => `${name.replace(/\.$/, "")} ${type} ${value.join(" ")}`)
        .filter((line) => !line.startsWith(`ns.${zone} `))
        .toSorted(),
    stop: () => named.stop(),
  };
}
