/**
 * What a route may ask for beside its name, whoever carries the requests. Each provider says which of these it writes, and
 * of the others why it cannot and what to do instead: the table stands with the provider.
 */

export const ROUTE_OPTIONS = [
  "path",
  "header",
  "set-header",
  "timeout",
  "allow-from",
  "forward-auth",
  "sign-in",
  "oidc",
  "grpc",
  "passthrough",
] as const;

/** As its flag is called; `--auth` has two ways. */
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
  /** Only requests that this service lets pass: it is asked about each. */
  readonly forwardAuth?: { readonly url: string };
  /** Where browsers are sent that it does not let pass. */
  readonly signIn?: string;
  /** Only browsers that somebody has signed in with, at this issuer. */
  readonly oidc?: { readonly issuer: string; readonly client: string };
  /** The app speaks gRPC, which browsers' HTTP/1.1 does not carry. */
  readonly grpc?: true;
  /** Connections are handed on as they come: the app has the certificate, and nobody on the way reads a request. */
  readonly passthrough?: true;
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
  "forward-auth": ({ forwardAuth }) => forwardAuth !== undefined,
  "sign-in": ({ signIn }) => signIn !== undefined,
  oidc: ({ oidc }) => oidc !== undefined,
  grpc: ({ grpc }) => grpc !== undefined,
  passthrough: ({ passthrough }) => passthrough !== undefined,
};

export const optionsAsked = (options: RouteOptions): readonly RouteOption[] =>
  ROUTE_OPTIONS.filter((option) => GIVEN[option](options));

/** Whole connections: of a host with such a route nobody else has any request. */
export const EVERYTHING = "*";

/** Whether a host is its alone, or all of it that nobody asks for more narrowly. */
export const isWhole = (ask: string): boolean => ask === "/" || ask === EVERYTHING;

/**
 * Which requests of its host a route takes, spelled in one way: `/`, `/api`, `/api x-env=beta`. Two routes of one host
 * that spell the same are in each other's way.
 */
export const askOf = ({ path = "/", headers = [], passthrough }: RouteOptions): string =>
  passthrough === true
    ? EVERYTHING
    : [
        path.replace(/(?<=.)\/$/, ""),
        ...headers.map(({ name, value }) => `${name.toLowerCase()}=${value}`).sort(),
      ].join(" ");

/** Of a Service, as everybody in the cluster finds it. */
const IN_CLUSTER = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.cluster\.local$/;

export interface AuthService {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  /** `/` or more. */
  readonly path: string;
  /** Where it is a Service of the cluster. */
  readonly service?: { readonly name: string; readonly namespace: string };
}

/** Undefined for what is no URL that a gateway could ask. */
export function authService(url: string): AuthService | undefined {
  const match = /^(https?):\/\/([a-z0-9.-]+)(?::(\d{1,5}))?(\/[-A-Za-z0-9/._~]*)?$/.exec(url);
  if (match === null) return undefined;
  const [, scheme, host = "", portText, path = "/"] = match;
  const port = portText === undefined ? (scheme === "https" ? 443 : 80) : Number(portText);
  if (port < 1 || port > 65_535) return undefined;
  const [, name, namespace] = IN_CLUSTER.exec(host) ?? [];
  return {
    scheme: scheme === "https" ? "https" : "http",
    host,
    port,
    path,
    ...(name !== undefined && namespace !== undefined && { service: { name, namespace } }),
  };
}

/** The Secret beside a route that signs people in, and its key: what the issuer gave out for the client. */
export const clientSecret = (route: string) => ({ name: `${route}-oidc`, key: "client-secret" });

/** Where the issuer sends people back to, below the path that the route takes. */
export const callback = (host: string, path = ""): string => `https://${host}${path}/oauth2/callback`;
