/** The machines HAProxy runs on, and what is written for each. */
import { bits, familyOf, toNumber, type Family, type Ip } from "../model/address.ts";
import { API_SERVER_PORT } from "../model/apiUrl.ts";
import { ofFamily } from "../model/families.ts";
import type { Label } from "../model/names.ts";
import type { Host, Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";
import type { HaproxyOptions } from "./haproxyOptions.ts";

export type ProxyMachine = Pick<Host, "name" | "ip" | "ips">;

/** Hosts of the LAN, or nodes on which programs can be installed. A name nobody has is for the rules. */
export const machinesOf = ({ lan, nodes }: Plan, hosts: readonly Label[]): readonly ProxyMachine[] =>
  hosts.flatMap((name) => [...lan.hosts, ...nodes].find((machine) => machine.name === name) ?? []);

/** As HAProxy and URLs have it: an IPv6 address in brackets, so that its last group is no port. */
const withPort = (ip: Ip, port: number): string => (familyOf(ip) === 6 ? `[${ip}]:${port}` : `${ip}:${port}`);

const controlPlanes = (plan: Plan) => plan.nodes.filter(({ role }) => role === "control-plane");

export const proxyView = (
  machine: ProxyMachine,
  plan: Plan,
  { address, port, checks, metrics }: HaproxyOptions,
): View => ({
  host: machine.name,
  cluster: plan.name,
  own: machine.ips.map((ip) => withPort(ip, port)),
  moving: (address ?? []).map((ip) => withPort(ip, port)),
  ready: checks.by === "readyz",
  fall: checks.fall,
  rise: checks.rise,
  servers: controlPlanes(plan).map(({ name, ip }) => ({ name, address: withPort(ip, API_SERVER_PORT) })),
  metrics: machine.ips.map((ip) => withPort(ip, metrics)),
});

/** Priorities of VRRP are 1 to 254, 100 the usual one (RFC 5798 §5.2.4): the first host has the highest. */
const HIGHEST = 200;

/** 1 to 255 (RFC 5798 §5.2.3). Of the address, so that two clusters of one LAN do not take each other's by accident. */
const routerNumber = (ip: Ip): number => Number(toNumber(ip) % 255n) + 1;

/** An address of one family and its exchange of VRRP: one of both families is two of them (RFC 5798 §1). */
export function keepalivedView(
  machine: ProxyMachine,
  plan: Plan,
  { hosts, address, ...options }: HaproxyOptions,
): View {
  const machines = machinesOf(plan, hosts);
  const at = ({ ips }: ProxyMachine, family: Family): Ip => ofFamily(ips, family) ?? ips[0];
  return {
    host: machine.name,
    interface: options.interface,
    instances: (address ?? []).map((ip) => ({
      name: `kubernetes_api_${familyOf(ip)}`,
      router: routerNumber(ip),
      priority: HIGHEST - machines.indexOf(machine),
      own: at(machine, familyOf(ip)),
      peers: machines.filter((other) => other !== machine).map((other) => at(other, familyOf(ip))),
      address: ip,
      bits: bits(familyOf(ip)),
    })),
  };
}
