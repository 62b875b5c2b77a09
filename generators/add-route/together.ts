/** Options of a route that make no sense together, whoever carries the requests. */
import { UserError } from "../../src/model/errors.ts";
import { optionsAsked, type RouteOption, type RouteOptions } from "../../src/model/routeOptions.ts";

/** What gRPC has its own way of, and what to do instead. */
const NOT_WITH_GRPC: Readonly<Partial<Record<RouteOption, string>>> = {
  path: "calls are told apart by their service and method: a name for each app",
  timeout: "every call has the deadline its client gives it",
  oidc: "clients of gRPC are no browsers that could sign in: --auth forward=… looks at what they bring along",
  "sign-in": "clients of gRPC are no browsers that could sign in",
};

export function refuseTogether(options: RouteOptions): void {
  const asked = optionsAsked(options);
  if (asked.includes("passthrough")) refuseBesides(asked.filter((option) => option !== "passthrough"));
  if (!asked.includes("grpc")) return;
  for (const option of asked) {
    const instead = NOT_WITH_GRPC[option];
    if (instead !== undefined) throw new UserError(`--grpc and --${flagOf(option)} do not go together`, instead);
  }
}

function refuseBesides([first]: readonly RouteOption[]): void {
  if (first !== undefined)
    throw new UserError(
      `--tls passthrough and --${flagOf(first)} do not go together: nobody reads a request that nobody opens`,
      "the app itself, or a route without --tls passthrough",
    );
}

const FLAGS: Readonly<Partial<Record<RouteOption, string>>> = {
  "forward-auth": "auth forward",
  oidc: "auth oidc",
  passthrough: "tls passthrough",
};

/** As people write it. */
export const flagOf = (option: RouteOption): string => FLAGS[option] ?? option;
