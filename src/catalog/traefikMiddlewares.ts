/** What Traefik does to requests on their way: a Middleware has one kind of work, and routes name several in order. */
import type { KubernetesObject, Route } from "../model/unit.ts";
import { IDENTITY } from "./identity.ts";

/** In the order they work. `native`: the route itself says which headers it sends on. */
export function middlewaresOf(route: Route, native: boolean): readonly KubernetesObject[] {
  const { setHeaders, allowFrom, forwardAuth, signIn } = route;
  const works: Readonly<Record<string, object | undefined>> = {
    sources: allowFrom && { ipAllowList: { sourceRange: allowFrom } },
    auth: forwardAuth && {
      forwardAuth: {
        address: forwardAuth.url,
        // What the service does not say is taken out of the request (traefik v3.7, pkg/middlewares/auth/forward.go).
        authResponseHeaders: IDENTITY,
        ...(signIn !== undefined && { authSigninURL: signIn }),
      },
    },
    headers:
      native || setHeaders === undefined
        ? undefined
        : { headers: { customRequestHeaders: Object.fromEntries(setHeaders.map(({ name, value }) => [name, value])) } },
  };
  return Object.entries(works).flatMap(([work, spec]) => (spec === undefined ? [] : [middleware(route, work, spec)]));
}

const middleware = ({ name, namespace }: Route, work: string, spec: object): KubernetesObject => ({
  apiVersion: "traefik.io/v1alpha1",
  kind: "Middleware",
  metadata: { name: `${name}-${work}`, namespace },
  spec,
});

const nameOf = ({ metadata }: KubernetesObject): string => String(metadata?.["name"]);

/** On an Ingress (traefik v3.7, Kubernetes Ingress: annotations). */
export const MIDDLEWARES = "traefik.ingress.kubernetes.io/router.middlewares";

export const annotation = (
  { namespace }: Route,
  middlewares: readonly KubernetesObject[],
): Readonly<Record<string, string>> =>
  middlewares.length === 0
    ? {}
    : { [MIDDLEWARES]: middlewares.map((one) => `${namespace}-${nameOf(one)}@kubernetescrd`).join(",") };

/** On an IngressRoute. */
export const references = (middlewares: readonly KubernetesObject[]) =>
  middlewares.length === 0 ? {} : { middlewares: middlewares.map((one) => ({ name: nameOf(one) })) };

/** On an HTTPRoute (traefik v3.7, Gateway API: ExtensionRef). */
export const filters = (middlewares: readonly KubernetesObject[]) =>
  middlewares.map((one) => ({
    type: "ExtensionRef",
    extensionRef: { group: "traefik.io", kind: "Middleware", name: nameOf(one) },
  }));
