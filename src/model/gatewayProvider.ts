/** Who carries requests to apps: what stands in the cluster for a gateway, and how a route on it is written and read. */
import type { Hostname } from "./names.ts";
import type { Plan } from "./plan.ts";
import type { Gateway, GatewayObject, GatewayWish } from "./gateway.ts";
import type { NamedKind } from "./routeNames.ts";
import type { RouteAbilities } from "./routeOptions.ts";
import type { Carrier, KubernetesObject, Origin, ReadRoute, Route } from "./unit.ts";

export interface GatewayProvider {
  /** What stands in the cluster for a gateway of the spec. */
  object(gateway: GatewayWish, options: Readonly<Record<string, unknown>>): GatewayObject;
  /** The objects of a route; all its gateways are of this component, and it has no options but those that all of them take. */
  route(route: Route, plan: Plan): readonly KubernetesObject[];
  /** What a route on this gateway may have. */
  routeOptions(gateway: Gateway, plan: Plan): RouteAbilities;
  /** Names whose connections it hands on unopened, where homelab.yaml has to say which. Absent: the route says it. */
  passedOn?(gateway: Gateway): readonly Hostname[];
  /**
   * An origin spoken to by https whose certificate is not looked at: the object that routes name instead of a Service, or
   * `route` where the route says so itself. Absent: it looks at every one.
   */
  readonly unverified?: "route" | ((origin: Origin) => KubernetesObject);
  /** Why it looks at no certificate of an origin, as the end of a sentence. Absent: it can. */
  readonly onlyUnverifiedOrigins?: string;
  /** Why it speaks to no origin by https, as the end of a sentence. Absent: it does. */
  readonly onlyPlainOrigins?: string;
  /** It shows one certificate for every name, so one has to have all domains. Absent: it tells certificates apart. */
  readonly oneCertificate?: true;
  /** The route that an object of any origin is, or undefined when it is none of this component's. */
  readRoute(object: KubernetesObject): ReadRoute | undefined;
  /**
   * Whether a DNS server that reads routes of this gateway would answer with another address, or with none: routes carry a
   * record of their own then (DNSEndpoint). Absent: routes always lead to the address of their gateway.
   */
  needsRecord?(gateway: Gateway, plan: Plan): boolean;
  /** The kinds of objects it reads host names from, as the API server is told to look at them. */
  namedKinds(plan: Plan): readonly NamedKind[];
  /** Who carries the requests. */
  dataPlane(plan: Plan): readonly Carrier[];
}
