/** From a host name to its pod: route, gateway, listener, Service. */
import { isChosen } from "../../model/chosen.ts";
import type { Finding } from "../../model/finding.ts";
import type { Cluster } from "../cluster.ts";
import { servicesOf } from "../services.ts";
import { asked } from "./asked.ts";
import { attach } from "./attachment.ts";
import { backends } from "./backends.ts";
import { cilium } from "./cilium.ts";
import { claims } from "./claims.ts";
import { classes } from "./classes.ts";
import { closed } from "./closed.ts";
import { envoy } from "./envoy.ts";
import { exposure } from "./exposure.ts";
import { gatewaysOf } from "./gateways.ts";
import { grants } from "./grants.ts";
import { hosts } from "./hosts.ts";
import { ingressesOf } from "./ingresses.ts";
import { ingressRoutesOf, type IngressRoute } from "./ingressRoutes.ts";
import { refused } from "./refused.ts";
import { routesOf } from "./routes.ts";
import { sources } from "./sources.ts";
import { traefik, unnamed } from "./traefik.ts";

export function* routes(cluster: Cluster): Generator<Finding> {
  const [gateways, found, ingresses] = [gatewaysOf(cluster), routesOf(cluster), ingressesOf(cluster)];
  const ingressRoutes = ingressRoutesOf(cluster);
  const attachments = found.flatMap((route) => attach(route, gateways, cluster));
  yield* refused(cluster);
  yield* grants(cluster);
  yield* attachments.flatMap(({ finding }) => finding ?? []);
  const services = servicesOf(cluster);
  yield* backends([...found, ...ingresses, ...ingressRoutes.map(withOwnBackends)], services, cluster);
  yield* closed([...found, ...ingresses, ...ingressRoutes], cluster);
  yield* asked(ingresses, services, cluster);
  yield* claims([...found, ...ingresses, ...ingressRoutes], services, cluster);
  yield* hosts(attachments, cluster);
  yield* classes(ingresses, cluster);
  yield* traefik(ingresses, ingressRoutes, cluster);
  if (isChosen(cluster.plan, "k8s-gateway"))
    yield* unnamed(
      [...new Set(attachments.flatMap(({ route, listeners }) => (listeners.length > 0 ? [route] : [])))].filter(
        ({ kind }) => kind === "TLSRoute",
      ),
      cluster,
    );
  yield* envoy(found, cluster);
  yield* sources(ingresses, cluster);
  yield* cilium(found, cluster);
  yield* exposure(attachments, cluster);
}

/** What is in another namespace is none of an IngressRoute's, whoever agrees. */
const withOwnBackends = (route: IngressRoute): IngressRoute => ({
  ...route,
  backends: route.backends.filter(({ namespace, kind }) => namespace === route.namespace && kind === "Service"),
});
