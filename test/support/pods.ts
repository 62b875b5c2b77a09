/** The pods that controllers would make of workloads: what Pod Security refuses is never the workload itself. */
import type { KubernetesObject } from "./manifests.ts";

interface Template {
  readonly metadata?: object;
  readonly spec: object;
}

export const podsOf = (objects: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  objects.flatMap((object) => {
    const template = templateOf(object);
    if (template === undefined) return [];
    const { kind, metadata } = object;
    const name = `${kind}-${metadata?.name ?? ""}`.toLowerCase();
    return [
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...template.metadata, name, ...(metadata?.namespace && { namespace: metadata.namespace }) },
        spec: template.spec,
      },
    ];
  });

interface Workload {
  readonly template?: Template;
  readonly jobTemplate?: { readonly spec: Workload };
}

function templateOf({ kind, ...object }: KubernetesObject): Template | undefined {
  if (kind === "Pod") return object as unknown as Template;
  const spec = object["spec"] as Workload | undefined;
  if (kind === "CronJob") return spec?.jobTemplate?.spec.template;
  return ["Deployment", "DaemonSet", "StatefulSet", "Job", "ReplicaSet"].includes(kind) ? spec?.template : undefined;
}
