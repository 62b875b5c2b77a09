/** What Traefik leaves out, or answers where nobody meant it to. */
import { isChosen } from "../../model/chosen.ts";
import { entrypointsOf, shownGateway, TRAEFIK, traefikGateways } from "../../catalog/traefikEntrypoints.ts";
import { ENTRYPOINTS } from "../../catalog/traefikRoutes.ts";
import type { Finding, Place } from "../../model/finding.ts";
import { isUnder } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { Gateway } from "../../model/gateway.ts";
import { suggest } from "../../model/suggest.ts";
import { certifiedDomains } from "../../model/zones.ts";
import { asList, at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { asText, asTexts } from "../values.ts";
import { foreign, uncoveredHost } from "./hosts.ts";
import type { Ingress } from "./ingresses.ts";
import { TRAEFIK_GROUP, type IngressRoute } from "./ingressRoutes.ts";
import { middlewares, parts } from "./traefikParts.ts";
import { covers } from "./names.ts";
import { gatewayCertificates, namesOf } from "../../catalog/gatewayCertificates.ts";
import type { Route } from "./routes.ts";

export const strayEntrypoint: Audit = {
  id: "ROUTE-ENTRYPOINT",
  severity: "error",
  title: "A route names entrypoints that are not those of its gateway.",
  because:
    "It answers on the address of another gateway, or nowhere: what is for the house may be heard on an address that the internet leads to.",
  source: "traefik v3.7, Routers: EntryPoints; without any a route is on the default ones",
};

export const acrossNamespaces: Audit = {
  id: "ROUTE-ACROSS",
  severity: "error",
  title: "An IngressRoute names something of another namespace, or a Service that is another name.",
  because:
    "Traefik leaves the route out and says so in its log alone: both are off (allowCrossNamespace, allowExternalNameServices).",
  source: "traefik v3.7, Kubernetes CRD: allowCrossNamespace, allowExternalNameServices",
};

export const secondStore: Audit = {
  id: "TLS-STORE",
  severity: "error",
  title: "There are two TLSStores called default, or a certificate that stands in another namespace.",
  because:
    "Traefik takes neither of two stores, and reads a Secret only beside the object that names it: browsers see its own certificate.",
  source: "traefik v3.7, Kubernetes CRD: TLSStore; IngressRoute: tls.secretName",
};

export const unnamedRoute: Audit = {
  id: "ROUTE-RECORD",
  severity: "warning",
  title: "A route that no DNS server reads has no record for its name.",
  because:
    "k8s-gateway reads neither IngressRoutes nor TLSRoutes, and Traefik shows the address of one gateway on every Ingress: the name has no address on the LAN, or that of another gateway.",
  source:
    "k8s-gateway/k8s_gateway v1.7.0, gateway.go, resources; kubernetes.go, tlsRouteLister; traefik v3.7, Kubernetes Ingress: publishedService",
};

export function* traefik(
  ingresses: readonly Ingress[],
  ingressRoutes: readonly IngressRoute[],
  cluster: Cluster,
): Generator<Finding> {
  const { plan } = cluster;
  if (!isChosen(plan, TRAEFIK)) return;
  const own = ingresses.flatMap((ingress) => {
    const gateway = traefikGateways(plan).find(({ className }) => className === ingress.className?.text);
    return gateway === undefined ? [] : [{ ingress, gateway }];
  });
  for (const { ingress, gateway } of own) {
    yield* heardOn(ofIngress(ingress), gateway, plan);
    yield* middlewares(ingress, cluster);
  }
  for (const route of ingressRoutes) {
    yield* heardOn(
      ofRoute(route),
      traefikGateways(plan).find(({ object }) => object === route.gateway),
      plan,
    );
    yield* across(route, cluster);
    yield* parts(route, cluster);
    yield* names(route, plan);
  }
  yield* stores(ingressRoutes, cluster);
  if (isChosen(plan, "k8s-gateway"))
    yield* unnamed(
      [...own.filter(({ gateway }) => gateway !== shownGateway(plan)).map(({ ingress }) => ingress), ...ingressRoutes],
      cluster,
    );
}

const shown = ({ kind, name, namespace }: Pick<Route, "kind" | "name" | "namespace">): string =>
  `${kind} ${namespace ?? "?"}/${name}`;

interface Heard {
  readonly shown: string;
  readonly entrypoints: readonly string[];
  readonly place: Place;
}

const ofRoute = (route: IngressRoute): Heard => ({
  shown: shown(route),
  entrypoints: route.entrypoints,
  place: route.entrypointsPlace,
});

const ofIngress = (ingress: Ingress): Heard => {
  const written = asText(ingress.annotations[ENTRYPOINTS]);
  return {
    shown: shown(ingress),
    entrypoints: (written ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    place: ingress.annotationPlace(written === undefined ? undefined : ENTRYPOINTS),
  };
};

const entrypointNames = (gateway: Gateway, plan: Plan): readonly string[] => {
  const { http, https } = entrypointsOf(gateway, plan);
  return [http.name, ...(https === undefined ? [] : [https.name])];
};

function* heardOn(
  { shown: route, entrypoints, place }: Heard,
  gateway: Gateway | undefined,
  plan: Plan,
): Generator<Finding> {
  const owners = traefikGateways(plan).map((owner) => ({ owner, names: entrypointNames(owner, plan) }));
  const all = owners.flatMap(({ names: some }) => some);
  for (const name of entrypoints) {
    const owner = owners.find(({ names: some }) => some.includes(name))?.owner;
    if (owner === undefined) {
      const near = suggest(name, all);
      yield toFinding(strayEntrypoint, {
        message: `${route} names the entrypoint ${name}, which no gateway has`,
        places: [place],
        fix: near === undefined ? `one of ${all.join(", ")}` : `did you mean ${near}?`,
      });
    } else if (gateway !== undefined && owner !== gateway)
      yield toFinding(strayEntrypoint, {
        message: `${route} is on ${gateway.object} and names the entrypoint ${name}, which answers on ${owner.object} (${owner.address})`,
        places: [place],
        fix: entrypointNames(gateway, plan).join(","),
      });
  }
  const shownOne = shownGateway(plan);
  if (entrypoints.length === 0 && gateway !== undefined && shownOne !== undefined && gateway !== shownOne)
    yield toFinding(strayEntrypoint, {
      message: `${route} is on ${gateway.object} and names no entrypoint, so it answers on ${shownOne.object} (${shownOne.address})`,
      places: [place],
      fix: `${entrypointNames(gateway, plan).join(",")} as its entrypoints`,
    });
}

function* across(route: IngressRoute, { find }: Cluster): Generator<Finding> {
  for (const { kind, name, namespace, place } of [...route.backends, ...route.named]) {
    if (namespace !== route.namespace)
      yield toFinding(acrossNamespaces, {
        message: `${shown(route)} names ${kind} ${name} of namespace ${namespace ?? "?"}`,
        places: [place],
        fix: `put the route into namespace ${namespace ?? "?"}`,
      });
    const service = kind === "Service" ? find({ kind, group: "", name, namespace }) : undefined;
    if (at(service?.object.value, "spec", "type") === "ExternalName")
      yield toFinding(acrossNamespaces, {
        message: `${shown(route)} leads to Service ${name}, which is another name for ${asText(at(service?.object.value, "spec", "externalName")) ?? "something"}`,
        places: [place],
        fix: "gen add-route HOST --to ADDRESS makes a Service with the address written down",
      });
  }
}

function* names(route: IngressRoute, plan: Plan): Generator<Finding> {
  const known = namesOf({ domains: certifiedDomains(plan) });
  for (const host of route.hostnames) {
    if (!plan.domains.some((domain) => isUnder(host.text.replace(/^\*\./, ""), domain)))
      yield foreign(route, host, plan.domains);
    else if (
      gatewayCertificates(plan).length > 0 &&
      route.kind === "IngressRoute" &&
      route.secret === undefined &&
      !known.some((name) => covers(name, host.text))
    )
      yield toFinding(uncoveredHost, {
        message: `${host.text} has no certificate on Traefik: it has one for ${known.join(", ")}`,
        places: [host.place],
        fix: "a name with one label before the domain, or a certificate of its own: tls with a secretName",
      });
  }
}

function* stores(routes: readonly IngressRoute[], { ofKind }: Cluster): Generator<Finding> {
  const [, ...others] = ofKind("TLSStore", TRAEFIK_GROUP).filter(({ name }) => name === "default");
  for (const { object, namespace } of others)
    yield toFinding(secondStore, {
      message: `TLSStore ${namespace ?? "?"}/default is a second one of that name`,
      places: [object.place(["metadata", "name"], "value")],
      fix: "put its certificates into the first",
    });
  const made = ofKind("Certificate", "cert-manager.io").map(({ object, namespace }) => ({
    secret: asText(at(object.value, "spec", "secretName")),
    namespace,
  }));
  for (const route of routes) {
    const { secret } = route;
    const makers = made.filter((one) => one.secret === secret?.name);
    if (secret === undefined || makers.length === 0 || makers.some(({ namespace }) => namespace === route.namespace))
      continue;
    yield toFinding(secondStore, {
      message: `${shown(route)} shows Secret ${secret.name}, which is in namespace ${makers[0]?.namespace ?? "?"}`,
      places: [secret.place],
      fix: "no tls.secretName: the TLSStore has the certificates of all domains; or a Certificate in the namespace of the route",
    });
  }
}

export function* unnamed(routes: readonly Route[], { ofKind, plan }: Cluster): Generator<Finding> {
  const known = new Set([
    ...plan.records.map(({ name }) => String(name)),
    ...ofKind("DNSEndpoint", "externaldns.k8s.io").flatMap(({ object }) =>
      asList(at(object.value, "spec", "endpoints")).flatMap((endpoint) => asTexts([at(endpoint, "dnsName")])),
    ),
  ]);
  for (const route of routes)
    for (const host of route.hostnames)
      if (!known.has(host.text))
        yield toFinding(unnamedRoute, {
          message: `${shown(route)} answers ${host.text}, and no DNSEndpoint says where`,
          places: [host.place],
          fix: "gen add-route HOST --gateway NAME makes both; or a DNSEndpoint beside the route with the address of its gateway",
        });
}
