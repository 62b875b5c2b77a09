/** Who sees a route besides those it is for: without encryption, or under an address of DNS nobody meant. */
import { ANNOTATIONS } from "../../catalog/publishing.ts";
import type { Finding } from "../../model/finding.ts";
import { at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import type { Attachment } from "./attachment.ts";
import { GATEWAY_GROUP } from "./gateways.ts";

export const inTheClear: Audit = {
  id: "ROUTE-CLEAR",
  severity: "warning",
  title: "A route attaches to http as well as to https.",
  because:
    "Whoever asks by http is answered by http, past the redirect: passwords and cookies cross the network unencrypted.",
  source: "gateway-api.sigs.k8s.io, ParentReference: sectionName; without one a route attaches to every listener",
};

export const targetOnRoute: Audit = {
  id: "ROUTE-TARGET",
  severity: "error",
  title: "A route says what its DNS record is to point at.",
  because: "external-dns reads the target from the Gateway alone; the record points somewhere else than the file says.",
  source: "kubernetes-sigs/external-dns v0.21.0, docs/annotations/annotations.md, Gateway API: target",
};

export function* exposure(attachments: readonly Attachment[], { ofKind }: Cluster): Generator<Finding> {
  for (const { route, parent, gateway, listeners } of attachments) {
    const plain = listeners.find(({ protocol }) => protocol === "HTTP");
    const sealed = listeners.find(({ protocol }) => protocol === "HTTPS");
    if (plain === undefined || sealed === undefined || route.hostnames.length === 0) continue;
    yield toFinding(inTheClear, {
      message: `${route.kind} ${route.namespace ?? "?"}/${route.name} attaches to ${plain.name} and ${sealed.name} of Gateway ${gateway?.name ?? "?"}`,
      places: [parent.place, plain.place],
      fix: `sectionName: ${sealed.name}`,
    });
  }
  for (const kind of ["HTTPRoute", "GRPCRoute"])
    for (const { object, name, isPatched } of ofKind(kind, GATEWAY_GROUP)) {
      const path = ["metadata", "annotations", `${ANNOTATIONS}target`];
      if (isPatched || at(object.value, ...path) === undefined) continue;
      yield toFinding(targetOnRoute, {
        message: `${kind} ${name} has a target for its DNS record, which is read from its Gateway only`,
        places: [object.place(path, "key")],
        fix: "put the annotation on the Gateway, or remove it",
      });
    }
}
