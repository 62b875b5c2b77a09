/** Machines that homelab.yaml refers to by their names: hosts of the LAN, or nodes on which programs can be installed. */
import { familyOf, type Ip } from "./address.ts";
import type { Label } from "./names.ts";
import type { Host, Node, Plan } from "./plan.ts";

export type NamedMachine = Host | Node;

/** In the order of the names. A name nobody has is for the rules. */
export const machinesNamed = ({ lan, nodes }: Plan, names: readonly Label[]): readonly NamedMachine[] =>
  names.flatMap((name) => [...lan.hosts, ...nodes].find((machine) => machine.name === name) ?? []);

/** As programs and URLs have it: an IPv6 address in brackets, so that its last group is no port. */
export const withPort = (ip: Ip, port: number): string => (familyOf(ip) === 6 ? `[${ip}]:${port}` : `${ip}:${port}`);

/** Whom scripts and Ansible log in as; undefined where ssh decides. */
export const sshUserOf = (machine: NamedMachine): string | undefined =>
  "options" in machine ? (machine.options["sshUser"] as string | undefined) : machine.sshUser;
