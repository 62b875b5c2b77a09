/** Whether all gateways of a route can do what it asks for. */
import type { Catalog } from "../../src/model/component.ts";
import { UserError } from "../../src/model/errors.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import type { Plan } from "../../src/model/plan.ts";
import { optionsAsked, type RouteOption, type RouteOptions, type Unable } from "../../src/model/routeOptions.ts";

interface Refusal extends Unable {
  readonly option: RouteOption;
  readonly gateway: Gateway;
}

/** The first gateway that cannot, and why. */
export function inability(
  options: RouteOptions,
  gateways: readonly Gateway[],
  plan: Plan,
  { components }: Catalog,
): Refusal | undefined {
  for (const gateway of gateways) {
    const provider = components.find(({ id }) => id === gateway.component)?.gateways;
    const abilities = provider?.routeOptions(gateway, plan);
    for (const option of optionsAsked(options)) {
      const ability = abilities?.[option];
      if (ability !== undefined && ability !== true) return { ...ability, option, gateway };
    }
  }
  return undefined;
}

export function refuseUnable(options: RouteOptions, gateways: readonly Gateway[], plan: Plan, catalog: Catalog): void {
  const refusal = inability(options, gateways, plan, catalog);
  if (refusal === undefined) return;
  const { option, gateway, because, instead } = refusal;
  const flag = option === "forward-auth" ? "auth forward" : option === "oidc" ? "auth oidc" : option;
  throw new UserError(`--${flag} does nothing on ${gateway.name}: ${because}`, instead);
}
