/** What is derived once and then stands in homelab.yaml: it outlives what it was derived from. */
import type { Gateway } from "./gateway.ts";
import type { Label } from "./names.ts";
import type { Node } from "./plan.ts";

/** An option that something which runs depends on, although nobody has to be asked for it. */
export interface SettledOption {
  /** Name of the option: `owner`. */
  readonly key: string;
  /** What it is where homelab.yaml does not say; nothing where that cannot be told either. */
  from(network: Settling, name: Label | undefined): Settled | undefined;
}

export interface Settled {
  /** As it stands in homelab.yaml. */
  readonly value: string | readonly string[];
  readonly because: string;
}

/** What such an option may follow from. */
export interface Settling {
  readonly name: Label;
  readonly nodes: readonly Pick<Node, "name" | "role">[];
  readonly gateways: readonly Pick<Gateway, "name" | "public">[];
}
