/** Annotations of pods that ask for other networks, wherever they stand: on pods, in what makes pods, in values of app-template. */
import { NETWORKS } from "../model/attachments.ts";
import { asList, asMap, at } from "../model/unknown.ts";
import type { Place } from "../model/finding.ts";
import type { Path } from "../yaml/stream.ts";
import type { Cluster } from "./cluster.ts";
import { releasesOf } from "./releases.ts";
import { isAppTemplate } from "./services.ts";
import { asText, asTexts, isSubstituted } from "./values.ts";

/** What stands in an annotation. */
interface Asked {
  readonly name: string;
  /** That of the pod when absent. */
  readonly namespace?: string;
  readonly addresses: readonly string[];
}

export interface Selection {
  /** `Deployment photos`, `the app photos`. */
  readonly owner: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Without the size of the network. */
  readonly addresses: readonly string[];
  readonly place: Place;
}

const METADATA: Readonly<Record<string, Path>> = {
  Deployment: ["spec", "template", "metadata"],
  StatefulSet: ["spec", "template", "metadata"],
  DaemonSet: ["spec", "template", "metadata"],
  Job: ["spec", "template", "metadata"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "metadata"],
  Pod: ["metadata"],
};

export function* selectionsOf(cluster: Cluster): Generator<Selection> {
  for (const { object, name, namespace, isPatched } of cluster.live) {
    const path = METADATA[object.kind];
    if (path === undefined || isPatched) continue;
    yield* selections(`${object.kind} ${name}`, namespace, object, [...path, "annotations"]);
  }
  for (const release of releasesOf(cluster).filter(isAppTemplate))
    for (const values of release.values)
      for (const path of templateAnnotations(values.value))
        yield* selections(`the app ${release.name}`, release.namespace, values, path);
}

/** For all pods of the app, and for those of one controller (bjw-s app-template, values). */
const templateAnnotations = (values: unknown): readonly Path[] => [
  ["defaultPodOptions", "annotations"],
  ...Object.keys(asMap(at(values, "controllers"))).map((key) => ["controllers", key, "pod", "annotations"]),
];

function* selections(
  owner: string,
  namespace: string | undefined,
  { value, place }: { readonly value: unknown; readonly place: (path: Path, part?: "key" | "value") => Place },
  path: Path,
): Generator<Selection> {
  const text = asText(at(value, ...path, NETWORKS));
  if (text === undefined || isSubstituted(text) || text.includes("{{")) return;
  for (const one of read(text)) yield { owner, namespace, ...one, place: place([...path, NETWORKS], "key") };
}

/** A list of names, or JSON (Network Plumbing Working Group, multi-net-spec 1.3, Network selection annotation). */
function read(text: string): readonly Asked[] {
  if (/^\s*[[{]/.test(text)) return asList(parsed(text)).flatMap(readElement);
  return text
    .split(",")
    .map((item) => item.trim().replace(/@.*$/, ""))
    .filter((item) => item !== "")
    .map((item) => withNamespace(item, []));
}

/** What is no JSON is refused by Multus, with its place. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}

function readElement(element: unknown): readonly Asked[] {
  const [name, namespace] = [asText(at(element, "name")), asText(at(element, "namespace"))];
  if (name === undefined) return [];
  const addresses = asTexts(at(element, "ips")).map((text) => text.replace(/\/.*$/, ""));
  return [{ ...withNamespace(name, addresses), ...(namespace !== undefined && { namespace }) }];
}

function withNamespace(text: string, addresses: readonly string[]): Asked {
  const [first = "", second] = text.split("/");
  return second === undefined ? { name: first, addresses } : { name: second, namespace: first, addresses };
}
