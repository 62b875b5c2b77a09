/** Who may ask a route of Envoy Gateway: one SecurityPolicy beside it, which is for that route alone. */
import { parseIp } from "../model/address.ts";
import { authService, callback, clientSecret, type AuthService } from "../model/routeOptions.ts";
import type { KubernetesObject, Route } from "../model/unit.ts";
import { IDENTITY } from "./identity.ts";

const GROUP = "gateway.envoyproxy.io";

/** `target`: the kind of the route. */
export function securityPolicies(route: Route, target: string): readonly KubernetesObject[] {
  const { name, namespace, allowFrom, forwardAuth, oidc } = route;
  if (allowFrom === undefined && forwardAuth === undefined && oidc === undefined) return [];
  const service = forwardAuth && authService(forwardAuth.url);
  return [
    {
      apiVersion: `${GROUP}/v1alpha1`,
      kind: "SecurityPolicy",
      metadata: { name, namespace },
      spec: {
        targetRefs: [{ group: "gateway.networking.k8s.io", kind: target, name }],
        ...(allowFrom !== undefined && { authorization: allowing(allowFrom) }),
        ...(service !== undefined && { extAuth: asking(service, asked(route)) }),
        ...(oidc !== undefined && { oidc: signingIn(route, oidc) }),
      },
    },
    ...(service === undefined ? [] : [backend(route, service)]),
  ];
}

const allowing = (clientCIDRs: readonly string[]) => ({
  defaultAction: "Deny",
  rules: [{ action: "Allow", principal: { clientCIDRs } }],
});

const asked = ({ name }: Route): string => `${name}-auth`;

// Beside these five it is told nothing of a request unless it is listed (envoyproxy/gateway v1.9.0,
// api/v1alpha1/ext_auth_types.go, HeadersToExtAuth); without the cookie nobody is ever signed in.
const TOLD = ["accept", "cookie", "proxy-authorization", "x-forwarded-for", "x-forwarded-proto"];

const asking = ({ path }: AuthService, name: string) => ({
  headersToExtAuth: TOLD,
  http: {
    backendRefs: [{ group: GROUP, kind: "Backend", name }],
    // The path of the request is put behind it.
    ...(path !== "/" && { path }),
    headersToBackend: IDENTITY.map((header) => header.toLowerCase()),
  },
});

/** A Service of another namespace would have to agree to be asked; by its name in DNS it is asked as by everybody else. */
const backend = (route: Route, { scheme, host, port }: AuthService): KubernetesObject => ({
  apiVersion: `${GROUP}/v1alpha1`,
  kind: "Backend",
  metadata: { name: asked(route), namespace: route.namespace },
  spec: {
    endpoints: [parseIp(host) === undefined ? { fqdn: { hostname: host, port } } : { ip: { address: host, port } }],
    ...(scheme === "https" && { tls: { wellKnownCACertificates: "System", sni: host } }),
  },
});

// Both paths have to be ones that the route takes (Envoy Gateway documentation, OIDC Authentication).
const signingIn = ({ name, host, path = "" }: Route, { issuer, client }: NonNullable<Route["oidc"]>) => ({
  provider: { issuer },
  clientID: client,
  clientSecret: { name: clientSecret(name).name },
  redirectURL: callback(host, path),
  logoutPath: `${path}/oauth2/logout`,
});
