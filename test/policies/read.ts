/** Objects read so that nothing in them is passed over: a field nobody here knows is an error, as is one of the wrong type. */
import { UnreadableObject } from "./world.ts";

export type Fields = Readonly<Record<string, unknown>>;

const refuse = (where: string, what: string): never => {
  throw new UnreadableObject(`${where}: ${what}`);
};

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A mapping with no other key than these. What is null is not there. */
export function fields(value: unknown, where: string, known: readonly string[]): Fields {
  if (!isFields(value)) return refuse(where, `is no mapping: ${JSON.stringify(value)}`);
  const said = Object.entries(value).filter(([, content]) => content !== null && content !== undefined);
  const unknown = said.map(([key]) => key).filter((key) => !known.includes(key));
  if (unknown.length > 0) return refuse(where, `has ${unknown.join(", ")}, which nobody here knows`);
  return Object.fromEntries(said);
}

export const list = (value: unknown, where: string): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : refuse(where, "is no list");

export const optionalList = (value: unknown, where: string): readonly unknown[] | undefined =>
  value === undefined ? undefined : list(value, where);

export const text = (value: unknown, where: string): string =>
  typeof value === "string" ? value : refuse(where, `is no text: ${JSON.stringify(value)}`);

export const optionalText = (value: unknown, where: string): string | undefined =>
  value === undefined ? undefined : text(value, where);

export const texts = (value: unknown, where: string): readonly string[] =>
  list(value, where).map((one, index) => text(one, `${where}[${index}]`));

export const flag = (value: unknown, where: string): boolean =>
  typeof value === "boolean" ? value : refuse(where, "is neither true nor false");

export const wholeNumber = (value: unknown, where: string): number =>
  typeof value === "number" && Number.isInteger(value) ? value : refuse(where, `is no whole number: ${String(value)}`);

export const amount = (value: unknown, where: string): number =>
  typeof value === "number" && Number.isFinite(value) ? value : refuse(where, `is no number: ${String(value)}`);

export function oneOf<Word extends string>(value: unknown, words: readonly Word[], where: string): Word {
  const word = words.find((one) => one === value);
  return word ?? refuse(where, `is ${JSON.stringify(value)}, not one of ${words.join(", ")}`);
}

export const labels = (value: unknown, where: string): Readonly<Record<string, string>> =>
  value === undefined
    ? {}
    : isFields(value)
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, text(one, `${where}.${key}`)]))
      : refuse(where, "is no mapping");

export interface Header {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** For messages: `NetworkPolicy media/jellyfin`. */
  readonly title: string;
}

/** Who an object is. What `metadata` has besides changes nothing for pod networks. */
export function header(object: unknown): Header {
  if (!isFields(object)) return refuse("an object", "is no mapping");
  const kind = text(object["kind"], "kind");
  const apiVersion = text(object["apiVersion"], `apiVersion of ${kind}`);
  const metadata = fields(object["metadata"], `metadata of ${kind}`, ["name", "namespace", "labels", "annotations"]);
  const name = text(metadata["name"], `metadata.name of ${kind}`);
  const namespace = optionalText(metadata["namespace"], `metadata.namespace of ${kind}`);
  return {
    apiVersion,
    group: apiVersion.split("/")[0] ?? "",
    kind,
    name,
    namespace,
    labels: labels(metadata["labels"], `metadata.labels of ${kind}`),
    title: `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`,
  };
}

/** Who an object of a namespace is. */
export function placedHeader(object: unknown): Header & { readonly namespace: string } {
  const found = header(object);
  return found.namespace === undefined
    ? refuse(found.title, "says no namespace, and would lie in whatever is the usual one")
    : { ...found, namespace: found.namespace };
}

const GROUPS = /^(networking\.k8s\.io|policy\.networking\.k8s\.io|cilium\.io|(crd\.)?projectcalico\.org)\//;
const KINDS = /NetworkPolicy$|NetworkSet$|^Tier$|^CiliumCIDRGroup$|^HostEndpoint$|^Profile$/;

/** Whether an object of a repository is for whoever judges policies. */
export const isPolicy = (object: unknown): boolean =>
  isFields(object) && GROUPS.test(String(object["apiVersion"])) && KINDS.test(String(object["kind"]));
