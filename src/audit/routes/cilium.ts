/** What the gateways of Cilium take and do not do, or refuse where others would not. */
import { CILIUM_CLASS, CILIUM_GATEWAY } from "../../catalog/cilium-gateway.ts";
import { isChosen } from "../../model/chosen.ts";
import type { Finding } from "../../model/finding.ts";
import { asList, at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { asText } from "../values.ts";
import { GATEWAY_GROUP } from "./gateways.ts";
import { notOf } from "./makers.ts";
import type { Route } from "./routes.ts";

export const unsealed: Audit = {
  id: "BACKEND-PLAIN",
  severity: "error",
  title: "A policy asks for https to a backend, and the gateway speaks http.",
  because:
    "Cilium says that the policy is accepted and leaves it out of what Envoy does: requests cross the network unencrypted, or go in circles where the backend sends them to https.",
  source: "cilium/cilium#48307; v1.20.0, operator/pkg/model/translation/envoy_cluster_mutator.go, withTLSOrigination",
};

export const manyCertificates: Audit = {
  id: "GATEWAY-CERTIFICATES",
  severity: "error",
  title: "A listener of a Cilium gateway has not one certificate.",
  because: "A policy of Cilium's chart refuses the Gateway, and with it the whole step of the repository it stands in.",
  source: "Cilium chart 1.20.0, templates/cilium-gateway-api-validating-admission-policy.yaml",
};

export const foreignBackend: Audit = {
  id: "ROUTE-KIND",
  severity: "error",
  title: "A route sends requests to an object that its gateway does not know.",
  because: "The route is refused in part (InvalidKind), and the gateway answers its requests with 500.",
  source: "gateway-api.sigs.k8s.io, RouteReasonInvalidKind; cilium/cilium v1.20.0, operator/pkg/gateway-api/helpers",
};

export function* cilium(routes: readonly Route[], cluster: Cluster): Generator<Finding> {
  if (!isChosen(cluster.plan, CILIUM_GATEWAY)) return;
  const elsewhere = notOf(CILIUM_GATEWAY, cluster);
  const own = routes.filter((route) => !elsewhere.route(route));
  yield* certificates(cluster);
  yield* backends(own);
  yield* policies(cluster, own, routes.filter(elsewhere.route));
}

function* certificates({ ofKind }: Cluster): Generator<Finding> {
  for (const { object, name, isPatched } of ofKind("Gateway", GATEWAY_GROUP)) {
    if (isPatched || at(object.value, "spec", "gatewayClassName") !== CILIUM_CLASS) continue;
    for (const [index, listener] of asList(at(object.value, "spec", "listeners")).entries()) {
      const tls = at(listener, "tls");
      const count = asList(at(tls, "certificateRefs")).length;
      if (tls === undefined || (at(tls, "mode") ?? "Terminate") !== "Terminate" || count < 2) continue;
      yield toFinding(manyCertificates, {
        message: `listener ${asText(at(listener, "name")) ?? ""} of Gateway ${name} has ${count} certificates`,
        places: [object.place(["spec", "listeners", index, "tls", "certificateRefs"], "key")],
        fix: "a listener for each, with the hostname it is for; routes name theirs as sectionName",
      });
    }
  }
}

const KNOWN = ["Service", "ServiceImport"];

function* backends(routes: readonly Route[]): Generator<Finding> {
  for (const { kind, name, backends: all } of routes)
    for (const backend of all) {
      if (KNOWN.includes(backend.kind)) continue;
      yield toFinding(foreignBackend, {
        message: `${kind} ${name} sends requests to ${backend.kind} ${backend.name}, which Cilium does not know`,
        places: [backend.place],
        fix: "a Service; gen add-route HOST --to http://MACHINE makes one that leads to a machine",
      });
    }
}

/** A policy for a Service that only other makers' gateways lead to is theirs. */
function* policies({ ofKind }: Cluster, own: readonly Route[], foreign: readonly Route[]): Generator<Finding> {
  for (const { object, name, namespace, isPatched } of ofKind("BackendTLSPolicy", GATEWAY_GROUP)) {
    const targets = asList(at(object.value, "spec", "targetRefs")).map((target) => at(target, "name"));
    const leadsTo = ({ backends: all }: Route): boolean =>
      all.some((backend) => backend.namespace === namespace && targets.includes(backend.name));
    if (foreign.some(leadsTo) && !own.some(leadsTo)) continue;
    if (isPatched || asList(at(object.value, "spec", "validation", "caCertificateRefs")).length > 0) continue;
    yield toFinding(unsealed, {
      message: `BackendTLSPolicy ${name} trusts the authorities of the system, and Cilium speaks http then`,
      places: [object.place(["spec", "validation"], "key")],
      fix: "caCertificateRefs: a ConfigMap beside it whose ca.crt is the authority that signed the backend's certificate",
    });
  }
}
