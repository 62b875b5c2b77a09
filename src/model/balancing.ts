/** What a load balancer says of itself. */
import type { Ip } from "./address.ts";
import type { Announcement } from "./bgp.ts";
import type { Label } from "./names.ts";

export interface Balancing<Options> {
  /**
   * Annotations that give a Service these addresses, of one family each, and no others. `sharing`: a key; Services that
   * have it may have an address together, at ports of their own.
   */
  addressAnnotations?(ips: readonly Ip[], sharing?: string): Readonly<Record<string, string>>;
  /** Why Services cannot have an address together, as the end of a sentence. Absent: they can, by the key. */
  readonly noSharing?: { readonly because: string; readonly source: string };
  /**
   * Services have addresses of nodes: there are no pools, and those on one node are told apart by their ports. Labels that
   * nodes have for it; a Service is kept on its node by `poolLabels` with the name of the node.
   */
  nodeLabels?(node: Label, carries: boolean): Readonly<Record<string, string>>;
  /** Labels of a Service that gets addresses of a pool for those that ask. */
  poolLabels?(pool: Label): Readonly<Record<string, string>>;
  /** The objects its pools are, and whether a Service takes its addresses of both families from one. */
  readonly pools?: { readonly group: string; readonly kind: string; readonly onePerService?: true };
  /** A Service that wants it (`externalTrafficPolicy: Local`) has its address on a node with one of its pods. */
  readonly followsPods?: true;
  /** Nodes carry addresses it announces on their links, beside their own. */
  readonly addressesOnLinks?: true;
  /** How the network learns where an address is. */
  announces?(options: Options): Announcement;
}
