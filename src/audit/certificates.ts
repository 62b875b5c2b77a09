/** Certificates and the Secrets they fill. */
import type { Finding } from "../model/finding.ts";
import { asList, asMap, at } from "../model/unknown.ts";
import { toFinding, type Audit } from "./audit.ts";
import type { Cluster } from "./cluster.ts";
import { asText, grouped } from "./values.ts";

export const filledTwice: Audit = {
  id: "CERTIFICATE-TWICE",
  severity: "error",
  title: "Two certificates are written into one Secret.",
  because: "cert-manager issues one of them and never the other, or writes one over the other without end.",
  source: "cert-manager documentation, Certificate; pkg/controller/certificates/trigger: DuplicateSecretName",
};

export function* certificates({ ofKind }: Cluster): Generator<Finding> {
  const written = ofKind("Certificate", "cert-manager.io").map(({ object, name, namespace }) => ({
    who: `Certificate ${name}`,
    secret: `${namespace ?? "?"}/${asText(at(object.value, "spec", "secretName")) ?? name}`,
    place: object.place(["spec", "secretName"], "value"),
  }));
  const asked = ofKind("Gateway", "gateway.networking.k8s.io").flatMap(({ object, name, namespace }) => {
    const annotations = Object.keys(asMap(at(object.value, "metadata", "annotations")));
    const key = annotations.find((text) => /^cert-manager\.io\/(cluster-)?issuer$/.test(text));
    return key === undefined
      ? []
      : asList(at(object.value, "spec", "listeners"))
          .flatMap((listener) => asList(at(listener, "tls", "certificateRefs")))
          .map((reference) => ({
            who: `Gateway ${name}, which asks cert-manager by an annotation,`,
            secret: `${asText(at(reference, "namespace")) ?? namespace ?? "?"}/${asText(at(reference, "name")) ?? ""}`,
            place: object.place(["metadata", "annotations", key], "key"),
          }));
  });
  for (const [secret, all] of grouped([...written, ...asked], (one) => one.secret)) {
    const fillers = [...new Map(all.map((one) => [one.who, one])).values()];
    if (fillers.length > 1 && all.some(({ who }) => who.startsWith("Certificate")))
      yield toFinding(filledTwice, {
        message: `Secret ${secret} is filled by ${fillers.map(({ who }) => who.replace(/,$/, "")).join(" and by ")}`,
        places: fillers.map(({ place }) => place).reverse(),
        fix: fillers.some(({ who }) => who.startsWith("Gateway"))
          ? "keep the Certificate and remove the annotation"
          : "a secretName for each, or one Certificate with all names",
      });
  }
}
