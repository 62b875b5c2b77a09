/** Where a DNS server of the house is found: it has pages and an interface for programs at one address. */
import { z } from "zod";
import { parseIp, type Ip } from "../model/address.ts";

export const urlKey = (example: string) =>
  z
    .string()
    .regex(/^https?:\/\/[A-Za-z0-9.[\]:-]+$/, `expected where its pages are, without a path, like ${example}`)
    .describe("where it is found by programs: the beginning of the address of its pages")
    .meta({ kind: "an http:// or https:// address", example });

export const verifyKey = z
  .boolean()
  .default(false)
  .describe("whether the certificate it shows has to be one that everybody trusts")
  .meta({ because: "these servers show one they made themselves" });

/** `http://172.16.1.11:3000`, `[fd00:1::10]:53`; a name has none. */
export function addressIn(server: string): Ip | undefined {
  const host = server.replace(/^https?:\/\//, "");
  return parseIp(/^\[([^\]]*)\]/.exec(host)?.[1] ?? host.replace(/:\d+$/, ""));
}
