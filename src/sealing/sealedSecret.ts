/** A SealedSecret: values that nobody can read but the controller, each on its own, so that one can be changed without the others. */
import type { KeyObject } from "node:crypto";
import { asMap, at, isMap, type Mapping } from "../model/unknown.ts";
import type { KubernetesObject } from "../model/unit.ts";
import { readDocuments } from "../yaml/documents.ts";
import { sealFor } from "./certificate.ts";
import type { OpenSecret } from "./secret.ts";

const KIND = "SealedSecret";

/** Strict, as kubeseal writes it: opened under this name and in this namespace alone (v0.36.6, sealedsecret_expansion.go: labelFor). */
export const sealedSecretObject = (
  { name, namespace, labels, type, values }: OpenSecret,
  key: KeyObject,
): KubernetesObject => ({
  apiVersion: "bitnami.com/v1alpha1",
  kind: KIND,
  metadata: { name, namespace },
  spec: {
    encryptedData: sealed(values, { name, namespace }, key),
    template: {
      metadata: { name, namespace, ...(labels !== undefined && { labels }) },
      ...(type !== undefined && { type }),
    },
  },
});

function sealed(
  values: OpenSecret["values"],
  { name, namespace }: Pick<OpenSecret, "name" | "namespace">,
  key: KeyObject,
) {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, sealFor(key, value, `${namespace}/${name}`)]),
  );
}

/** The object in a file; undefined where it is none. */
export function sealedObjectIn(text: string, path: string): Mapping | undefined {
  const [object, ...others] = readDocuments(text, path);
  return others.length === 0 && isMap(object) && object["kind"] === KIND ? object : undefined;
}

export const sealedKeysIn = (object: Mapping): readonly string[] =>
  Object.keys(asMap(at(object, "spec", "encryptedData")));

/** The same with these values in the place of those that stood there; everything else stays as it is. */
export function withSealedValues(
  object: Mapping,
  secret: Pick<OpenSecret, "name" | "namespace" | "values">,
  key: KeyObject,
): Mapping {
  const spec = asMap(object["spec"]);
  return {
    ...object,
    spec: { ...spec, encryptedData: { ...asMap(spec["encryptedData"]), ...sealed(secret.values, secret, key) } },
  };
}
