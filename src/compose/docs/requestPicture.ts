/** How a request finds its pod, from the LAN and, where a gateway has a way in, from the internet: one drawing for both. */
import { schemeOf } from "../../catalog/gatewayCertificates.ts";
import { both } from "../../model/families.ts";
import type { Plan } from "../../model/plan.ts";
import type { Gateway } from "../../model/gateway.ts";
import type { Route } from "../../model/unit.ts";
import { mermaid, type Arrow, type Box } from "./mermaid.ts";
import { announcerTitle, dnsTitle, resolverNames, wayIn } from "./names.ts";
import { toldServer } from "../../model/toldServer.ts";

/** A route and the gateway the LAN reaches it through. */
export interface Example {
  readonly route: Route;
  readonly gateway: Gateway;
}

export function requestPicture({ route, gateway }: Example, plan: Plan): readonly string[] {
  const open = plan.gateways.filter((candidate) => candidate.public !== undefined);
  const gateways = [...new Set([gateway, ...open])];
  return mermaid({
    direction: "LR",
    parts: [
      {
        id: "device",
        lines: ["a device of the LAN", both(plan.stacks.flatMap(({ lan }) => lan?.value ?? []))],
        round: true,
      },
      { id: "resolver", lines: resolverLines(plan) },
      ...server(plan),
      ...(open.length === 0 ? [] : [{ id: "visitor", lines: ["a visitor", "on the internet"], round: true } as const]),
      ...open.map((candidate): Box => ({ id: wayId(candidate), lines: [wayIn(candidate, plan)] })),
      ...gateways.map((candidate): Box => ({ id: gatewayId(candidate), lines: [candidate.object, candidate.address] })),
      { id: "service", lines: [`Service ${route.service}`, `namespace ${route.namespace}`] },
      { id: "pod", lines: [`a pod of ${route.service}`] },
    ],
    arrows: [
      ...lookUp(route, gateway, plan),
      { from: "device", to: gatewayId(gateway), label: `${schemeOf(plan)}, ${announced(plan)}` },
      ...open.flatMap((candidate): readonly Arrow[] => [
        { from: "visitor", to: wayId(candidate), label: "https" },
        { from: wayId(candidate), to: gatewayId(candidate) },
      ]),
      ...gateways.map((candidate): Arrow => ({
        from: gatewayId(candidate),
        to: "service",
        label: routeLabel(candidate, route),
      })),
      { from: "service", to: "pod" },
    ],
  });
}

const gatewayId = ({ name }: Gateway): string => `gateway_${name.replaceAll("-", "_")}`;
const wayId = ({ name }: Gateway): string => `way_${name.replaceAll("-", "_")}`;

const resolverLines = (plan: Plan): readonly string[] => {
  const names = resolverNames(plan);
  return names.length === 0 ? ["the resolver", "of the LAN"] : names;
};

function server(plan: Plan): readonly Box[] {
  const address = toldServer(plan);
  return address === undefined ? [] : [{ id: "dns", lines: [dnsTitle(plan), address] }];
}

function lookUp({ host }: Route, { address }: Gateway, plan: Plan): readonly Arrow[] {
  const asked: Arrow = { from: "device", to: "resolver", label: `where is ${host}?` };
  if (toldServer(plan) === undefined)
    return [asked, { from: "resolver", to: "device", label: address, style: "dotted" }];
  return [
    asked,
    { from: "resolver", to: "dns", label: "asks" },
    { from: "dns", to: "resolver", label: address, style: "dotted" },
  ];
}

const announced = (plan: Plan): string => {
  const title = announcerTitle(plan);
  return title === undefined ? "through its address" : `found by ${title}`;
};

const routeLabel = ({ name }: Gateway, route: Route): string =>
  route.gateways.includes(name) ? `route ${route.name}` : `once the route names ${name}`;
