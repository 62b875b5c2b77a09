/**
 * Kubernetes objects against the schema of their kind, as strictly as the API server with strict field
 * validation: unknown fields are problems, and so is a kind nobody has a schema for. What only the server
 * can tell (rules in CEL, admission) is left to the checks with a control plane.
 */
import type { ErrorObject } from "ajv";
import { nameOf, type KubernetesObject } from "./manifests.ts";
import { compiled, type Validate } from "./schemas/compile.ts";
import { core, groupOf } from "./schemas/core.ts";
import { customValidators } from "./schemas/custom.ts";
import { nameProblem } from "./schemas/metadata.ts";

export interface Problem {
  /** `Deployment apps/web`. */
  readonly object: string;
  /** JSON pointer of the field, "" for the object itself. */
  readonly path: string;
  readonly message: string;
}

export interface ValidateOptions {
  /** Components whose custom resource definitions count; all of them when absent. */
  readonly components?: readonly string[];
  /** Charts print `null` where a value is unset; built-in kinds take it as absent. Default: it is a problem. */
  readonly nulls?: "refuse" | "drop";
}

/** Built-in kinds and custom resources. Needs HOMELAB_NET_COMPONENTS as soon as there is a custom resource. */
export function validateObjects(objects: readonly KubernetesObject[], options: ValidateOptions = {}): Problem[] {
  return objects.flatMap((object) =>
    isCore(object) ? coreProblems(object, options) : customProblems(object, options),
  );
}

/** Built-in kinds only, which plain `npm test` can check; the others are left for `validateObjects`. */
export const validateCoreObjects = (objects: readonly KubernetesObject[], options: ValidateOptions = {}): Problem[] =>
  validateObjects(objects.filter(isCore), options);

export const isCore = ({ apiVersion }: KubernetesObject): boolean => core().groups.has(groupOf(apiVersion));

function coreProblems(object: KubernetesObject, { nulls }: ValidateOptions): Problem[] {
  const { apiVersion, kind } = object;
  const schema = core().find(apiVersion, kind);
  const validate = schema && compiled(`${apiVersion} ${kind} ${JSON.stringify(schema)}`, () => schema);
  if (validate === undefined) return [missing(object, `${core().source} has no ${kind} in ${apiVersion}`)];
  return problems(object, validate, nulls === "drop" ? withoutNulls(decrypted(object)) : decrypted(object));
}

function customProblems(object: KubernetesObject, { components }: ValidateOptions): Problem[] {
  const { apiVersion, kind } = object;
  const { validators, served } = customValidators(apiVersion, kind, components);
  const [best] = validators
    .map((validate) => problems(object, validate, object))
    .toSorted((a, b) => a.length - b.length);
  if (best !== undefined) return best;
  const where = components === undefined ? "any component" : components.join(", ");
  if (served.length === 0)
    return [missing(object, `no custom resource definition of ${where} has ${kind} in ${apiVersion}`)];
  return [missing(object, `${kind} is served as ${served.join(", ")}, not as ${apiVersion}`)];
}

const missing = (object: KubernetesObject, message: string): Problem => ({ object: nameOf(object), path: "", message });

/** SOPS adds `sops` beside the fields of a Secret; who decrypts it takes the key away before the server sees it. */
function decrypted(object: KubernetesObject): KubernetesObject {
  if (object.kind !== "Secret" || object["sops"] === undefined) return object;
  const { sops: _, ...secret } = object;
  return secret as KubernetesObject;
}

function withoutNulls<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNulls) as Value;
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, entry]) => entry !== null);
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutNulls(entry)])) as Value;
}

function problems(object: KubernetesObject, validate: Validate, value: unknown): Problem[] {
  const name = nameProblem(object);
  const found: Problem[] =
    name === undefined ? [] : [{ object: nameOf(object), path: "/metadata/name", message: name }];
  if (validate(value)) return found;
  const errors = (validate.errors ?? []).map((error) => ({
    object: nameOf(object),
    path: error.instancePath,
    message: say(error),
  }));
  // Branches of a schema say the same thing more than once.
  const once = new Map(errors.map((error) => [`${error.path} ${error.message}`, error]));
  return [...found, ...once.values()];
}

function say({ keyword, params, message = keyword }: ErrorObject): string {
  if (keyword === "additionalProperties") return `unknown field ${String(params["additionalProperty"])}`;
  if (keyword === "enum") return `must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`;
  return message;
}
