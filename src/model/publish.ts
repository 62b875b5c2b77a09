/** Where a component writes the names of routes. */
export interface Publishing<Options = unknown> {
  /** Who reads what is written there. */
  readonly reach: Reach;
  /** Several of one component write to one server, unless this tells them apart. */
  server?(options: Options): string;
}

/** `internet`: anybody; names of gateways with a way in from there. `lan`: the house; every gateway by its own address. */
export type Reach = "internet" | "lan";
