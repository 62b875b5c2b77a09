/**
 * What a route may ask for beside its name, whoever carries the requests. Each provider says which of these it writes, and
 * of the others why it cannot and what to do instead: the table stands with the provider.
 */

export const ROUTE_OPTIONS = ["path", "header", "set-header", "timeout", "allow-from"] as const;

/** As its flag is called. */
export type RouteOption = (typeof ROUTE_OPTIONS)[number];

export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface RouteOptions {
  /** Only requests for this path and what is below it, by whole segments; all when absent. */
  readonly path?: string;
  /** Only requests with all of these, each exactly so. */
  readonly headers?: readonly Header[];
  /** Sent on to the app, instead of what the client says. */
  readonly setHeaders?: readonly Header[];
  /** In seconds, how long the app may take for a request; 0 is as long as it takes. As the gateway has it when absent. */
  readonly timeout?: number;
  /** Only from these networks, as CIDRs; everybody else is answered with 403. */
  readonly allowFrom?: readonly string[];
}

/** Why a provider cannot write an option. */
export interface Unable {
  /** Begins with what cannot, as a whole sentence without its end: `Traefik has no time limit for a route`. */
  readonly because: string;
  readonly source: string;
  /** What to do instead. */
  readonly instead: string;
}

export type RouteAbilities = Readonly<Record<RouteOption, true | Unable>>;

const GIVEN: Readonly<Record<RouteOption, (options: RouteOptions) => boolean>> = {
  path: ({ path }) => path !== undefined,
  header: ({ headers }) => headers !== undefined,
  "set-header": ({ setHeaders }) => setHeaders !== undefined,
  timeout: ({ timeout }) => timeout !== undefined,
  "allow-from": ({ allowFrom }) => allowFrom !== undefined,
};

export const optionsAsked = (options: RouteOptions): readonly RouteOption[] =>
  ROUTE_OPTIONS.filter((option) => GIVEN[option](options));

/**
 * Which requests of its host a route takes, spelled in one way: `/`, `/api`, `/api x-env=beta`. Two routes of one host
 * that spell the same are in each other's way.
 */
export const askOf = ({ path = "/", headers = [] }: Pick<RouteOptions, "path" | "headers">): string =>
  [path.replace(/(?<=.)\/$/, ""), ...headers.map(({ name, value }) => `${name.toLowerCase()}=${value}`).sort()].join(
    " ",
  );
