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
  if (!asked.includes("grpc")) return;
  for (const option of asked) {
    const instead = NOT_WITH_GRPC[option];
    if (instead !== undefined)
      throw new UserError(`--grpc and --${option === "oidc" ? "auth oidc" : option} do not go together`, instead);
  }
}
