/** Where a DNS server of the house is found: it has pages and an interface for programs at one address. */
import { z } from "zod";
import { parseIp, type Ip } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import type { Begun, PodPort } from "../model/policies.ts";
import type { Pods } from "../model/unit.ts";
import { asksApi, asksInternet, asksServer, tcp } from "./begins.ts";

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

export interface Asked {
  readonly host: string;
  readonly ports: readonly PodPort[];
}

/** Whoever reads names of routes and writes them somewhere: `where` absent, at a host on the internet. */
export const asksForNames = (pods: Pods, where: Asked | undefined, title: string, plan: Plan): readonly Begun[] => [
  asksApi(pods, "it reads names from routes"),
  ...(where === undefined
    ? [asksInternet(pods, tcp(443), `it writes names at ${title}`)]
    : asksServer(pods, where.host, where.ports, plan, `it writes names at ${title}`)),
];

/** Who is asked there, and at which port; nobody without a URL. */
export function atUrl(text: string | undefined): Asked | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port } = new URL(text);
  const usual = protocol === "https:" ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ""), ports: tcp(port === "" ? usual : Number(port)) };
}

/** `http://172.16.1.11:3000`, `[fd00:1::10]:53`; a name has none. */
export function addressIn(server: string): Ip | undefined {
  const host = server.replace(/^https?:\/\//, "");
  return parseIp(/^\[([^\]]*)\]/.exec(host)?.[1] ?? host.replace(/:\d+$/, ""));
}
