/** The app that pages explain things with: the first one of the user that answers to a name, else one of the network, else one that does not exist yet. */
import { parseHostname } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import { appDomain } from "../../model/zones.ts";
import type { Route, Unit } from "../../model/unit.ts";
import type { Example } from "./requestPicture.ts";

/** None where no gateway carries requests. */
export function exampleOf(plan: Plan, units: readonly Unit[]): Example | undefined {
  const apps = [...units].sort((a, b) => Number(b.seeded === true) - Number(a.seeded === true));
  const route = apps.flatMap(({ routes = [] }) => routes)[0] ?? standIn(plan);
  const gateway =
    plan.gateways.find(({ name }) => route.gateways.includes(name)) ??
    plan.gateways.find(({ isDefault }) => isDefault) ??
    plan.gateways[0];
  return gateway && { route, gateway };
}

function standIn(plan: Plan): Route {
  const host = parseHostname(`app.${appDomain(plan)}`);
  if (host === undefined) throw new Error(`no host name: app under ${appDomain(plan)}`);
  const names = plan.gateways.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  return { name: "app", namespace: "default", host, service: "app", port: 80, gateways: names };
}
