/** What the chart of Traefik is told: entrypoints, and a Service for each gateway. */
import { familyOf } from "../model/address.ts";
import { familyName } from "../model/families.ts";
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { View } from "../model/unit.ts";
import { serviceAnnotations, serviceLabels } from "./pools.ts";
import { trafficPolicy } from "./trafficPolicy.ts";
import { entrypointsOf, shownGateway, traefikGateways } from "./traefikEntrypoints.ts";

/** A Service has the families of its addresses, asks for these addresses, and says so to pools for those that ask. */
export function serviceOf(gateway: Gateway | undefined, plan: Plan): View {
  const labels = serviceLabels(gateway?.addresses ?? [], plan);
  const annotations = serviceAnnotations(gateway?.addresses ?? [], plan);
  return {
    ...(gateway !== undefined && annotations && { annotations }),
    ...(labels && { labels }),
    spec: {
      type: "LoadBalancer",
      externalTrafficPolicy: trafficPolicy(plan, gateway?.addresses ?? []),
      ...(gateway !== undefined && {
        ipFamilyPolicy: gateway.addresses.length > 1 ? "RequireDualStack" : "SingleStack",
        ipFamilies: gateway.addresses.map((address) => familyName(familyOf(address))),
      }),
    },
  };
}

/** Every gateway's pair, on its Service alone. What names no entrypoint is heard on the default ones and on no others. */
export function portsOf(plan: Plan): View {
  const shown = shownGateway(plan);
  const trustedIPs = plan.stacks.flatMap(({ pods }) => pods?.value.text ?? []);
  const all = traefikGateways(plan).flatMap((gateway) => {
    const { http, https } = entrypointsOf(gateway, plan);
    const isShown = gateway.name === shown?.name;
    const common = {
      ...(isShown && { asDefault: true }),
      protocol: "TCP",
      expose: { [isShown ? "default" : gateway.name]: true },
      forwardedHeaders: { trustedIPs },
      transport: { respondingTimeouts: { readTimeout: "0s" } },
    };
    const redirections = https && { entryPoint: { to: https.name, scheme: "https", permanent: true } };
    const plain = { ...common, port: http.port, exposedPort: 80, ...(redirections && { http: { redirections } }) };
    const sealed = https && { ...common, port: https.port, exposedPort: 443, http: { tls: { enabled: true } } };
    return [[http.name, plain] as const, ...(https && sealed ? [[https.name, sealed] as const] : [])];
  });
  // Those of the chart, where no gateway has them.
  const unused = ["web", "websecure"].filter((name) => !all.some(([used]) => used === name));
  return Object.fromEntries([...unused.map((name) => [name, null] as const), ...all]);
}
