/** What crosses namespaces: who has to agree, and agreements that nobody asks for. Versions that are served, too. */
import type { Finding } from "../../model/finding.ts";
import { asList, at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { asText } from "../values.ts";
import { GATEWAY_GROUP } from "./gateways.ts";

export const foreignCertificate: Audit = {
  id: "GATEWAY-GRANT",
  severity: "error",
  title: "A Gateway reads a certificate of another namespace that has not agreed to it.",
  because: "The listener has no certificate then (RefNotPermitted) and answers no connection.",
  source: "gateway-api.sigs.k8s.io, SecretObjectReference: namespace; ReferenceGrant",
};

export const idleGrant: Audit = {
  id: "GRANT-IDLE",
  severity: "warning",
  title: "A ReferenceGrant allows routes to attach to a Gateway.",
  because: "Whether a route may attach is said by allowedRoutes of the listener alone; the grant changes nothing.",
  source: "gateway-api.sigs.k8s.io, ReferenceGrant: not needed for parentRefs",
};

export const retiredVersion: Audit = {
  id: "GATEWAY-VERSION",
  severity: "error",
  title: "An object of the Gateway API has a version that is not served.",
  because: 'Nothing takes it: the API server has "no matches for kind", and the whole step is left as it was.',
  source: "gateway-api v1.6.1, config/crd/standard: versions with served: true",
};

export function* grants(cluster: Cluster): Generator<Finding> {
  yield* foreignCertificates(cluster);
  yield* idleGrants(cluster);
  yield* retiredVersions(cluster);
}

function* foreignCertificates({ ofKind }: Cluster): Generator<Finding> {
  for (const { object, name, namespace, isPatched } of ofKind("Gateway", GATEWAY_GROUP))
    for (const [index, listener] of asList(at(object.value, "spec", "listeners")).entries())
      for (const [number, reference] of asList(at(listener, "tls", "certificateRefs")).entries()) {
        const there = asText(at(reference, "namespace"));
        const secret = asText(at(reference, "name")) ?? "";
        if (isPatched || there === undefined || there === namespace) continue;
        const agreed = ofKind("ReferenceGrant", GATEWAY_GROUP).some(
          (grant) =>
            grant.namespace === there &&
            asList(at(grant.object.value, "spec", "from")).some(
              (from) => at(from, "kind") === "Gateway" && at(from, "namespace") === namespace,
            ) &&
            asList(at(grant.object.value, "spec", "to")).some(
              (to) => at(to, "kind") === "Secret" && [undefined, secret].includes(asText(at(to, "name"))),
            ),
        );
        if (!agreed)
          yield toFinding(foreignCertificate, {
            message: `Gateway ${name} reads Secret ${there}/${secret}, and no ReferenceGrant there allows it`,
            places: [
              object.place(["spec", "listeners", index, "tls", "certificateRefs", number, "namespace"], "value"),
            ],
            fix: `put the Certificate into namespace ${namespace ?? "?"}, beside the Gateway`,
          });
      }
}

function* idleGrants({ ofKind }: Cluster): Generator<Finding> {
  for (const { object, name } of ofKind("ReferenceGrant", GATEWAY_GROUP)) {
    const kinds = asList(at(object.value, "spec", "to")).map((to) => at(to, "kind"));
    if (kinds.length > 0 && kinds.every((kind) => kind === "Gateway"))
      yield toFinding(idleGrant, {
        message: `ReferenceGrant ${name} allows references to Gateways, which need none`,
        places: [object.place(["spec", "to"], "key")],
        fix: "remove it; allowedRoutes of the listener says which namespaces may attach",
      });
  }
}

/** What the standard channel serves besides v1. */
const BETA = ["Gateway", "GatewayClass", "HTTPRoute", "ReferenceGrant"];

function* retiredVersions({ live }: Cluster): Generator<Finding> {
  for (const { object, name } of live) {
    if (object.group !== GATEWAY_GROUP) continue;
    const version = (asText(object.value["apiVersion"]) ?? "").split("/")[1] ?? "";
    if (version === "v1" || (version === "v1beta1" && BETA.includes(object.kind))) continue;
    yield toFinding(retiredVersion, {
      message: `${object.kind} ${name} has version ${version}, which the Gateway API here does not serve`,
      places: [object.place(["apiVersion"], "value")],
      fix: `apiVersion: ${GATEWAY_GROUP}/v1`,
    });
  }
}
