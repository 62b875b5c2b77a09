/** An option that is an address: asked for, proposed when free, written down, owned in the address book. */
export interface AddressKey {
  /** Name of the option: `address`. */
  readonly key: string;
  /** A LoadBalancer Service takes it from a pool; a VIP from the rest of the LAN. */
  readonly from: "pool" | "lan";
  readonly owner: string;
  readonly role: "api" | "service";
  /** One clause for the address table. */
  readonly note: string;
  /** Whether a network with these options has it at all; it does when absent. */
  needed?(options: Readonly<Record<string, unknown>>): boolean;
  /** Whether routers are told the way to it with these options: it is of no LAN then. Absent: the LAN finds it itself. */
  routed?(options: Readonly<Record<string, unknown>>): boolean;
}
