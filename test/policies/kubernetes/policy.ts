/** NetworkPolicy of Kubernetes as it is written: networking.k8s.io/v1 (Kubernetes documentation, Network Policies). */
import { net, type Net } from "../addresses.ts";
import { selector, type Selector } from "../labels.ts";
import { fields, oneOf, optionalList, placedHeader, text, texts, wholeNumber } from "../read.ts";
import { UnreadableObject, type Protocol } from "../world.ts";

export interface KubernetesPolicy {
  readonly title: string;
  readonly name: string;
  readonly namespace: string;
  readonly pods: Selector;
  /** Absent: it says nothing of that direction. */
  readonly ingress?: readonly KubernetesRule[];
  readonly egress?: readonly KubernetesRule[];
}

export interface KubernetesRule {
  /** Absent: everybody. */
  readonly peers?: readonly KubernetesPeer[];
  /** Absent: every port and protocol. */
  readonly ports?: readonly KubernetesPort[];
}

export type KubernetesPeer =
  | { readonly cidr: Net; readonly except: readonly Net[] }
  | { readonly pods: Selector | undefined; readonly namespaces: Selector | undefined };

export interface KubernetesPort {
  readonly protocol: Protocol;
  /** Absent: all of the protocol. */
  readonly port?: number | string;
  readonly endPort?: number;
}

export function kubernetesPolicy(object: unknown): KubernetesPolicy {
  const { title, name, namespace, apiVersion, kind } = placedHeader(object);
  if (apiVersion !== "networking.k8s.io/v1" || kind !== "NetworkPolicy")
    throw new UnreadableObject(`${title}: ${apiVersion} is not read`);
  const { spec } = fields(object, title, ["apiVersion", "kind", "metadata", "spec"]);
  return { title, name, namespace, ...specOf(spec, title) };
}

export const SPEC_KEYS = ["podSelector", "policyTypes", "ingress", "egress"] as const;

export function specOf(
  spec: unknown,
  title: string,
  more: readonly string[] = [],
): Pick<KubernetesPolicy, "pods" | "ingress" | "egress"> {
  const said = fields(spec, `${title}, spec`, [...SPEC_KEYS, ...more]);
  const types = optionalList(said["policyTypes"], `${title}, policyTypes`)?.map((type) =>
    oneOf(type, ["Ingress", "Egress"], `${title}, policyTypes`),
  );
  const [ingress, egress] = (["ingress", "egress"] as const).map((direction) =>
    (optionalList(said[direction], `${title}, ${direction}`) ?? []).map((one, index) =>
      rule(one, direction === "ingress" ? "from" : "to", `${title}, ${direction}[${index}]`),
    ),
  );
  // Without types it is about what comes in, and about what goes out if it has rules for that.
  const isIn = types?.includes("Ingress") ?? true;
  const isOut = types?.includes("Egress") ?? (egress ?? []).length > 0;
  if ((!isIn && (ingress ?? []).length > 0) || (!isOut && (egress ?? []).length > 0))
    throw new UnreadableObject(`${title} has rules of a direction it is not about`);
  return {
    pods: selector(said["podSelector"], `${title}, podSelector`),
    ...(isIn && ingress && { ingress }),
    ...(isOut && egress && { egress }),
  };
}

function rule(value: unknown, side: "from" | "to", where: string): KubernetesRule {
  const said = fields(value, where, [side, "ports"]);
  const peers = optionalList(said[side], where) ?? [];
  const ports = optionalList(said["ports"], where) ?? [];
  return {
    ...(peers.length > 0 && { peers: peers.map((one, index) => peer(one, `${where}.${side}[${index}]`)) }),
    ...(ports.length > 0 && { ports: ports.map((one, index) => port(one, `${where}.ports[${index}]`)) }),
  };
}

function peer(value: unknown, where: string): KubernetesPeer {
  const said = fields(value, where, ["podSelector", "namespaceSelector", "ipBlock"]);
  const { podSelector, namespaceSelector, ipBlock } = said;
  if (Object.keys(said).length === 0) throw new UnreadableObject(`${where} says nobody`);
  if (ipBlock === undefined)
    return {
      pods: podSelector === undefined ? undefined : selector(podSelector, `${where}.podSelector`),
      namespaces:
        namespaceSelector === undefined ? undefined : selector(namespaceSelector, `${where}.namespaceSelector`),
    };
  if (Object.keys(said).length > 1) throw new UnreadableObject(`${where} has an ipBlock and something beside`);
  const block = fields(ipBlock, `${where}.ipBlock`, ["cidr", "except"]);
  return {
    cidr: net(text(block["cidr"], `${where}.ipBlock.cidr`)),
    except: block["except"] === undefined ? [] : texts(block["except"], `${where}.ipBlock.except`).map(net),
  };
}

function port(value: unknown, where: string): KubernetesPort {
  const said = fields(value, where, ["protocol", "port", "endPort"]);
  const protocol = said["protocol"] === undefined ? "TCP" : oneOf(said["protocol"], ["TCP", "UDP", "SCTP"], where);
  const written = said["port"];
  const own = written === undefined ? undefined : typeof written === "string" ? written : wholeNumber(written, where);
  if (said["endPort"] === undefined) return { protocol, ...(own !== undefined && { port: own }) };
  const endPort = wholeNumber(said["endPort"], where);
  if (typeof own !== "number" || endPort < own) throw new UnreadableObject(`${where} has an endPort and no port below`);
  return { protocol, port: own, endPort };
}
