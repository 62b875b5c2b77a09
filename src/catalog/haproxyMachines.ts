/** The machines HAProxy runs on, and what is written for each. */
import { bits, familyOf, toNumber, type Family, type Ip } from "../model/address.ts";
import { API_SERVER_PORT } from "../model/apiUrl.ts";
import { ofFamily } from "../model/families.ts";
import { machinesNamed, withPort, type NamedMachine } from "../model/namedMachines.ts";
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";
import type { HaproxyOptions } from "./haproxyOptions.ts";

const controlPlanes = (plan: Plan) => plan.nodes.filter(({ role }) => role === "control-plane");

export const proxyView = (
  machine: NamedMachine,
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
  machine: NamedMachine,
  plan: Plan,
  { hosts, address, ...options }: HaproxyOptions,
): View {
  const machines = machinesNamed(plan, hosts);
  const at = ({ ips }: NamedMachine, family: Family): Ip => ofFamily(ips, family) ?? ips[0];
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
