/** `--network iot`, `--network iot=192.168.30.60`: an interface in another network of the house. */
import { contains, firstIp, lastIp, parseIp, type Ip } from "../../src/model/address.ts";
import { attachmentsOf, type AskedNetwork, type Attachment } from "../../src/model/attachments.ts";
import { both } from "../../src/model/families.ts";
import { UserError } from "../../src/model/errors.ts";
import type { Label } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import { suggest } from "../../src/model/suggest.ts";

interface Wish {
  readonly networks?: readonly AskedNetwork[];
  readonly nodes?: readonly Label[];
}

export function parseNetworks(texts: readonly string[], namespace: Label, plan: Plan): Wish {
  if (texts.length === 0) return {};
  const asked = texts.map((text) => {
    const [, name = "", address] = /^([^=]*)(?:=(.*))?$/.exec(text) ?? [];
    const attachment = attachmentFor(name, namespace, plan);
    return { attachment, address: addressIn(attachment, address, plan) };
  });
  const twice = asked.find(
    (one, index) => asked.findIndex((other) => other.attachment.network === one.attachment.network) < index,
  );
  if (twice !== undefined)
    throw new UserError(`--network ${twice.attachment.network.name} stands twice`, "give it once");
  const nodes = commonNodes(
    asked.map(({ attachment }) => attachment),
    plan,
  );
  return {
    networks: asked.map(({ attachment, address }) => ({
      attachment: attachment.attach.name,
      ...(address !== undefined && { address }),
    })),
    ...(nodes !== undefined && { nodes }),
  };
}

function attachmentFor(name: string, namespace: Label, plan: Plan): Attachment {
  const attachments = attachmentsOf(plan);
  const found = attachments.find(({ network }) => network.name === name);
  if (found === undefined) throw unknown(name, attachments, plan);
  if (!found.attach.namespaces.includes(namespace))
    throw new UserError(
      `the network ${name} is for pods of ${found.attach.namespaces.join(", ")}, and not of ${namespace}`,
      `add ${namespace} to networks.${name}.attach.namespaces in homelab.yaml, and run gen apply first`,
    );
  return found;
}

function unknown(name: string, attachments: readonly Attachment[], { networks }: Plan): UserError {
  const names = attachments.map(({ network }) => network.name);
  if (networks.some((network) => network.name === name))
    return new UserError(
      `no pod can stand in the network ${name}: homelab.yaml says no attach there`,
      `interface and attach in networks.${name}, such as attach: [NAMESPACE], then gen apply`,
    );
  if (names.length === 0)
    return new UserError(
      `--network ${name}: homelab.yaml names no network that pods can stand in`,
      "a network with interface and attach in networks, then gen apply",
    );
  const near = suggest(name, names);
  return new UserError(
    `there is no network ${name} that pods can stand in`,
    near === undefined ? `there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}` : `did you mean ${near}?`,
  );
}

function addressIn({ network, attach }: Attachment, text: string | undefined, plan: Plan): string | undefined {
  const { name, cidrs } = network;
  if (attach.ipam === "dhcp") {
    if (text === undefined) return undefined;
    throw new UserError(
      `--network ${name}=${text}: the DHCP server of ${name} gives the addresses`,
      `--network ${name}, or networks.${name}.attach.ipam: static in homelab.yaml`,
    );
  }
  const example = `--network ${name}=ADDRESS, one of ${both(cidrs)} that nobody has`;
  if (text === undefined) throw new UserError(`nobody gives addresses in ${name} but you`, example);
  const ip = parseIp(text);
  if (ip === undefined) throw new UserError(`${text} is not an IP address`, example);
  return withSize(ip, { name, cidrs }, example, plan);
}

function withSize(
  ip: Ip,
  { name, cidrs }: Pick<Attachment["network"], "name" | "cidrs">,
  example: string,
  { addresses }: Plan,
): string {
  const cidr = cidrs.find((candidate) => contains(candidate, ip));
  if (cidr === undefined) throw new UserError(`${ip} is not in the network ${name}, ${both(cidrs)}`, example);
  // Broadcast and the network itself are of IPv4; of IPv6 the first one is every router's (RFC 4291 §2.6.1).
  if (ip === firstIp(cidr) || (cidr.family === 4 && ip === lastIp(cidr)))
    throw new UserError(`${ip} is the address of the network ${name} itself`, example);
  const [owner] = addresses.ownersOf(ip);
  if (owner !== undefined) throw new UserError(`${ip} is the address of ${owner.owner}`, example);
  return `${ip}/${cidr.prefix}`;
}

/** Nodes that have the cards for all of them; undefined where every node has. */
function commonNodes(attachments: readonly Attachment[], plan: Plan): readonly Label[] | undefined {
  if (attachments.every(({ attach }) => attach.nodes === undefined)) return undefined;
  const nodes = plan.nodes
    .map(({ name }) => name)
    .filter((name) => attachments.every(({ attach }) => attach.nodes?.includes(name) ?? true));
  if (nodes.length > 0) return nodes;
  throw new UserError(
    `no node stands in ${attachments.map(({ network }) => network.name).join(" and ")} at once`,
    "one network for each app, or a node that has the cards for both",
  );
}
