/** The name of a new app, when it gets one. */
import { UserError } from "../../src/model/errors.ts";
import type { Label } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import { askOf } from "../../src/model/routeOptions.ts";
import type { NewRoute } from "../../src/compose/newApp/app.ts";
import type { FoundApp } from "../../src/repo/apps.ts";
import { refuseUnable } from "../add-route/able.ts";
import { refuseUnknownService } from "../add-route/auth.ts";
import { gatewaysFor, holderOf, hostIn } from "../add-route/host.ts";
import { refuseMixed } from "../add-route/mixed.ts";
import { ROUTE_FLAGS, routeOptionsOf } from "../add-route/options.ts";
import { askText } from "../add-route/told.ts";
import type { Session } from "../generator.ts";
import { hasRoute, type Answers } from "./answers.ts";
import { parseAppName } from "./name.ts";
import { parsePort } from "./port.ts";

export interface RouteOfApp {
  readonly route: NewRoute;
  readonly gateways: readonly Gateway[];
}

interface Around {
  readonly plan: Plan;
  readonly apps: readonly FoundApp[];
  readonly name: Label;
  readonly namespace: Label;
}

export function routeOf(
  answers: Answers,
  { plan, apps, name, namespace }: Around,
  session: Session,
): RouteOfApp | undefined {
  if (!hasRoute(answers)) {
    const routed = ROUTE_FLAGS.map(({ name: flag }) => flag);
    // Labels of pods are also who begins what is allowed.
    const ofPods = answers.has("allow") ? [] : ["selector"];
    const idle = ["gateway", "service", "pod-port", ...ofPods, ...routed].find((flag) => answers.has(flag));
    if (idle === undefined) return undefined;
    throw new UserError(`--${idle} is about a route, and there is none`, "give --route HOST, or leave it out");
  }
  const host = hostIn(answers.get("route") ?? "", plan);
  const options = routeOptionsOf(session);
  const holder = holderOf(host, apps, askOf(options));
  if (holder !== undefined && (holder.app.name !== name || holder.app.namespace !== namespace))
    throw new UserError(
      `${askText(host, options)} is answered already by ${holder.backends.join(", ")} on ${holder.gateways.join(", ")}: ${holder.path}`,
      "choose another name or --path, or edit that file",
    );
  const gateways = gatewaysFor(plan, session);
  if (gateways.length === 0)
    throw new UserError("no gateway is the default one", "say which: --gateway NAME, or --gateway all");
  refuseUnable({ host, options, gateways }, plan, session.catalog);
  refuseUnknownService(options, apps);
  const route: NewRoute = {
    ...options,
    host,
    service: parseAppName(answers.get("service") ?? name),
    port: parsePort(answers.get("port") ?? "", "--port"),
    gateways: gateways.map((gateway) => gateway.name),
  };
  const others = apps.filter((app) => app.name !== name || app.namespace !== namespace);
  refuseMixed({ ...route, name, namespace }, others, plan, session.catalog);
  return { gateways, route };
}
