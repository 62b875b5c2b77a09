/** An app that is an image, in bjw-s' app-template. */
import type { Plan } from "../../model/plan.ts";
import { isChosen } from "../../model/chosen.ts";
import type { View, ViewValue } from "../../model/unit.ts";
import type { Container } from "./app.ts";
import { containerSecurity, podSecurity, probes, RESOURCES } from "./hardening.ts";
import { networkAnnotations, nodeAffinity, onePodAtATime } from "./networks.ts";
import { literalVariable } from "./variable.ts";

export const IMAGE_VALUES = "apps/image/values.yaml";

/** `keep`: annotations on what is never pruned, the data. */
export function imageView(container: Container, plan: Plan, keep?: Readonly<Record<string, string>>): View {
  const { image, port, environment, secrets, runAs } = container;
  const { startup, readiness, liveness } = probes(port);
  const probe = (spec: ViewValue) => ({ enabled: true, custom: true, spec });
  const mounts = persistence(container, keep);
  return {
    repository: image.repository,
    tag: image.tag,
    port,
    root: runAs === undefined,
    podSecurity: podSecurity(container),
    security: containerSecurity(container),
    annotations: networkAnnotations(container) ?? null,
    affinity: nodeAffinity(container) ?? null,
    // Where nothing is held, the old pod answers until the new one does.
    strategy: onePodAtATime(container) ? "Recreate" : "RollingUpdate",
    reloads: secrets.length > 0 && isChosen(plan, "reloader"),
    hasEnvironment: Object.keys(environment).length > 0,
    environment: Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, literal(value)])),
    hasSecrets: secrets.length > 0,
    secrets: secrets.map((name) => ({ secretRef: { name } })),
    probes: { startup: probe(startup), readiness: probe(readiness), liveness: probe(liveness) },
    resources: RESOURCES,
    hasVolumes: Object.keys(mounts).length > 0,
    persistence: mounts,
  };
}

/** The chart runs texts through the template engine (app-template 4.1.1, common, fields/_env.tpl). */
const literal = (text: string): string => literalVariable(text).replaceAll("{{", '{{ "{{" }}');

function persistence(
  { volumes, storageClass, readOnly }: Container,
  keep: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, ViewValue>> {
  const claims = volumes.map(({ name, path, size }): readonly [string, ViewValue] => [
    name,
    {
      type: "persistentVolumeClaim",
      accessMode: "ReadWriteOnce",
      size,
      ...(storageClass !== undefined && { storageClass }),
      // The data outlives the release.
      retain: true,
      ...(keep && { annotations: keep }),
      globalMounts: [{ path }],
    },
  ]);
  const tmp: ViewValue = { type: "emptyDir", globalMounts: [{ path: "/tmp" }] };
  return Object.fromEntries([...claims, ...(readOnly ? [["tmp", tmp] as const] : [])]);
}
