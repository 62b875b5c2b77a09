/** Name servers that take changes signed with a key (RFC 2136, RFC 8945): BIND, Knot, Technitium, PowerDNS. */
import { z } from "zod";

/** As the servers write them; those that external-dns and cert-manager both know. */
const ALGORITHMS = ["hmac-sha256", "hmac-sha512"] as const;

export const tsigKeys = {
  key: z
    .string()
    .regex(/^[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?$/, "expected the name of a key, as the server has it")
    .describe("name of the TSIG key, as the server has it")
    .meta({ kind: "the name of a key", example: "homelab" }),
  algorithm: z
    .enum(ALGORITHMS)
    .default("hmac-sha256")
    .describe("algorithm of the TSIG key")
    .meta({ because: "it is what tsig-keygen and Technitium make" }),
  port: z.int().min(1).max(65_535).default(53).describe("port of the server").meta({ because: "it is the one of DNS" }),
} as const;

export interface Tsig {
  readonly key: string;
  readonly algorithm: (typeof ALGORITHMS)[number];
  readonly port: number;
}

/** `[fd00:1::10]:53`. */
export const hostAndPort = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** What the key has to be allowed to do, and where its value is. */
export const tsigSecret = (
  { key, algorithm }: Tsig,
  may: string,
): { readonly what: string; readonly from: string } => ({
  what: `secret of the TSIG key ${key} (${algorithm}), which may ${may}, in base64 as the server shows it`,
  from: `BIND: tsig-keygen -a ${algorithm} ${key}; Knot: keymgr -t ${key} ${algorithm}; Technitium: Settings, TSIG`,
});
