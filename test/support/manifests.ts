/** Kubernetes YAML as the cluster reads it. */
import { parseAllDocuments, type ScalarTag, type Tags } from "yaml";

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

// sigs.k8s.io/yaml, which every Kubernetes tool reads with, follows YAML 1.1 (`on` is a boolean, `0644` is octal)
// but takes neither base 60 (`12:30`) nor dates out of plain scalars.
const isTime = (tag: Tags[number]): boolean =>
  typeof tag !== "string" && (tag.tag === "tag:yaml.org,2002:timestamp" || ("format" in tag && tag.format === "TIME"));

// A lone `.` (a path) is text to that reader and a number without value to the letter of YAML 1.1.
const NUMBER = /[-+]?\.?\d/;
const FLOAT = "tag:yaml.org,2002:float";

const asGoReads = (tags: Tags): Tags => tags.filter((tag) => !isTime(tag)).map(withoutLonePoint);

function withoutLonePoint(tag: Tags[number]): Tags[number] {
  if (typeof tag === "string" || tag.tag !== FLOAT) return tag;
  const float = tag as ScalarTag;
  return float.test?.test(".") === true
    ? { ...float, test: new RegExp(`(?=^${NUMBER.source})${float.test.source}`) }
    : float;
}

/** Every object of a text, empty documents left out. `file` names it in messages. */
export function readManifests(text: string, file = "manifest"): KubernetesObject[] {
  const documents = parseAllDocuments(text, { version: "1.1", customTags: asGoReads });
  const objects: KubernetesObject[] = [];
  for (const document of documents) {
    const [problem] = document.errors;
    if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
    const value: unknown = document.toJS();
    if (value === null) continue;
    if (!isObject(value)) throw new Error(`${file}: not a Kubernetes object: ${JSON.stringify(value).slice(0, 100)}`);
    objects.push(value);
  }
  return objects;
}

const isObject = (value: unknown): value is KubernetesObject =>
  typeof value === "object" && value !== null && "apiVersion" in value && "kind" in value;

/** `Deployment apps/web` in namespace `apps`: how messages name an object. */
export const nameOf = ({ kind, metadata }: KubernetesObject): string =>
  [kind, [metadata?.namespace, metadata?.name ?? "(no name)"].filter((part) => part !== undefined).join("/")].join(" ");
