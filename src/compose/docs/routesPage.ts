/** What routes may ask for on the gateways of this network, and why not: the tables that stand with their providers, read once more. */
import type { Gateway } from "../../model/gateway.ts";
import type { Plan } from "../../model/plan.ts";
import { appDomain } from "../../model/zones.ts";
import type { RouteAbilities, RouteOption, Unable } from "../../model/routeOptions.ts";
import type { View } from "../../model/unit.ts";

/** In the order of the page, as `gen add-route` is told. */
const WISHES: readonly (readonly [RouteOption, flag: string, meaning: string])[] = [
  ["path", "--path /PREFIX", "only requests for this path and what is below it"],
  ["header", "--header NAME=VALUE", "only requests that have this header"],
  ["set-header", "--set-header NAME=VALUE", "the app is sent this header, whatever the client says"],
  ["timeout", "--timeout 30s", "how long a request may take, 0 for as long as it takes"],
  ["allow-from", "--allow-from CIDR", "networks whose devices may ask"],
  ["forward-auth", "--auth forward=NS/NAME:PORT/PATH", "a service is asked about each request"],
  ["sign-in", "--sign-in URL", "with it: the page for browsers that may not"],
  ["oidc", "--auth oidc=ISSUER --auth-client ID", "people sign in at an issuer of OpenID Connect"],
  ["grpc", "--grpc", "the app speaks gRPC"],
  ["passthrough", "--tls passthrough", "connections are handed on unopened"],
];

export function routesView(plan: Plan): View {
  const known = knownOf(plan);
  return {
    carriers: known.map(({ gateway }) => gateway.name),
    wishes: WISHES.map(([option, flag, meaning]) => ({
      flag,
      meaning,
      cells: known.map(({ abilities }) => (abilities[option] === true ? "yes" : "no")),
    })),
    refused: refused(known),
    handedOn: known
      .filter(({ gateway, abilities }) => abilities.passthrough === true && makerOf(gateway, plan)?.passedOn)
      .map(({ gateway }) => `ingress.gateways.${gateway.name}.passthrough`),
    asks: known.some(({ abilities }) => abilities["forward-auth"] === true),
    signsIn: known.some(({ abilities }) => abilities.oidc === true),
    callback: `https://NAME.${appDomain(plan)}/oauth2/callback`,
  };
}

function knownOf(plan: Plan): readonly Known[] {
  return plan.gateways.flatMap((gateway) => {
    const abilities = makerOf(gateway, plan)?.routeOptions(gateway, plan);
    return abilities === undefined ? [] : [{ gateway, abilities }];
  });
}

interface Known {
  readonly gateway: Gateway;
  readonly abilities: RouteAbilities;
}

/** Gateways that have one reason stand together. */
function refused(known: readonly Known[]): View[] {
  const reasons = new Map<string, { flag: string; unable: Unable; gateways: string[] }>();
  for (const [option, flag] of WISHES)
    for (const { gateway, abilities } of known) {
      const unable = abilities[option];
      if (unable === true) continue;
      const key = `${flag} ${unable.because}`;
      const there = reasons.get(key)?.gateways ?? [];
      reasons.set(key, { flag, unable, gateways: [...there, gateway.name] });
    }
  return [...reasons.values()].map(({ flag, unable: { because, instead }, gateways }) => ({
    flag,
    gateways,
    because,
    instead,
  }));
}

const makerOf = (gateway: Gateway, { chosen }: Plan) =>
  chosen.find(({ component }) => component.id === gateway.component)?.component.gateways;
