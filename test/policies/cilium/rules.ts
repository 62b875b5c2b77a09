/** Rules of a policy of Cilium. One kind of peer each, and either ports or kinds of ICMP. */
import { net } from "../addresses.ts";
import { selector } from "../labels.ts";
import { fields, list, oneOf, optionalList, text, texts, wholeNumber, type Fields } from "../read.ts";
import { UnreadableObject } from "../world.ts";
import { entity } from "./entities.ts";
import { peerSelector, type CiliumPeer, type CiliumPort, type CiliumRule, type Direction } from "./model.ts";

const MOST = 40;

export function rules(said: Fields, title: string, namespace: string | undefined): readonly CiliumRule[] {
  return (["ingress", "ingressDeny", "egress", "egressDeny"] as const).flatMap((key) =>
    (optionalList(said[key], `${title}, ${key}`) ?? []).map((one, index) =>
      rule(one, {
        title: `${title}, ${key}[${index}]`,
        direction: key.startsWith("ingress") ? "ingress" : "egress",
        denies: key.endsWith("Deny"),
        namespace,
      }),
    ),
  );
}

interface Place {
  readonly title: string;
  readonly direction: Direction;
  readonly denies: boolean;
  readonly namespace: string | undefined;
}

function rule(value: unknown, place: Place): CiliumRule {
  const { title, direction, denies } = place;
  const kinds = peerKinds(place);
  const said = fields(value, title, [...Object.keys(kinds), "toPorts", "icmps"]);
  const named = Object.entries(kinds).filter(([key]) => said[key] !== undefined);
  if (named.length > 1) throw new UnreadableObject(`${title} combines ${named.map(([key]) => key).join(" and ")}`);
  const [kind] = named;
  const { toPorts, icmps } = said;
  if (toPorts !== undefined && icmps !== undefined) throw new UnreadableObject(`${title} has toPorts and icmps`);
  if (toPorts !== undefined && kind?.[0] === "toServices")
    throw new UnreadableObject(`${title} combines toServices and toPorts`);
  const limits = toPorts === undefined ? undefined : portsOf(toPorts, place);
  const hasL4 = limits !== undefined || icmps !== undefined;
  return {
    title,
    direction,
    denies,
    peers:
      kind === undefined
        ? hasL4
          ? "anybody"
          : "nobody"
        : nobodyIfEmpty(kind[1](said[kind[0]], `${title}.${kind[0]}`)),
    ...(limits !== undefined && { ports: limits.ports }),
    ...(icmps !== undefined && { icmps: icmpsOf(icmps, title) }),
    inside: limits?.inside ?? [],
  };
}

/** An empty list selects nobody (cilium/cilium, pkg/policy/utils, mergeEndpointSelectors). */
const nobodyIfEmpty = (peers: readonly CiliumPeer[]): CiliumRule["peers"] => (peers.length === 0 ? "nobody" : peers);

type Reader = (value: unknown, where: string) => readonly CiliumPeer[];

function peerKinds({ direction, denies, namespace }: Place): Readonly<Record<string, Reader>> {
  const side = direction === "ingress" ? "from" : "to";
  const each =
    (read: (one: unknown, where: string) => CiliumPeer): Reader =>
    (value, where) =>
      list(value, where).map((one, index) => read(one, `${where}[${index}]`));
  return {
    [`${side}Endpoints`]: each((one, where) => ({ endpoints: peerSelector(one, where, namespace) })),
    [`${side}Entities`]: each((one, where) => ({ entity: entity(one, where) })),
    [`${side}CIDR`]: each((one, where) => ({ cidr: net(text(one, where)), except: [] })),
    [`${side}CIDRSet`]: each(cidrSet),
    ...(direction === "egress" && { toServices: each(service) }),
    // Nobody is denied by name.
    ...(direction === "egress" && !denies && { toFQDNs: each(name) }),
  };
}

function cidrSet(value: unknown, where: string): CiliumPeer {
  const said = fields(value, where, ["cidr", "except"]);
  const cidr = text(said["cidr"], `${where}.cidr`);
  if (!cidr.includes("/")) throw new UnreadableObject(`${where}.cidr has no length`);
  return { cidr: net(cidr), except: said["except"] === undefined ? [] : texts(said["except"], where).map(net) };
}

function service(value: unknown, where: string): CiliumPeer {
  const said = fields(value, where, ["k8sService", "k8sServiceSelector"]);
  if (Object.keys(said).length !== 1) throw new UnreadableObject(`${where} has to have one way of naming Services`);
  if (said["k8sService"] !== undefined) {
    const own = fields(said["k8sService"], where, ["serviceName", "namespace"]);
    return { service: { name: text(own["serviceName"], where), namespace: text(own["namespace"], where) } };
  }
  const own = fields(said["k8sServiceSelector"], where, ["selector", "namespace"]);
  return {
    service: {
      labels: selector(own["selector"], where),
      ...(own["namespace"] !== undefined && { namespace: text(own["namespace"], where) }),
    },
  };
}

/** Cilium documentation, DNS based: a star stands for what is between dots, two before a dot for any number of those. */
function name(value: unknown, where: string): CiliumPeer {
  const said = fields(value, where, ["matchName", "matchPattern"]);
  if (Object.keys(said).length !== 1) throw new UnreadableObject(`${where} has to have a name or a pattern`);
  const pattern = text(said["matchName"] ?? said["matchPattern"], where).toLowerCase();
  if (!/^[a-z0-9._*-]+$/.test(pattern) || (said["matchName"] !== undefined && pattern.includes("*")))
    throw new UnreadableObject(`${where}: ${pattern}`);
  if (pattern === "*") return { name: /^.*$/ };
  const body = pattern
    .replaceAll(".", "\\.")
    .replace(/^\*\*\\\./, "<many>")
    .replaceAll("*", "[-a-z0-9_]*")
    .replace("<many>", "(?:[-a-z0-9_]+\\.)+");
  return { name: new RegExp(`^${body}$`) };
}

function portsOf(value: unknown, place: Place): { ports: readonly CiliumPort[]; inside: readonly string[] } {
  const { title, direction, denies } = place;
  const all = list(value, `${title}.toPorts`);
  if (all.length === 0) throw new UnreadableObject(`${title}.toPorts is empty`);
  const read = all.map((one, index) => {
    const where = `${title}.toPorts[${index}]`;
    const said = fields(one, where, denies ? ["ports"] : ["ports", "rules"]);
    const ports = list(said["ports"], `${where}.ports`).map((own, at) => port(own, `${where}.ports[${at}]`));
    if (ports.length === 0 || ports.length > MOST) throw new UnreadableObject(`${where} has ${ports.length} ports`);
    return { ports, inside: said["rules"] === undefined ? [] : insideOf(said["rules"], ports, direction, where) };
  });
  return { ports: read.flatMap(({ ports }) => ports), inside: read.flatMap(({ inside }) => inside) };
}

function port(value: unknown, where: string): CiliumPort {
  const said = fields(value, where, ["port", "endPort", "protocol"]);
  const written = text(said["port"], `${where}.port`);
  const protocol =
    said["protocol"] === undefined
      ? "ANY"
      : oneOf(said["protocol"], ["ANY", "TCP", "UDP", "SCTP"], `${where}.protocol`);
  const own = /^\d+$/.test(written) ? Number(written) : written.toLowerCase();
  if (typeof own === "number" && own > 65_535) throw new UnreadableObject(`${where}.port is ${written}`);
  if (own === 0 && protocol === "ANY") throw new UnreadableObject(`${where} is about every port of every protocol`);
  if (said["endPort"] === undefined) return { protocol, port: own };
  const endPort = wholeNumber(said["endPort"], where);
  if (typeof own !== "number" || endPort < own) throw new UnreadableObject(`${where} has an endPort and no port below`);
  return { protocol, port: own, endPort };
}

/** Rules about requests: they are told and not judged. */
function insideOf(
  value: unknown,
  ports: readonly CiliumPort[],
  direction: Direction,
  where: string,
): readonly string[] {
  const said = fields(value, `${where}.rules`, ["dns", "http"]);
  const [kind, ...others] = Object.keys(said);
  if (kind === undefined || others.length > 0) throw new UnreadableObject(`${where}.rules has to be of one kind`);
  if (kind === "dns" && direction === "ingress") throw new UnreadableObject(`${where}: DNS rules are about egress`);
  if (kind === "http" && ports.some(({ protocol }) => protocol !== "TCP"))
    throw new UnreadableObject(`${where}: rules about requests are for TCP`);
  if (ports.some((one) => one.port === 0) || (kind === "dns" && ports.some(({ endPort }) => endPort !== undefined)))
    throw new UnreadableObject(`${where}: rules about requests name their ports`);
  const known = kind === "dns" ? ["matchName", "matchPattern"] : ["method", "path", "host", "headers"];
  return list(said[kind], `${where}.rules`).map(
    (one, index) => `${kind} ${JSON.stringify(fields(one, `${where}.rules.${kind}[${index}]`, known))}`,
  );
}

const ICMP_TYPES: Readonly<Record<4 | 6, Readonly<Record<string, number>>>> = {
  4: { EchoReply: 0, DestinationUnreachable: 3, Redirect: 5, EchoRequest: 8, TimeExceeded: 11 },
  6: { DestinationUnreachable: 1, PacketTooBig: 2, TimeExceeded: 3, EchoRequest: 128, EchoReply: 129 },
};

const icmpsOf = (value: unknown, title: string): NonNullable<CiliumRule["icmps"]> =>
  list(value, `${title}.icmps`).flatMap((one, index) => {
    const where = `${title}.icmps[${index}]`;
    return list(fields(one, where, ["fields"])["fields"], where).map((field) => {
      const said = fields(field, where, ["type", "family"]);
      const family = said["family"] === undefined || said["family"] === "IPv4" ? 4 : 6;
      if (family === 6) oneOf(said["family"], ["IPv6"], `${where}.family`);
      const type = typeof said["type"] === "string" ? ICMP_TYPES[family][said["type"]] : said["type"];
      return { family, type: wholeNumber(type, `${where}.type`) };
    });
  });
