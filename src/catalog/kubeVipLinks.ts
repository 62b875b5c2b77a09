/** The link that kube-vip puts addresses on. */
import type { Node } from "../model/plan.ts";

/** What makes another link than `interface` carry the address of a node, on distributions that configure links. */
const OTHERS = ["bond", "mac", "vlan"];

/** The name all of these nodes have for the link with their address; null where they differ or nobody knows it. */
export function commonLink(nodes: readonly Node[]): string | null {
  const names = new Set(
    nodes.map(({ options }) => (OTHERS.some((key) => options[key] !== undefined) ? undefined : options["interface"])),
  );
  const [name] = names;
  return names.size === 1 && typeof name === "string" ? name : null;
}
