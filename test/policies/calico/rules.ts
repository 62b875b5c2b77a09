/** Rules of Calico (projectcalico/calico, libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go). */
import { net, type Net } from "../addresses.ts";
import { fields, oneOf, optionalText, text, texts, wholeNumber, list, type Fields } from "../read.ts";
import { UnreadableObject, type Labels, type Protocol } from "../world.ts";
import { ACCOUNT_PREFIX, IN_NAMESPACE, NAMESPACE_PREFIX } from "./labels.ts";
import { calicoSelector, type Matcher } from "./selector.ts";

export interface CalicoRule {
  readonly title: string;
  readonly action: "Allow" | "Deny" | "Log" | "Pass";
  readonly ipVersion?: 4 | 6;
  readonly protocol?: ProtocolName;
  readonly notProtocol?: ProtocolName;
  readonly icmpType?: number;
  readonly source: Entity;
  readonly destination: Entity;
  readonly inside: readonly string[];
}

/** Where a packet comes from or goes to. What is absent restricts nothing. */
export interface Entity {
  /** Of addresses that have labels, by those. */
  readonly selector?: Matcher;
  readonly notSelector?: Matcher;
  readonly nets?: readonly Net[];
  readonly notNets?: readonly Net[];
  readonly ports?: readonly PortRange[];
  readonly notPorts?: readonly PortRange[];
  readonly service?: { readonly name: string; readonly namespace: string };
}

/** Both ends included; or the name of a port. */
export type PortRange = readonly [number, number] | string;

const PROTOCOLS = ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6", "UDPLite"] as const;
export type ProtocolName = (typeof PROTOCOLS)[number];
const NUMBERS: Readonly<Record<number, ProtocolName>> = { 1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6", 132: "SCTP" };

const KEYS = [
  "action",
  "ipVersion",
  "protocol",
  "notProtocol",
  "icmp",
  "source",
  "destination",
  "http",
  "metadata",
] as const;

export function calicoRule(value: unknown, title: string, namespace: string | undefined): CalicoRule {
  const said = fields(value, title, KEYS);
  const protocol = protocolOf(said["protocol"], title);
  const action = oneOf(said["action"], ["Allow", "Deny", "Log", "Pass"], `${title}.action`);
  const source = entity(said["source"], `${title}.source`, namespace);
  const destination = entity(said["destination"], `${title}.destination`, namespace);
  if (source.ports !== undefined || source.notPorts !== undefined)
    throw new UnreadableObject(`${title}: nobody here knows the port a connection comes from`);
  if ((destination.ports ?? destination.notPorts) !== undefined && !hasPorts(protocol))
    throw new UnreadableObject(`${title} names ports of no protocol`);
  if (said["http"] !== undefined && (action !== "Allow" || (protocol !== undefined && protocol !== "TCP")))
    throw new UnreadableObject(`${title}: requests can only be allowed, over TCP`);
  const ipVersion = said["ipVersion"] === undefined ? undefined : oneOf(String(said["ipVersion"]), ["4", "6"], title);
  const notProtocol = protocolOf(said["notProtocol"], title);
  const icmpType = said["icmp"] === undefined ? undefined : icmp(said["icmp"], protocol, title);
  return {
    title,
    action,
    ...(ipVersion !== undefined && { ipVersion: ipVersion === "4" ? 4 : 6 }),
    ...(protocol !== undefined && { protocol }),
    ...(notProtocol !== undefined && { notProtocol }),
    ...(icmpType !== undefined && { icmpType }),
    source,
    destination,
    inside:
      said["http"] === undefined
        ? []
        : [`http ${JSON.stringify(fields(said["http"], `${title}.http`, ["methods", "paths"]))}`],
  };
}

const hasPorts = (protocol: ProtocolName | undefined): boolean =>
  protocol === "TCP" || protocol === "UDP" || protocol === "SCTP";

function protocolOf(value: unknown, title: string): ProtocolName | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number") {
    const named = NUMBERS[value];
    if (named === undefined) throw new UnreadableObject(`${title}: nobody here has packets of protocol ${value}`);
    return named;
  }
  return oneOf(value, PROTOCOLS, `${title}.protocol`);
}

function icmp(value: unknown, protocol: ProtocolName | undefined, title: string): number | undefined {
  if (protocol !== "ICMP" && protocol !== "ICMPv6") throw new UnreadableObject(`${title}: icmp without its protocol`);
  const said = fields(value, `${title}.icmp`, ["type"]);
  return said["type"] === undefined ? undefined : wholeNumber(said["type"], `${title}.icmp.type`);
}

const ENTITY = [
  "selector",
  "notSelector",
  "namespaceSelector",
  "serviceAccounts",
  "nets",
  "notNets",
  "ports",
  "notPorts",
  "services",
] as const;

function entity(value: unknown, where: string, namespace: string | undefined): Entity {
  const said = fields(value ?? {}, where, ENTITY);
  const selected = selectorOf(said, where, namespace);
  const notSelector = optionalText(said["notSelector"], `${where}.notSelector`);
  const nets = (key: string) => (said[key] === undefined ? undefined : texts(said[key], `${where}.${key}`).map(net));
  const ports = (key: string) =>
    said[key] === undefined ? undefined : list(said[key], where).map((one) => portRange(one, where));
  const service = said["services"] === undefined ? undefined : serviceOf(said, where, namespace);
  return {
    ...(selected !== undefined && { selector: selected }),
    ...(notSelector !== undefined && { notSelector: calicoSelector(notSelector, `${where}.notSelector`) }),
    ...absentOr("nets", nets("nets")),
    ...absentOr("notNets", nets("notNets")),
    ...absentOr("ports", ports("ports")),
    ...absentOr("notPorts", ports("notPorts")),
    ...(service !== undefined && { service }),
  };
}

const absentOr = <Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> =>
  value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);

/**
 * As soon as anything selects, `notSelector` among it, a rule of a namespace is about endpoints of that namespace, unless it
 * names others; `all()` for namespaces is every namespace, and `global()` whoever is in none.
 */
function selectorOf(said: Fields, where: string, namespace: string | undefined): Matcher | undefined {
  const own = optionalText(said["selector"], `${where}.selector`);
  const ofNamespaces = optionalText(said["namespaceSelector"], `${where}.namespaceSelector`);
  const accounts = said["serviceAccounts"] === undefined ? undefined : accountsOf(said["serviceAccounts"], where);
  const isSelecting = [own, ofNamespaces, accounts, said["notSelector"]].some((one) => one !== undefined && one !== "");
  const isScoped = (ofNamespaces !== undefined && ofNamespaces !== "") || namespace !== undefined;
  if (!isSelecting || (!isScoped && !own && accounts === undefined)) return undefined;
  const isThere =
    ofNamespaces !== undefined && ofNamespaces !== ""
      ? calicoSelector(ofNamespaces, `${where}.namespaceSelector`, {
          prefix: NAMESPACE_PREFIX,
          all: (labels) => labels[IN_NAMESPACE] !== undefined,
          global: (labels) => labels[IN_NAMESPACE] === undefined,
        })
      : (labels: Labels) => namespace === undefined || labels[IN_NAMESPACE] === namespace;
  const isOne = calicoSelector(own ?? "", `${where}.selector`);
  return (labels) => isThere(labels) && isOne(labels) && (accounts?.(labels) ?? true);
}

function accountsOf(value: unknown, where: string): Matcher {
  const said = fields(value, `${where}.serviceAccounts`, ["names", "selector"]);
  const names = said["names"] === undefined ? [] : texts(said["names"], where);
  const selects = calicoSelector(optionalText(said["selector"], where) ?? "", where, { prefix: ACCOUNT_PREFIX });
  return (labels) => {
    const name = labels["projectcalico.org/serviceaccount"];
    return name !== undefined && (names.length === 0 || names.includes(name)) && selects(labels);
  };
}

function serviceOf(said: Fields, where: string, namespace: string | undefined): { name: string; namespace: string } {
  const others = ENTITY.filter((key) => key !== "services" && said[key] !== undefined);
  if (others.length > 0) throw new UnreadableObject(`${where} has services and ${others.join(", ")}`);
  const own = fields(said["services"], `${where}.services`, ["name", "namespace"]);
  const there = optionalText(own["namespace"], where) ?? namespace;
  if (there === undefined) throw new UnreadableObject(`${where}.services says no namespace`);
  return { name: text(own["name"], where), namespace: there };
}

/** `80`, `"8080:8090"`, `"http"` (projectcalico/calico, api/pkg/lib/numorstring/port.go). */
function portRange(value: unknown, where: string): PortRange {
  if (typeof value === "number") return [wholeNumber(value, where), value];
  const written = text(value, where);
  const range = /^(\d+)(?::(\d+))?$/.exec(written);
  if (range === null) return written;
  const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
  if (first > last || last > 65_535) throw new UnreadableObject(`${where}: ${written} are no ports`);
  return [first, last];
}

export const isProtocol = (name: ProtocolName, protocol: Protocol, family: 4 | 6): boolean =>
  protocol === "ICMP" ? name === (family === 4 ? "ICMP" : "ICMPv6") : name === protocol;
