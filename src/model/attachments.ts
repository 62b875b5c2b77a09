/** Networks of the house that pods stand in, as everybody speaks of them who has something to do for that. */
import type { Label } from "./names.ts";
import type { Attach, Network, Node, Plan } from "./plan.ts";

export interface Attachment {
  readonly network: Network;
  readonly attach: Attach;
  /** The card of the nodes that is in it, or that its tagged frames come by. */
  readonly card: string;
  /** The link that pods stand on: the card, or the VLAN on top of it. */
  readonly link: string;
}

/** Those that say on which card; that all do, the rules have checked: ATTACH-CARD. */
export const attachmentsOf = ({ networks }: Pick<Plan, "networks">): readonly Attachment[] =>
  networks.flatMap((network) => {
    const { attach, interface: card, tagged, vlan } = network;
    if (attach === undefined || card === undefined) return [];
    return [{ network, attach, card, link: tagged && vlan !== undefined ? `${card}.${vlan}` : card }];
  });

export const attachmentsIn = (namespace: string, plan: Pick<Plan, "networks">): readonly Attachment[] =>
  attachmentsOf(plan).filter(({ attach }) => attach.namespaces.some((name) => name === namespace));

export const isAttached = ({ attach }: Attachment, { name }: Pick<Node, "name">): boolean =>
  attach.nodes?.includes(name) ?? true;

export const attachmentsAt = (node: Pick<Node, "name">, plan: Pick<Plan, "networks">): readonly Attachment[] =>
  attachmentsOf(plan).filter((attachment) => isAttached(attachment, node));

/** Cards a node has for them beside the one that carries its address, each once, in the order of the file. */
export const extraCards = (node: Pick<Node, "name" | "options">, plan: Pick<Plan, "networks">): readonly string[] => [
  ...new Set(
    attachmentsAt(node, plan)
      .map(({ card }) => card)
      .filter((card) => card !== node.options["interface"]),
  ),
];

/** The step that makes the attachments of a namespace. */
export const attachmentUnit = (namespace: Label | string): string => `attachments-${namespace}`;

/** What a pod asks for: an attachment of its namespace, and the address where the network gives none. */
export interface AskedNetwork {
  readonly attachment: string;
  /** With the size of the network: `192.168.30.60/24`. */
  readonly address?: string;
}

/** The annotation that Multus reads (Network Plumbing Working Group, multi-net-spec 1.3, Network selection annotation). */
export const NETWORKS = "k8s.v1.cni.cncf.io/networks";

export const networksAnnotation = (asked: readonly AskedNetwork[]): string =>
  asked.some(({ address }) => address !== undefined)
    ? JSON.stringify(
        asked.map(({ attachment, address }) => ({
          name: attachment,
          ...(address !== undefined && { ips: [address] }),
        })),
      )
    : asked.map(({ attachment }) => attachment).join(",");
