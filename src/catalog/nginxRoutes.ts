/** What a route has in ingress-nginx beside its name: annotations of its Ingress (kubernetes/ingress-nginx controller-v1.15.1). */
import type { Gateway } from "../model/gateway.ts";
import type { Plan } from "../model/plan.ts";
import type { RouteAbilities, Unable } from "../model/routeOptions.ts";
import type { Route } from "../model/unit.ts";
import { hiddenClients } from "./clients.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { IDENTITY } from "./identity.ts";
import { noGrpc, noPassthrough } from "./throughTunnel.ts";

const PREFIX = "nginx.ingress.kubernetes.io/";

export const nginxAbilities = (gateway: Gateway, plan: Plan): RouteAbilities => ({
  path: true,
  header: {
    because:
      "ingress-nginx tells requests apart by a header only between two apps of one path, of which one is the canary",
    source: "kubernetes/ingress-nginx controller-v1.15.1, docs, annotations: canary-by-header",
    instead: "a name or a --path of its own for each app, or a gateway of another provider",
  },
  "set-header": {
    because:
      "ingress-nginx sets headers of requests for all routes of a controller alike, or by snippets, which are off",
    source:
      "kubernetes/ingress-nginx controller-v1.15.1, docs, ConfigMap: proxy-set-headers; annotations: configuration-snippet",
    instead: "a setting of the app, or a gateway of another provider",
  },
  timeout: true,
  "allow-from": hiddenClients(gateway.addresses, plan) ?? true,
  "forward-auth": true,
  "sign-in": true,
  oidc: {
    because: "ingress-nginx speaks no OpenID Connect",
    source: "kubernetes/ingress-nginx controller-v1.15.1, docs, annotations",
    instead: "--auth forward=NS/NAME:PORT of a service that does, such as Authelia, authentik or oauth2-proxy",
  },
  grpc: schemeOf(plan) === "http" ? withoutHttp2 : (noGrpc(gateway) ?? true),
  passthrough: noPassthrough(gateway) ?? true,
});

const withoutHttp2: Unable = {
  because: "nginx speaks HTTP/2, which gRPC is, by https alone, and nobody issues certificates here",
  source: "kubernetes/ingress-nginx controller-v1.15.1, docs/examples/grpc",
  instead: "certificates.letsencrypt in homelab.yaml",
};

/** A day of silence: nginx has no word for as long as it takes. */
const LONGEST = 86_400;

export function nginxAnnotations(route: Route): Readonly<Record<string, string>> {
  const { timeout, allowFrom, forwardAuth, signIn } = route;
  const annotations = {
    ...spoken(route),
    // Between two pieces of what is sent or answered, not for all of it (nginx, proxy_read_timeout).
    ...(timeout !== undefined && { "proxy-read-timeout": seconds(timeout), "proxy-send-timeout": seconds(timeout) }),
    ...(allowFrom !== undefined && { "allowlist-source-range": allowFrom.join(",") }),
    ...(forwardAuth !== undefined && {
      "auth-url": forwardAuth.url,
      // What the service does not say is taken out of the request.
      "auth-response-headers": IDENTITY.join(","),
    }),
    ...(signIn !== undefined && { "auth-signin": signIn }),
  };
  return Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${PREFIX}${key}`, value]));
}

/** Whose certificate the app shows is not looked at. */
function spoken({ sealed, grpc, passthrough }: Route) {
  if (passthrough === true) return { "ssl-passthrough": "true" };
  if (grpc === true) return { "backend-protocol": sealed === undefined ? "GRPC" : "GRPCS" };
  return sealed === undefined ? {} : { "backend-protocol": "HTTPS" };
}

const seconds = (timeout: number): string => String(timeout === 0 ? LONGEST : timeout);
