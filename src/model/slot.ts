import type { z } from "zod";
import type { SpecPath } from "./finding.ts";
import type { ComponentId, SlotId } from "./unit.ts";

/**
 * A place of the spec where components stand.
 * `one`: one of them, named by `provider:`. `each`: every one under a key of its own, `true` or its options.
 * `named`: any number under names of the user's; `provider:` or the name says which component it is.
 */
export type Slot = SlotForOne | SlotForSeveral;

interface SlotBase {
  readonly id: SlotId;
  /** Where it stands in homelab.yaml: `dns.split`. */
  readonly path: SpecPath;
  readonly title: string;
  readonly summary: string;
  /** It stands above the LAN in homelab.yaml, among what a network is asked first. */
  readonly first?: true;
  /** Keys beside: of `provider` in `one`, of the components' keys in `each`, of every entry in `named`. */
  readonly shared: z.ZodRawShape;
}

export interface SlotForOne extends SlotBase {
  readonly form: "one";
  /** Named things beside `provider`, of which each may name another provider than that: both are in use then. */
  readonly entries?: SlotEntries;
  /**
   * What stands there when the spec says nothing: of these the first that works with the distribution and the choices
   * before it. "Nothing" is a component like others, without units.
   */
  readonly fallbacks: readonly [Fallback, ...Fallback[]];
  /** Its first fallback is nothing, and stays: what has no word of it has answered, and none is written down. */
  readonly silence?: "is an answer";
}

export interface Fallback {
  readonly component: ComponentId;
  readonly because: string;
}

/** `gateways`, in the slot of those who carry requests. */
export interface SlotEntries {
  readonly key: string;
  /** What they are called by. */
  readonly name: z.core.$ZodRecordKey;
  /** Keys of every entry, whoever its provider is. */
  readonly keys: z.ZodRawShape;
  /** The key that names a way in from the internet, for things that can have one. Its own keys stand beside it. */
  readonly wayIn?: { readonly key: string; readonly description: string };
  /** Of one of them, and of the map of all. */
  readonly entry: { readonly description: string; readonly kind: string };
  readonly all: { readonly description: string; readonly kind: string; readonly example: unknown };
}

export interface SlotForSeveral extends SlotBase {
  readonly form: "each" | "named";
  /** How many of them `create` asks for; several when absent. */
  readonly asked?: "one";
}
