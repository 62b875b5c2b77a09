/** What Traefik does to requests on their way: a Middleware has one kind of work, and routes name several in order. */
import type { KubernetesObject, Route } from "../model/unit.ts";

/** In the order they work. `native`: the route itself says which headers it sends on. */
export function middlewaresOf(route: Route, native: boolean): readonly KubernetesObject[] {
  const { setHeaders } = route;
  if (setHeaders === undefined || native) return [];
  const customRequestHeaders = Object.fromEntries(setHeaders.map(({ name, value }) => [name, value]));
  return [middleware(route, "headers", { headers: { customRequestHeaders } })];
}

const middleware = ({ name, namespace }: Route, work: string, spec: object): KubernetesObject => ({
  apiVersion: "traefik.io/v1alpha1",
  kind: "Middleware",
  metadata: { name: `${name}-${work}`, namespace },
  spec,
});

const nameOf = ({ metadata }: KubernetesObject): string => String(metadata?.["name"]);

/** On an Ingress (traefik v3.7, Kubernetes Ingress: annotations). */
const MIDDLEWARES = "traefik.ingress.kubernetes.io/router.middlewares";

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
