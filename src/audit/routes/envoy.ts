/** What Envoy Gateway makes of objects in another way than their names suggest. */
import { envoyGateway } from "../../catalog/envoy-gateway.ts";
import { isChosen } from "../../model/chosen.ts";
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { asList, at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { releasesOf } from "../releases.ts";
import { isAppTemplate } from "../services.ts";
import { asText } from "../values.ts";
import { gatewaysOf } from "./gateways.ts";
import { notOf, type Elsewhere } from "./makers.ts";
import type { Route } from "./routes.ts";

export const pinnedGateway: Audit = {
  id: "GATEWAY-ADDRESS",
  severity: "error",
  title: "A Gateway asks for its address under `addresses`.",
  because:
    "Envoy Gateway makes external addresses of the Service of it and not the one of the load balancer, which gives it another.",
  source: "Envoy Gateway documentation, Gateway Address Customization; envoyproxy/gateway v1.9.0, externalIPs",
};

export const strayPolicy: Audit = {
  id: "POLICY-TARGET",
  severity: "error",
  title: "A policy of Envoy Gateway names something that is not beside it, or nowhere.",
  because: "Policies only reach objects of their own namespace; this one is applied and changes nothing.",
  source: "Envoy Gateway 1.9.0, API reference: targetRefs are of the same namespace; GEP-713",
};

export const outsideName: Audit = {
  id: "ROUTE-EXTERNAL",
  severity: "error",
  title: "A route leads to a Service that is only another name.",
  because: "Envoy Gateway refuses Services of type ExternalName, and the gateway answers every request with 500.",
  source: "Envoy Gateway documentation, Routing outside Kubernetes",
};

const POLICIES = ["BackendTrafficPolicy", "ClientTrafficPolicy", "SecurityPolicy"];

export function* envoy(routes: readonly Route[], cluster: Cluster): Generator<Finding> {
  if (!isChosen(cluster.plan, envoyGateway.id)) return;
  const elsewhere = notOf(envoyGateway.id, cluster);
  yield* addresses(cluster, elsewhere);
  for (const kind of POLICIES) yield* strays(kind, cluster);
  yield* outside(
    routes.filter((route) => !elsewhere.route(route)),
    cluster,
  );
}

function* addresses(cluster: Cluster, elsewhere: Elsewhere): Generator<Finding> {
  const { plan } = cluster;
  for (const gateway of gatewaysOf(cluster)) {
    const { object, name, isPatched } = gateway.instance;
    const [first] = asList(at(object.value, "spec", "addresses"));
    if (first === undefined || isPatched || elsewhere.gateway(gateway)) continue;
    const [key = "the annotation of the load balancer"] = Object.keys(plan.addressAnnotations([plan.lan.gateway]));
    yield toFinding(pinnedGateway, {
      message: `Gateway ${name} asks for ${asText(at(first, "value")) ?? "an address"} under addresses`,
      places: [object.place(["spec", "addresses"], "key")],
      fix: `infrastructure: { annotations: { ${key}: … } }, which is copied to its Service`,
    });
  }
}

const ROUTES = ["HTTPRoute", "GRPCRoute", "TCPRoute"];

/** What no file shows, a chart beside it may make; app-template calls what it makes like the release. */
const mayBeMade = (route: string, namespace: string | undefined, cluster: Cluster): boolean =>
  releasesOf(cluster).some(
    (release) => release.namespace === namespace && (!isAppTemplate(release) || route.startsWith(release.name)),
  );

function* strays(kind: string, cluster: Cluster): Generator<Finding> {
  const { ofKind, find } = cluster;
  for (const { object, name, namespace, isPatched } of ofKind(kind, "gateway.envoyproxy.io")) {
    if (isPatched) continue;
    for (const [index, target] of asList(at(object.value, "spec", "targetRefs")).entries()) {
      const [wanted, called] = [asText(at(target, "kind")) ?? "", asText(at(target, "name")) ?? ""];
      if (find({ kind: wanted, name: called, namespace }) !== undefined) continue;
      const elsewhere = ofKind(wanted).find((other) => other.name === called);
      if (elsewhere === undefined) {
        if (!ROUTES.includes(wanted) || mayBeMade(called, namespace, cluster)) continue;
        const near = suggest(
          called,
          ofKind(wanted)
            .filter((other) => other.namespace === namespace)
            .map((other) => other.name),
        );
        yield toFinding(strayPolicy, {
          message: `${kind} ${namespace ?? "?"}/${name} is for ${wanted} ${called}, which does not exist: nothing is guarded by it`,
          places: [object.place(["spec", "targetRefs", index, "name"], "value")],
          fix: near === undefined ? "name the route that it is for" : `did you mean ${near}?`,
        });
        continue;
      }
      yield toFinding(strayPolicy, {
        message: `${kind} ${namespace ?? "?"}/${name} is for ${wanted} ${called}, which is in namespace ${elsewhere.namespace ?? "?"}`,
        places: [object.place(["spec", "targetRefs", index, "name"], "value")],
        fix: `put the policy into namespace ${elsewhere.namespace ?? "?"}`,
      });
    }
  }
}

function* outside(routes: readonly Route[], { find }: Cluster): Generator<Finding> {
  for (const { kind, name, backends } of routes)
    for (const backend of backends) {
      if (backend.kind !== "Service") continue;
      const service = find({ kind: "Service", group: "", name: backend.name, namespace: backend.namespace });
      if (at(service?.object.value, "spec", "type") !== "ExternalName") continue;
      yield toFinding(outsideName, {
        message: `${kind} ${name} leads to Service ${backend.name}, which is another name for ${asText(at(service?.object.value, "spec", "externalName")) ?? "something"}`,
        places: [backend.place],
        fix: "gen add-route HOST --to ADDRESS makes a Service with the address written down",
      });
    }
}
