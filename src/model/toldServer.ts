import type { Ip } from "./address.ts";
import { chosenIn } from "./chosen.ts";
import type { Plan } from "./plan.ts";

/** The server that answers for the domains inside the house, where it has an address that resolvers have to be told. */
export function toldServer(plan: Plan): Ip | undefined {
  const [dns] = chosenIn(plan, "split-dns");
  const path = dns?.path;
  return path === undefined
    ? undefined
    : plan.addresses.claims.find((claim) => claim.role === "service" && claim.path.startsWith(`${path}.`))?.ip;
}
