/** Files that sops encrypted, and nobody on the way to the cluster decrypts. */
import type { Finding, Place } from "../../model/finding.ts";
import { isMap } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { releasesOf, valueOf } from "../releases.ts";
import { built } from "./builds.ts";
import { argoCdIn } from "./engine.ts";

export const sealedForGood: Audit = {
  id: "ARGO-SOPS",
  severity: "error",
  title: "Argo CD applies a file as sops encrypted it.",
  because:
    "Argo CD has no key: what comes to the cluster is encrypted text, or nothing where the API server refuses it.",
  source:
    "argo-cd.readthedocs.io, Secret Management; github.com/isindir/sops-secrets-operator; github.com/viaduct-ai/kustomize-sops",
};

const FIX = "a SopsSecret, which is decrypted in the cluster, or a generator of ksops that names the file";

export function* sops(cluster: Cluster): Generator<Finding> {
  if (hasPlugin(cluster)) return;
  for (const { object, name } of cluster.live)
    if (isMap(object.value["sops"]) && object.kind !== "SopsSecret")
      yield sealed(`${object.kind} ${name} is applied as sops encrypted it`, object.place(["sops"], "key"));
  for (const kustomization of built(cluster))
    for (const { field, path, text, at } of kustomization.entries)
      if (field.startsWith("secretGenerator") && isSealed(cluster.subject.texts.get(path ?? "")))
        yield sealed(
          `${kustomization.file} makes a Secret of ${text} as sops encrypted it`,
          kustomization.document.place(at, "value"),
        );
  const seen = new Set<string>();
  for (const { name, values } of releasesOf(cluster))
    for (const { file, from, value, place } of values) {
      if (from !== "file" || !isMap(value["sops"]) || seen.has(file)) continue;
      seen.add(file);
      yield toFinding(sealedForGood, {
        message: `the chart of ${name} gets ${file} as sops encrypted it`,
        places: [place(["sops"], "key")],
        fix: "values without secrets; charts take those from a Secret that stands beside them",
      });
    }
}

const sealed = (message: string, place: Place): Finding =>
  toFinding(sealedForGood, { message, places: [place], fix: FIX });

/** As sops leaves its mark in YAML, JSON and dotenv files. */
const isSealed = (text: string | undefined): boolean => text !== undefined && /^sops[:_]|"sops": *\{/m.test(text);

/** What a plugin of the repo server does with files nobody can see (argo-cd.readthedocs.io, Config Management Plugins). */
function hasPlugin(cluster: Cluster): boolean {
  const release = argoCdIn(cluster);
  return (
    release !== undefined &&
    (valueOf(release, "configs", "cmp", "create") === true ||
      JSON.stringify(valueOf(release, "repoServer", "extraContainers") ?? []).includes("cmp"))
  );
}
