/** What policies make of declared traffic: declarations, objects and a network in, sentences about what is not as declared out. */
import { once } from "../once.ts";
import { keepsClients } from "../packet.ts";
import { verdict } from "../verdict.ts";
import type { Connection, Datapath, Verdict } from "../world.ts";
import {
  closedByDeclarations,
  isMeant,
  permits,
  type Actor,
  type Closed,
  type Declared,
  type Direction,
  type Party,
} from "./declared.ts";
import { populate, type Given, type Person, type Populated } from "./populate.ts";

export interface Wanted extends Given {
  /** Namespaces that are closed both ways to what nobody declares. */
  readonly closed?: readonly string[];
  /** Policies that are staged are looked at as if they were enforced. */
  readonly asIfEnforced?: boolean;
}

/** A port that nobody has. */
const NOBODYS = 4;
const ANY_PORTS = [1, 65_000];

export const findings = (wanted: Wanted): readonly string[] => [...new Set(oneByOne(wanted))];

/** The same one after the other, for whoever wants to know whether there is any. */
export function* oneByOne(wanted: Wanted): Generator<string> {
  const { declared, datapath } = wanted;
  const closed = closedIn(wanted);
  const about = once((pod: Actor) => ({
    egress: declared.filter(({ from }) => from.some((party) => isMeant(party, pod, pod, datapath))),
    ingress: declared.filter(({ to }) => to.some((party) => isMeant(party, pod, pod, datapath))),
  }));
  const populated = populate(wanted);
  const ports = declared.flatMap((one) => one.ports);
  const receivers = populated.people.filter(({ actor }) => actor.kind !== "ingress");
  for (const to of receivers)
    for (const { port, protocol } of portsFor(to, declared, ports, datapath))
      for (const from of senders(populated.people, to, closed))
        for (const via of waysOf(from, to, populated)) {
          const family = familyOf(from.actor, to.actor);
          if (family === "none in common") continue;
          const connection: Connection = {
            from: from.who,
            to: to.who,
            port,
            protocol,
            ...(via !== undefined && { via }),
            ...(family !== undefined && { family }),
          };
          const asked = {
            from: asSeen(from.actor, via, { to: to.actor, protocol }, wanted),
            to: to.actor,
            port,
            protocol,
          };
          const mayPass = (who: Actor, direction: Direction): boolean =>
            who.kind !== "pod" ||
            !closed(who, direction) ||
            about(who)[direction].some((one) => permits(one, direction, asked, datapath));
          const expected = isOwn(from, to) || (mayPass(from.actor, "egress") && mayPass(to.actor, "ingress"));
          const real = verdict(populated.world, connection);
          if (isThrough(real, wanted) !== expected) yield sentence(from, to, connection, real);
        }
}

/** Beside whom declarations close: namespaces, also where somebody only looks. */
function closedIn({ declared, closed = [] }: Wanted): Closed {
  const byDeclarations = closedByDeclarations(declared);
  return (pod, direction) => closed.includes(pod.namespace ?? "") || byDeclarations(pod, direction);
}

/** IPv6 where one of them has nothing else; that of the receiver when undefined. */
function familyOf(from: Actor, to: Actor): 6 | "none in common" | undefined {
  const ends = [from, to];
  const isIpv6 = (text: string): boolean => text.includes(":");
  if (!ends.some(({ addresses = [] }) => addresses.length > 0 && addresses.every(isIpv6))) return undefined;
  return ends.every(({ kind, addresses = [] }) => kind === "pod" || kind === "ingress" || addresses.some(isIpv6))
    ? 6
    : "none in common";
}

/** What passes because a policy only looks is none that it lets through. */
const isThrough = ({ allowed, audited, stagedWouldDeny }: Verdict, { asIfEnforced = false }: Wanted): boolean =>
  allowed && !audited && !(asIfEnforced && stagedWouldDeny);

const isOwn = ({ actor: from }: Person, { actor: to }: Person): boolean =>
  (from.kind === "node" && from.node === to.node) || (from.kind === "pod" && from === to);

/** Everybody asks who is closed; of whoever is open it is enough that those may who are named nowhere. */
const senders = (people: readonly Person[], to: Person, closed: Closed): readonly Person[] =>
  to.actor.kind === "pod" && closed(to.actor, "ingress")
    ? people
    : people.filter(
        ({ actor }) =>
          (actor.kind === "pod" && (closed(actor, "egress") || Object.keys(actor.labels ?? {}).length === 0)) ||
          (actor.kind === "outside" && to.actor.kind === "pod"),
      );

interface Port {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/** Those that declarations about him name, both protocols of one of them, one of somebody else, and one of nobody. */
function portsFor({ actor }: Person, declared: readonly Declared[], all: readonly Port[], datapath: Datapath) {
  const isAbout = (party: Party): boolean => typeof party === "object" || ["api", "nodes", "pods"].includes(party);
  const own = declared.filter(({ to }) => to.some((party) => isAbout(party) && isMeant(party, actor, actor, datapath)));
  const named = own.flatMap(({ ports }) =>
    ports.length === 0 ? ANY_PORTS.map((port) => ({ port, protocol: "TCP" as const })) : ports,
  );
  const [first] = named;
  const other = all.find(({ port }) => !named.some((one) => one.port === port));
  const chosen: readonly Port[] = [
    ...named,
    ...(first === undefined
      ? []
      : [{ port: first.port, protocol: first.protocol === "TCP" ? ("UDP" as const) : ("TCP" as const) }]),
    ...(other === undefined ? [] : [other]),
    { port: NOBODYS, protocol: "TCP" },
  ];
  return [...new Map(chosen.map((one) => [`${one.port}/${one.protocol}`, one])).values()];
}

/** Who comes from outside may be handed on by a node that is not the one of the pod. */
const waysOf = (
  { actor: from }: Person,
  { actor: to }: Person,
  { world }: Populated,
): readonly (string | undefined)[] =>
  from.kind === "outside" && to.kind === "pod"
    ? [undefined, ...world.nodes.map(({ name }) => name).filter((name) => name !== to.node)]
    : [undefined];

/** Handed on over plain routes, it is the node that asks, unless Services keep who does. */
function asSeen(
  from: Actor,
  via: string | undefined,
  { to, protocol }: { readonly to: Actor; readonly protocol: "TCP" | "UDP" },
  { datapath, nodes }: Wanted,
): Actor {
  if (via === undefined || datapath.cni === "kubernetes" || keepsClients(datapath, protocol)) return from;
  if (datapath.cni === "cilium" && datapath.routing === "tunnel") return from;
  const controlPlane = nodes.some(({ name, controlPlane: is }) => name === via && is === true);
  return { kind: "node", node: via, controlPlane: controlPlane && to.node !== via };
}

const sentence = (
  from: Person,
  to: Person,
  { port, protocol, via }: Connection,
  { allowed, egress, ingress }: Verdict,
): string =>
  `${from.title}${via === undefined ? "" : ` by way of ${via}`} → ${to.title}, ${protocol} ${port} ` +
  (allowed ? `passes: ${ingress.because}` : `is refused: ${(egress.allowed ? ingress : egress).because}`);
