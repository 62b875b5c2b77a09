/**
 * metadata of every object. The fields are those of ObjectMeta; the rules for names and labels are in
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/ (names, labels), and the definitions that
 * come as data do not carry them.
 */
import type { KubernetesObject } from "../manifests.ts";
import { time } from "./format.ts";
import type { Schema } from "./schema.ts";

const string: Schema = { type: "string" };
const SUBDOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
const key: Schema = { type: "string", pattern: `^(${SUBDOMAIN}/)?${NAME}$` };

export const objectMeta: Schema = {
  type: "object",
  properties: {
    name: string,
    generateName: string,
    namespace: { type: "string", maxLength: 63, pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" },
    labels: { type: "object", propertyNames: key, additionalProperties: { type: "string", pattern: `^(${NAME})?$` } },
    annotations: { type: "object", propertyNames: key, additionalProperties: string },
    finalizers: { type: "array", items: string, uniqueItems: true },
    ownerReferences: { type: "array", items: { type: "object" } },
    managedFields: { type: "array", items: { type: "object" } },
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: { type: "integer" },
    generation: { type: "integer" },
    resourceVersion: string,
    selfLink: string,
    uid: string,
  },
  additionalProperties: false,
};

// RBAC names are path segments (`system:node`), all others DNS subdomains or stricter.
const isName = (name: string, apiVersion: string): boolean =>
  apiVersion.startsWith("rbac.authorization.k8s.io/")
    ? !/[/%]/.test(name) && name !== "." && name !== ".."
    : new RegExp(`^${SUBDOMAIN}$`).test(name);

/** What is wrong with the name of a whole object; templates inside objects need none. */
export function nameProblem({ apiVersion, metadata }: KubernetesObject): string | undefined {
  const { name, generateName } = metadata ?? {};
  if (name === undefined) return generateName === undefined ? "metadata.name is missing" : undefined;
  if (typeof name !== "string" || name === "" || name.length > 253 || !isName(name, apiVersion)) {
    return `metadata.name ${JSON.stringify(name)} is not a name Kubernetes takes`;
  }
  return undefined;
}
