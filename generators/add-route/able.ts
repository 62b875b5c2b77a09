/** Whether all gateways of a route can do what it asks for. */
import type { Catalog } from "../../src/model/component.ts";
import { UserError } from "../../src/model/errors.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import type { Hostname } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import { optionsAsked, type RouteOptions } from "../../src/model/routeOptions.ts";
import { flagOf } from "./together.ts";

interface Refusal {
  /** A whole sentence, which names the gateway. */
  readonly message: string;
  readonly instead: string;
}

interface Wanted {
  readonly host: Hostname;
  readonly options: RouteOptions;
  readonly gateways: readonly Gateway[];
}

/** The first gateway that cannot, and why. */
export function inability(wanted: Wanted, plan: Plan, { components }: Catalog): Refusal | undefined {
  const { options, gateways } = wanted;
  for (const gateway of gateways) {
    const provider = components.find(({ id }) => id === gateway.component)?.gateways;
    const abilities = provider?.routeOptions(gateway, plan);
    for (const option of optionsAsked(options)) {
      const ability = abilities?.[option];
      if (ability === undefined || ability === true) continue;
      const { because, instead } = ability;
      return { message: `--${flagOf(option)} does nothing on ${gateway.name}: ${because}`, instead };
    }
    const unsaid = provider?.passedOn && notSaid(wanted, gateway, provider.passedOn(gateway));
    if (unsaid !== undefined) return unsaid;
  }
  return undefined;
}

/** What a gateway hands on unopened stands in homelab.yaml, and a route agrees with it. */
function notSaid({ host, options }: Wanted, { name }: Gateway, said: readonly Hostname[]): Refusal | undefined {
  const path = `ingress.gateways.${name}.passthrough`;
  if ((options.passthrough === true) === said.includes(host)) return undefined;
  return options.passthrough === true
    ? {
        message: `${name} opens connections for ${host}: it hands on those of the names in ${path}`,
        instead: `gen set '${path}=[${[...said, host].join(", ")}]', then this again`,
      }
    : {
        message: `${name} hands connections for ${host} on unopened (${path}), so no request of it is ever seen`,
        instead: "--tls passthrough, or take the name out there",
      };
}

export function refuseUnable(wanted: Wanted, plan: Plan, catalog: Catalog): void {
  const refusal = inability(wanted, plan, catalog);
  if (refusal !== undefined) throw new UserError(refusal.message, refusal.instead);
}
