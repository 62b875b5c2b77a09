/** Kubernetes objects in the documents of a file. */
import type { Place } from "../model/finding.ts";
import type { LocatedDocument, Path } from "../yaml/stream.ts";
import { asList, asMap, isMap, type Mapping } from "../model/unknown.ts";
import { asText } from "./values.ts";

export interface FileDocument extends LocatedDocument {
  readonly file: string;
}

export interface KubernetesObject {
  readonly file: string;
  /** `gateway.networking.k8s.io`; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** As written; what the cluster sees is the business of kustomizations (src/audit/builds.ts). */
  readonly namespace: string | undefined;
  readonly value: Mapping;
  place(path: Path, part?: "key" | "value"): Place;
}

/** Those of one document: itself, or the items of a `List`. */
export function objectsIn(document: FileDocument): readonly KubernetesObject[] {
  const value = asMap(document.value);
  if (value["kind"] === "List" || value["kind"] === "ConfigMapList" || value["kind"] === "SecretList") {
    // Items of a list of one kind need not say it again (k8s.io/apimachinery, unstructured list).
    const own = value["kind"] === "List" ? {} : { apiVersion: value["apiVersion"], kind: value["kind"].slice(0, -4) };
    return asList(value["items"]).flatMap(
      (item, index) => objectAt(document, isMap(item) ? { ...own, ...item } : item, ["items", index]) ?? [],
    );
  }
  return [objectAt(document, value, [])].flatMap((object) => object ?? []);
}

function objectAt(document: FileDocument, value: unknown, base: Path): KubernetesObject | undefined {
  if (!isMap(value)) return undefined;
  const [apiVersion, kind] = [asText(value["apiVersion"]), asText(value["kind"])];
  if (apiVersion === undefined || kind === undefined) return undefined;
  const metadata = asMap(value["metadata"]);
  return {
    file: document.file,
    group: apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "",
    kind,
    name: asText(metadata["name"]) ?? "",
    namespace: asText(metadata["namespace"]),
    value,
    place: (path, part) => document.place([...base, ...path], part),
  };
}
